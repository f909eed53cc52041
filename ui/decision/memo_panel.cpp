#include "ui/decision/memo_panel.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

namespace {

void addSection(QVBoxLayout* layout, const QString& title)
{
    layout->addSpacing(space::kSmall);
    addOwn(layout, title, ProseLabel::Look::Heading);
}

/// What belongs together stands closer than what does not.
QVBoxLayout* addGroup(QVBoxLayout* layout)
{
    auto* const group = new QVBoxLayout;
    group->setSpacing(space::kTight);
    group->setContentsMargins(0, 0, 0, space::kTight);
    layout->addLayout(group);
    return group;
}

} // namespace

MemoPanel::MemoPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("memoPanel"));
}

void MemoPanel::render(const DecisionState& state)
{
    setVisible(state.facts && state.facts->memo);
    if (!state.facts || !state.facts->memo || m_shown == state.facts)
        return;
    m_shown = state.facts;
    build(*state.facts->memo);
}

void MemoPanel::build(const MemoFacts& memo)
{
    clearBody();
    setTitle(tr("Memo: why"), Icon::Doc);
    addOwn(
        body(),
        memo.model.isEmpty() ? tr("Written by %1.").arg(safeInline(memo.writtenBy))
                             : tr("Written by the program %1 (%2). It recommends; it cannot sign "
                                  "or carry out anything.")
                                   .arg(safeInline(memo.writtenBy), safeInline(memo.model)),
        ProseLabel::Look::Muted);
    addNamed(body(), tr("Question"), memo.question);
    addNamed(body(), tr("Recommendation"), memo.recommendation);
    addNamed(body(), tr("Why"), memo.rationale);

    auto* const chips = new FlowLayout(space::kSmall);
    const auto addChip = [&](const QString& words, Tone tone) {
        auto* const chip = new Chip;
        chip->set(words, tone, Icon::Scale);
        chips->addWidget(chip);
    };
    addChip(tr("confidence %1").arg(percentText(memo.confidence)), Tone::Neutral);
    addChip(
        tr("%1 of the claims are backed").arg(percentText(memo.provenance)),
        memo.provenance < 0.7 ? Tone::Caution : Tone::Good);
    addChip(
        tr("%1 of the evidence was fresh").arg(percentText(memo.freshness)),
        memo.freshness < 0.9 ? Tone::Caution : Tone::Good);
    body()->addLayout(chips);

    if (!memo.wouldChangeIf.isEmpty()) {
        addSection(body(), tr("It would be decided differently if"));
        addBullets(body(), memo.wouldChangeIf);
    }
    addAssumptions(memo);
    addSection(body(), tr("If it goes wrong"));
    addForeign(body(), memo.rollback);
    QStringList terms;
    if (!memo.rollbackCost.isEmpty())
        terms << tr("Going back costs %1.").arg(memo.rollbackCost);
    if (memo.rollbackWindow)
        terms << tr("Possible for %1.").arg(durationText(*memo.rollbackWindow));
    if (!terms.isEmpty())
        addOwn(body(), terms.join(QLatin1Char(' ')), ProseLabel::Look::Muted);
    if (!memo.dissent.empty()) {
        addSection(body(), tr("Who disagrees"));
        for (const DissentFacts& voice : memo.dissent)
            addNamed(
                body(),
                voice.role.isEmpty()
                    ? safeInline(voice.who)
                    : tr("%1, %2", "a name and a role").arg(safeInline(voice.who), voice.role),
                voice.statement);
    }
    addClaims(memo);
    addSection(body(), tr("Background"));
    addNamed(body(), tr("Summary"), memo.summary);
    addNamed(body(), tr("Objective"), memo.objective);
    addNamed(body(), tr("Context"), memo.context);
    if (!memo.complianceNotes.isEmpty()) {
        addOwn(body(), tr("Compliance"), ProseLabel::Look::Muted);
        addBullets(body(), memo.complianceNotes);
    }
    if (!memo.openQuestions.isEmpty()) {
        addOwn(body(), tr("Open questions"), ProseLabel::Look::Muted);
        addBullets(body(), memo.openQuestions);
    }
}

void MemoPanel::addAssumptions(const MemoFacts& memo)
{
    if (memo.assumptions.empty())
        return;
    addSection(body(), tr("What has to hold"));
    for (const AssumptionFacts& assumption : memo.assumptions) {
        QVBoxLayout* const group = addGroup(body());
        addForeign(group, assumption.statement);
        auto* const chips = new FlowLayout(space::kSmall);
        if (assumption.breaksRecommendation) {
            auto* const chip = new Chip;
            chip->set(tr("breaks the recommendation"), Tone::Caution, Icon::Alert);
            chips->addWidget(chip);
        }
        auto* const sure = new Chip;
        sure->set(
            tr("confidence %1").arg(percentText(assumption.confidence)),
            Tone::Neutral,
            Icon::Scale);
        chips->addWidget(sure);
        if (assumption.checkBy) {
            auto* const check = new Chip;
            check->set(
                tr("check by %1").arg(dayText(*assumption.checkBy)), Tone::Neutral, Icon::Clock);
            chips->addWidget(check);
        }
        group->addLayout(chips);
    }
}

void MemoPanel::addClaims(const MemoFacts& memo)
{
    if (memo.claims.empty())
        return;
    addSection(body(), tr("Claims and what backs them"));
    for (const ClaimFacts& claim : memo.claims) {
        QVBoxLayout* const group = addGroup(body());
        addForeign(group, claim.statement);
        auto* const chips = new FlowLayout(space::kSmall);
        auto* const backing = new Chip;
        if (claim.contradicted)
            backing->set(tr("contradicted"), Tone::Danger, Icon::Danger);
        else if (claim.supported)
            backing->set(tr("backed"), Tone::Good, Icon::Check);
        else
            backing->set(tr("not backed"), Tone::Caution, Icon::Alert);
        chips->addWidget(backing);
        auto* const sure = new Chip;
        sure->set(
            tr("%1, confidence %2", "kind of a claim")
                .arg(claim.kind, percentText(claim.confidence)),
            Tone::Neutral,
            Icon::Scale);
        chips->addWidget(sure);
        group->addLayout(chips);
        QStringList evidence;
        for (const QString& title : claim.evidence)
            evidence << safeInline(title);
        if (!evidence.isEmpty())
            addOwn(
                group,
                tr("Evidence: %1").arg(evidence.join(QStringLiteral(" · "))),
                ProseLabel::Look::Muted);
    }
}

} // namespace countersign::ui
