#include "ui/decision/record_panels.h"

#include "ui/decision/json_access.h"
#include "ui/format/entry_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

EvidencePanel::EvidencePanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("evidencePanel"));
}

void EvidencePanel::render(const DecisionState& state)
{
    setVisible(state.facts && !state.facts->evidence.empty());
    if (!state.facts || state.facts->evidence.empty() || m_shown == state.facts)
        return;
    m_shown = state.facts;
    clearBody();
    setTitle(
        tr("Evidence: %1 items").arg(countText(static_cast<qint64>(state.facts->evidence.size()))),
        Icon::Pack);
    for (const EvidenceFacts& item : state.facts->evidence)
        addItem(item, state.now);
}

void EvidencePanel::addItem(const EvidenceFacts& item, Instant now)
{
    addForeign(body(), item.title, ProseLabel::Look::Heading);
    auto* const chips = new FlowLayout(space::kSmall);
    const auto addChip = [&](const QString& words, Tone tone, Icon icon) {
        auto* const chip = new Chip;
        chip->set(words, tone, icon);
        chips->addWidget(chip);
        return chip;
    };
    if (item.sourcesMatch)
        addChip(tr("source bytes match their digests"), Tone::Good, Icon::Check);
    else
        addChip(tr("source bytes missing or changed"), Tone::Danger, Icon::Danger);
    Chip* const freshness =
        item.fresh ? addChip(tr("fresh"), Tone::Good, Icon::Clock)
                   : addChip(
                       // A claim can make evidence stale before its time is over.
                       item.freshUntil < now ? tr("stale since %1").arg(dayText(item.freshUntil))
                                             : tr("stale"),
                       Tone::Caution,
                       Icon::Clock);
    freshness->setToolTip(absoluteTime(item.freshUntil));
    addChip(
        item.verification,
        item.contradicted ? Tone::Danger
        : item.verified   ? Tone::Good
                          : Tone::Caution,
        item.contradicted ? Icon::Danger
        : item.verified   ? Icon::Check
                          : Icon::Alert);
    addChip(tr("confidence %1").arg(percentText(item.confidence)), Tone::Neutral, Icon::Scale);
    body()->addLayout(chips);

    auto* const table = new FactTable;
    table->addOwn(tr("Kind"), item.kind);
    table->addForeign(tr("Excerpt"), item.excerpt);
    for (const SourceFacts& source : item.sources) {
        table->addForeign(tr("Source"), source.title);
        if (!source.origin.empty())
            table->addForeign(tr("From"), toQString(source.origin));
        table->addOwn(tr("Source SHA-256"), groupedHex(source.sha256), ProseLabel::Look::Code);
    }
    table->addOwn(
        tr("Record"), tr("%1, revision %2").arg(idText(item.recordId), countText(item.revision)));
    body()->addWidget(table);
}

ReportedPanel::ReportedPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("reportedPanel"));
}

void ReportedPanel::render(const DecisionState& state)
{
    setVisible(state.view && !state.view->reported.empty());
    if (!state.view || state.view->reported.empty() || m_shown == state.version)
        return;
    m_shown = state.version;
    clearBody();
    setTitle(tr("What others reported: authorizes nothing"), Icon::Info);
    addOwn(
        body(),
        tr("This stands in the documents that came in. It was not signed here and counts for "
           "nothing."),
        ProseLabel::Look::Muted);
    auto* const table = new FactTable;
    for (const ReportedFact& fact : state.view->reported) {
        QString name = safeInline(toQString(fact.who.empty() ? fact.kind : fact.who));
        if (fact.at)
            name += QLatin1Char('\n') + dayText(*fact.at);
        table->addForeign(name, toQString(fact.what));
    }
    body()->addWidget(table);
}

TimelinePanel::TimelinePanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("timelinePanel"));
}

void TimelinePanel::render(const DecisionState& state)
{
    setVisible(state.view && !state.view->timeline.empty());
    if (!state.view || state.view->timeline.empty() || m_shown == state.version)
        return;
    m_shown = state.version;
    clearBody();
    setTitle(tr("Timeline"), Icon::Log);
    auto* const table = new FactTable;
    for (const TimelineRow& row : state.view->timeline) {
        QString what = entryTypeText(row.type);
        if (!row.who.empty())
            what = tr("%1, by %2").arg(what, safeInline(toQString(row.who)));
        what += QLatin1Char('\n')
                + tr("Ledger entry %1").arg(countText(static_cast<qint64>(row.index)));
        table->addOwn(absoluteTime(row.time), what);
    }
    body()->addWidget(table);
}

} // namespace countersign::ui
