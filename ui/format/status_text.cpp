#include "ui/format/status_text.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(StatusText)
};

struct NamedStatus
{
    std::string_view id;
    const char* words;
    Tone tone;
};

template <std::size_t N>
StatusWords lookUp(const std::array<NamedStatus, N>& table, std::string_view id)
{
    const auto found = std::find_if(
        table.begin(), table.end(), [&](const NamedStatus& row) { return row.id == id; });
    if (found == table.end())
        return {toQString(id), Tone::Neutral};
    return {Tr::tr(found->words), found->tone};
}

constexpr std::array kRequestStatuses{
    NamedStatus{"open", QT_TRANSLATE_NOOP("StatusText", "waits for signatures"), Tone::Accent},
    NamedStatus{"authorized", QT_TRANSLATE_NOOP("StatusText", "approved"), Tone::Good},
    NamedStatus{"rejected", QT_TRANSLATE_NOOP("StatusText", "rejected"), Tone::Danger},
    NamedStatus{"expired", QT_TRANSLATE_NOOP("StatusText", "expired"), Tone::Neutral},
    NamedStatus{"deferred", QT_TRANSLATE_NOOP("StatusText", "put off"), Tone::Neutral},
    NamedStatus{"blocked", QT_TRANSLATE_NOOP("StatusText", "cannot be signed"), Tone::Caution},
    NamedStatus{"superseded", QT_TRANSLATE_NOOP("StatusText", "replaced"), Tone::Neutral},
    NamedStatus{"stale", QT_TRANSLATE_NOOP("StatusText", "is asked anew"), Tone::Neutral},
    NamedStatus{"void", QT_TRANSLATE_NOOP("StatusText", "void"), Tone::Neutral},
};

constexpr std::array kRunStatuses{
    NamedStatus{"waiting", QT_TRANSLATE_NOOP("StatusText", "waits for its time"), Tone::Neutral},
    NamedStatus{"running", QT_TRANSLATE_NOOP("StatusText", "is being carried out"), Tone::Accent},
    NamedStatus{"gate", QT_TRANSLATE_NOOP("StatusText", "waits for a confirmation"), Tone::Caution},
    NamedStatus{"retry_wait", QT_TRANSLATE_NOOP("StatusText", "will try again"), Tone::Accent},
    NamedStatus{"in_doubt", QT_TRANSLATE_NOOP("StatusText", "outcome in doubt"), Tone::Danger},
    NamedStatus{"compensating", QT_TRANSLATE_NOOP("StatusText", "is being undone"), Tone::Caution},
    NamedStatus{"manual", QT_TRANSLATE_NOOP("StatusText", "needs work by hand"), Tone::Caution},
    NamedStatus{"halted", QT_TRANSLATE_NOOP("StatusText", "halted"), Tone::Danger},
    NamedStatus{"blocked", QT_TRANSLATE_NOOP("StatusText", "blocked"), Tone::Danger},
    NamedStatus{"cancelling", QT_TRANSLATE_NOOP("StatusText", "is being cancelled"), Tone::Caution},
    NamedStatus{"completed", QT_TRANSLATE_NOOP("StatusText", "carried out"), Tone::Good},
    NamedStatus{"failed", QT_TRANSLATE_NOOP("StatusText", "failed"), Tone::Danger},
    NamedStatus{"compensated", QT_TRANSLATE_NOOP("StatusText", "undone"), Tone::Neutral},
    NamedStatus{"cancelled", QT_TRANSLATE_NOOP("StatusText", "cancelled"), Tone::Neutral},
    NamedStatus{"expired", QT_TRANSLATE_NOOP("StatusText", "ran out of time"), Tone::Neutral},
};

struct Named
{
    std::string_view id;
    const char* words;
};

template <std::size_t N>
QString lookUp(const std::array<Named, N>& table, std::string_view id)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Named& row) { return row.id == id; });
    return found == table.end() ? QString() : Tr::tr(found->words);
}

constexpr std::array kDocuments{
    Named{"memo", QT_TRANSLATE_NOOP("StatusText", "Memo")},
    Named{"scenario_set", QT_TRANSLATE_NOOP("StatusText", "Scenarios")},
    Named{"risk_synthesis", QT_TRANSLATE_NOOP("StatusText", "Risks")},
    Named{"forecast", QT_TRANSLATE_NOOP("StatusText", "Forecast")},
    Named{"evidence_pack", QT_TRANSLATE_NOOP("StatusText", "Evidence pack")},
    Named{"evidence_item", QT_TRANSLATE_NOOP("StatusText", "Evidence")},
    Named{"execution_plan", QT_TRANSLATE_NOOP("StatusText", "Plan")},
    Named{"approval_request", QT_TRANSLATE_NOOP("StatusText", "Request")},
    Named{"outcome", QT_TRANSLATE_NOOP("StatusText", "Outcome")},
    Named{"tool_receipt", QT_TRANSLATE_NOOP("StatusText", "Receipt")},
    Named{"metric_definition", QT_TRANSLATE_NOOP("StatusText", "Metric")},
};

constexpr std::array kPastAnswers{
    Named{"approve", QT_TRANSLATE_NOOP("StatusText", "approved")},
    Named{"edit", QT_TRANSLATE_NOOP("StatusText", "approved an amended plan")},
    Named{"reject", QT_TRANSLATE_NOOP("StatusText", "rejected")},
    Named{"respond", QT_TRANSLATE_NOOP("StatusText", "asked back")},
    Named{"defer", QT_TRANSLATE_NOOP("StatusText", "put it off")},
};

constexpr std::array kRoles{
    Named{"board_member", QT_TRANSLATE_NOOP("StatusText", "board member")},
    Named{"chief_executive", QT_TRANSLATE_NOOP("StatusText", "chief executive")},
    Named{"chief_financial_officer", QT_TRANSLATE_NOOP("StatusText", "chief financial officer")},
    Named{"chief_operating_officer", QT_TRANSLATE_NOOP("StatusText", "chief operating officer")},
    Named{"chief_commercial_officer", QT_TRANSLATE_NOOP("StatusText", "chief commercial officer")},
    Named{"general_counsel", QT_TRANSLATE_NOOP("StatusText", "general counsel")},
    Named{"financial_controller", QT_TRANSLATE_NOOP("StatusText", "financial controller")},
    Named{"data_protection_officer", QT_TRANSLATE_NOOP("StatusText", "data protection officer")},
    Named{"corporate_development", QT_TRANSLATE_NOOP("StatusText", "corporate development")},
    Named{"head_of_partnerships", QT_TRANSLATE_NOOP("StatusText", "head of partnerships")},
    Named{"head_of_pricing", QT_TRANSLATE_NOOP("StatusText", "head of pricing")},
    Named{"department_head", QT_TRANSLATE_NOOP("StatusText", "department head")},
    Named{"finance", QT_TRANSLATE_NOOP("StatusText", "finance")},
    Named{"legal", QT_TRANSLATE_NOOP("StatusText", "legal")},
    Named{"site_reliability_lead", QT_TRANSLATE_NOOP("StatusText", "site reliability lead")},
    Named{"release_manager", QT_TRANSLATE_NOOP("StatusText", "release manager")},
    Named{"regional_manager", QT_TRANSLATE_NOOP("StatusText", "regional manager")},
    Named{"team_lead", QT_TRANSLATE_NOOP("StatusText", "team lead")},
    Named{"manager", QT_TRANSLATE_NOOP("StatusText", "manager")},
};

QString spaced(std::string_view id)
{
    QString words = toQString(id);
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    words.replace(QLatin1Char('.'), QLatin1Char(' '));
    return isolateAuto(words);
}

} // namespace

StatusWords requestStatusWords(std::string_view status)
{
    return lookUp(kRequestStatuses, status);
}

StatusWords runStatusWords(std::string_view status)
{
    return lookUp(kRunStatuses, status);
}

StatusWords stepStatusWords(StepStatus status)
{
    switch (status) {
    case StepStatus::Waiting:
        return {Tr::tr("waits"), Tone::Neutral};
    case StepStatus::Gate:
        return {Tr::tr("waits for a person to confirm"), Tone::Caution};
    case StepStatus::Running:
        return {Tr::tr("is being carried out"), Tone::Accent};
    case StepStatus::RetryWait:
        return {Tr::tr("will try again"), Tone::Accent};
    case StepStatus::Done:
        return {Tr::tr("done"), Tone::Good};
    case StepStatus::Failed:
        return {Tr::tr("failed"), Tone::Danger};
    case StepStatus::InDoubt:
        return {Tr::tr("in doubt: somebody must look"), Tone::Danger};
    case StepStatus::Compensating:
        return {Tr::tr("is being undone"), Tone::Caution};
    case StepStatus::Compensated:
        return {Tr::tr("undone"), Tone::Neutral};
    case StepStatus::CompensationManual:
        return {Tr::tr("must be undone by hand"), Tone::Caution};
    case StepStatus::Standing:
        return {Tr::tr("stands, cannot be undone"), Tone::Danger};
    case StepStatus::Skipped:
        return {Tr::tr("not carried out"), Tone::Neutral};
    }
    return {};
}

StatusWords priorityWords(Priority priority)
{
    switch (priority) {
    case Priority::Critical:
        return {Tr::tr("Critical"), Tone::Danger};
    case Priority::High:
        return {Tr::tr("High"), Tone::Caution};
    case Priority::Normal:
        return {Tr::tr("Normal"), Tone::Neutral};
    case Priority::Low:
        return {Tr::tr("Low"), Tone::Neutral};
    }
    return {};
}

QString answerName(control::AnswerKind kind)
{
    switch (kind) {
    case control::AnswerKind::Approve:
        return Tr::tr("Approve");
    case control::AnswerKind::Edit:
        return Tr::tr("Edit");
    case control::AnswerKind::Reject:
        return Tr::tr("Reject");
    case control::AnswerKind::Respond:
        return Tr::tr("Ask back");
    case control::AnswerKind::Defer:
        return Tr::tr("Put off");
    }
    return {};
}

QString answerMeaning(control::AnswerKind kind)
{
    switch (kind) {
    case control::AnswerKind::Approve:
        return Tr::tr("You approve this plan as it is proposed.");
    case control::AnswerKind::Edit:
        return Tr::tr(
            "You approve the plan with your changes. Earlier signatures no longer count.");
    case control::AnswerKind::Reject:
        return Tr::tr("You stop this request. Nothing of it can be carried out afterwards.");
    case control::AnswerKind::Respond:
        return Tr::tr("You send a question back. This commits to nothing.");
    case control::AnswerKind::Defer:
        return Tr::tr("You put the decision off. This commits to nothing.");
    }
    return {};
}

QString answerPast(std::string_view kind)
{
    const QString words = lookUp(kPastAnswers, kind);
    return words.isEmpty() ? spaced(kind) : words;
}

QString orderName(control::RunOrderKind kind)
{
    switch (kind) {
    case control::RunOrderKind::ConfirmGate:
        return Tr::tr("Let this step go");
    case control::RunOrderKind::Cancel:
        return Tr::tr("Cancel the run");
    case control::RunOrderKind::RetryStep:
        return Tr::tr("Try again");
    case control::RunOrderKind::ResolveDone:
        return Tr::tr("It happened");
    case control::RunOrderKind::ResolveNotDone:
        return Tr::tr("It did not happen");
    case control::RunOrderKind::CompensationDone:
        return Tr::tr("Undone by hand");
    }
    return {};
}

QString orderMeaning(control::RunOrderKind kind)
{
    switch (kind) {
    case control::RunOrderKind::ConfirmGate:
        return Tr::tr("You confirm that this step may be carried out now.");
    case control::RunOrderKind::Cancel:
        return Tr::tr("You stop the run. What is done already is undone as the plan says.");
    case control::RunOrderKind::RetryStep:
        return Tr::tr("You let the step be tried once more.");
    case control::RunOrderKind::ResolveDone:
        return Tr::tr("You have looked: the effect is there. The run goes on from here.");
    case control::RunOrderKind::ResolveNotDone:
        return Tr::tr("You have looked: the effect is not there. The step counts as failed.");
    case control::RunOrderKind::CompensationDone:
        return Tr::tr("You state that somebody has undone this step by hand.");
    }
    return {};
}

QString documentName(std::string_view schema)
{
    const QString words = lookUp(kDocuments, schema);
    return words.isEmpty() ? idText(schema) : words;
}

QString roleName(std::string_view role)
{
    const QString words = lookUp(kRoles, role);
    return words.isEmpty() ? spaced(role) : words;
}

QString standingName(control::RoleLevel level)
{
    switch (level) {
    case control::RoleLevel::None:
        return Tr::tr("anybody in the roster");
    case control::RoleLevel::Manager:
        return Tr::tr("manager");
    case control::RoleLevel::Head:
        return Tr::tr("function head");
    case control::RoleLevel::Executive:
        return Tr::tr("executive");
    }
    return {};
}

} // namespace countersign::ui
