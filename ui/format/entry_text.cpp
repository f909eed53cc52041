#include "ui/format/entry_text.h"

#include "planes/control/answer.h"
#include "planes/control/governance.h"
#include "planes/control/halt.h"
#include "ui/format/cause_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/runs/next_step.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(EntryText)
};

struct Named
{
    std::string_view type;
    const char* words;
};

constexpr std::array kTypes{
    Named{
        "https://countersign.example/genesis/v1",
        QT_TRANSLATE_NOOP("EntryText", "Founding, signed")},
    Named{control::kApprovalPredicate, QT_TRANSLATE_NOOP("EntryText", "Answer, signed")},
    Named{control::kRunOrderPredicate, QT_TRANSLATE_NOOP("EntryText", "Order about a run, signed")},
    Named{"workspace.created", QT_TRANSLATE_NOOP("EntryText", "Workspace founded")},
    Named{"roster.accepted", QT_TRANSLATE_NOOP("EntryText", "Roster accepted")},
    Named{"policy.accepted", QT_TRANSLATE_NOOP("EntryText", "Policy accepted")},
    Named{"connector.installed", QT_TRANSLATE_NOOP("EntryText", "Connector installed")},
    Named{"secret.changed", QT_TRANSLATE_NOOP("EntryText", "Secret changed")},
    Named{"documents.accepted", QT_TRANSLATE_NOOP("EntryText", "Documents accepted")},
    Named{"delivery.refused", QT_TRANSLATE_NOOP("EntryText", "Delivery refused")},
    Named{"request.opened", QT_TRANSLATE_NOOP("EntryText", "Request opened")},
    Named{"request.refused", QT_TRANSLATE_NOOP("EntryText", "Request refused")},
    Named{"answer.recorded", QT_TRANSLATE_NOOP("EntryText", "Answer recorded")},
    Named{"order.recorded", QT_TRANSLATE_NOOP("EntryText", "Order recorded")},
    Named{"order.refused", QT_TRANSLATE_NOOP("EntryText", "Order refused")},
    Named{"decision.authorized", QT_TRANSLATE_NOOP("EntryText", "Decision approved")},
    Named{"decision.rejected", QT_TRANSLATE_NOOP("EntryText", "Decision rejected")},
    Named{"decision.expired", QT_TRANSLATE_NOOP("EntryText", "Decision expired")},
    Named{"decision.voided", QT_TRANSLATE_NOOP("EntryText", "Decision void")},
    Named{control::kProposalPredicate, QT_TRANSLATE_NOOP("EntryText", "Proposal, signed")},
    Named{control::kHaltPredicate, QT_TRANSLATE_NOOP("EntryText", "Order to halt, signed")},
    Named{"governance.proposed", QT_TRANSLATE_NOOP("EntryText", "Change of rules proposed")},
    Named{"charter.changed", QT_TRANSLATE_NOOP("EntryText", "New rules in force")},
    Named{"dispatch.halted", QT_TRANSLATE_NOOP("EntryText", "Everything halted")},
    Named{"dispatch.resumed", QT_TRANSLATE_NOOP("EntryText", "Halt lifted")},
    Named{"secret.changed", QT_TRANSLATE_NOOP("EntryText", "Secret changed")},
    Named{"pack.exported", QT_TRANSLATE_NOOP("EntryText", "Evidence pack exported")},
    Named{"run.created", QT_TRANSLATE_NOOP("EntryText", "Run started")},
    Named{"step.dispatched", QT_TRANSLATE_NOOP("EntryText", "Step sent")},
    Named{"step.finished", QT_TRANSLATE_NOOP("EntryText", "Step answered")},
    Named{"step.skipped", QT_TRANSLATE_NOOP("EntryText", "Step skipped")},
    Named{"step.gate_opened", QT_TRANSLATE_NOOP("EntryText", "Step waits for a person")},
    Named{"step.gate_confirmed", QT_TRANSLATE_NOOP("EntryText", "Step confirmed by a person")},
    Named{"step.in_doubt", QT_TRANSLATE_NOOP("EntryText", "Step in doubt")},
    Named{"step.resolved", QT_TRANSLATE_NOOP("EntryText", "Doubt resolved")},
    Named{"step.compensation_manual", QT_TRANSLATE_NOOP("EntryText", "Step to be undone by hand")},
    Named{"step.compensation_confirmed", QT_TRANSLATE_NOOP("EntryText", "Step undone by hand")},
    Named{"run.cancel_requested", QT_TRANSLATE_NOOP("EntryText", "Run to be cancelled")},
    Named{"run.compensating", QT_TRANSLATE_NOOP("EntryText", "Run is being undone")},
    Named{"run.halted", QT_TRANSLATE_NOOP("EntryText", "Run halted")},
    Named{"run.resumed", QT_TRANSLATE_NOOP("EntryText", "Run resumed")},
    Named{"run.blocked", QT_TRANSLATE_NOOP("EntryText", "Run blocked")},
    Named{"run.finished", QT_TRANSLATE_NOOP("EntryText", "Run finished")},
};

QString factText(const LogFact& fact)
{
    if (fact.name == "answer")
        return answerPast(fact.value);
    if (fact.name == "order") {
        const auto kind = control::parseRunOrderKind(fact.value);
        return kind.ok() ? orderName(*kind) : idText(fact.value);
    }
    if (fact.name == "result") {
        // Of a call, or of a whole run.
        AttemptView attempt;
        attempt.result = fact.value;
        const AttemptWords words = attemptWords(attempt);
        return words.tone == Tone::Neutral ? runStatusWords(fact.value).words : words.result;
    }
    if (fact.name == "phase")
        return fact.value == "compensation" ? Tr::tr("way back", "a step is being undone")
                                            : QString();
    if (fact.name == "why")
        return causeText(fact.value).value_or(safeInline(toQString(fact.value)));
    if (fact.name == "step_id" || fact.name == "rule")
        return idText(fact.value);
    return safeInline(toQString(fact.value));
}

} // namespace

QString entryTypeText(std::string_view type)
{
    const auto found = std::find_if(
        kTypes.begin(), kTypes.end(), [&](const Named& row) { return row.type == type; });
    return found == kTypes.end() ? idText(type) : Tr::tr(found->words);
}

QString entrySummary(const LogRow& row)
{
    QStringList parts;
    for (const LogFact& fact : row.facts) {
        if (const QString words = factText(fact); !words.isEmpty())
            parts << words;
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace countersign::ui
