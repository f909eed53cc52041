#include "app/views/queue_view.h"

#include "planes/control/decision_table.h"
#include "planes/execution/run_table.h"

#include <chrono>

namespace countersign::app {

namespace {

constexpr Duration kSoonDue = std::chrono::hours(4);

control::DecisionFilter filterOf(ui::QueueView view)
{
    switch (view) {
    case ui::QueueView::Waiting:
        return control::DecisionFilter::Open;
    case ui::QueueView::Mine:
        return control::DecisionFilter::OpenForPerson;
    case ui::QueueView::SoonDue:
        return control::DecisionFilter::OpenDueBefore;
    case ui::QueueView::Irreversible:
        return control::DecisionFilter::OpenIrreversible;
    case ui::QueueView::Decided:
        return control::DecisionFilter::Closed;
    case ui::QueueView::All:
        return control::DecisionFilter::All;
    }
    return control::DecisionFilter::All;
}

std::string tokenOf(const control::DecisionCursor& cursor)
{
    return std::to_string(cursor.rank) + " " + std::to_string(cursor.openedAt) + " "
           + cursor.decisionId;
}

Result<control::DecisionCursor> cursorOf(const std::string& token)
{
    control::DecisionCursor cursor;
    const std::size_t first = token.find(' ');
    const std::size_t second = first == std::string::npos ? first : token.find(' ', first + 1);
    char* end = nullptr;
    if (second == std::string::npos)
        return fail(ErrorCode::InvalidInput, "this is no position in the queue", "queue.cursor");
    cursor.rank = std::strtoll(token.c_str(), &end, 10);
    cursor.openedAt = std::strtoll(token.c_str() + first, &end, 10);
    cursor.decisionId = token.substr(second + 1);
    return cursor;
}

ui::QueueRow rowOf(const control::DecisionRow& decision, const ViewContext& context)
{
    ui::QueueRow row;
    row.decisionId = decision.decisionId;
    row.title = decision.title;
    row.ask = decision.ask;
    row.language = decision.language;
    row.classes = decision.classes;
    row.priority = static_cast<ui::Priority>(decision.priority);
    row.status = decision.status;
    if (decision.status == "open" && decision.deferredUntil
        && *decision.deferredUntil > context.now)
        row.status = "deferred";
    row.requestedBy = displayName(context.foundation.roster(), decision.requestedBy);
    row.openedAt = decision.openedAt;
    row.dueAt = decision.dueAt;
    row.expiresAt = decision.expiresAt;
    row.approvalsHave = decision.approvalsHave;
    row.approvalsNeeded = decision.approvalsNeeded;
    row.exposureAmount = decision.exposureAmount;
    row.exposureCurrency = decision.exposureCurrency;
    return row;
}

} // namespace

std::string displayName(const control::Roster& roster, const std::string& id)
{
    if (const control::Person* person = roster.person(id); person != nullptr)
        return person->displayName;
    for (const control::Agent& agent : roster.agents) {
        if (agent.id == id)
            return agent.displayName;
    }
    return id;
}

Result<ui::QueuePage> queuePage(
    const ViewContext& context,
    const ui::QueueQuery& query,
    const std::vector<std::string>& localPeople)
{
    control::DecisionQuery question;
    question.filter = filterOf(query.view);
    question.personIds = localPeople;
    question.dueBefore = context.now + kSoonDue;
    question.search = query.searchText;
    question.limit = query.limit;
    if (!query.after.token.empty()) {
        CS_TRY(question.after, cursorOf(query.after.token));
    }
    CS_TRY(const auto decisions, control::decisionPage(context.session, question));
    ui::QueuePage page;
    for (const control::DecisionRow& decision : decisions) {
        ui::QueueRow row = rowOf(decision, context);
        CS_TRY(row.runStatus, execution::runStatusOf(context.session, decision.decisionId));
        page.rows.push_back(std::move(row));
    }
    if (static_cast<int>(decisions.size()) == query.limit && query.limit > 0)
        page.next =
            ui::PageCursor{tokenOf(control::cursorAfter(decisions.back(), question.filter))};
    CS_TRY(const trust::Checkpoint head, context.ledger.head());
    page.ledgerSize = head.size;
    return page;
}

} // namespace countersign::app
