#include "app/core/run_orders.h"

#include "planes/trust/statement.h"

#include <algorithm>

namespace countersign::app {

namespace {

constexpr int kOrdersPerTurn = 100;

execution::PersonAct actOf(
    const control::RunOrder& order,
    const control::Roster& roster,
    std::uint64_t statementIndex,
    Instant at)
{
    const control::Person* person = roster.person(order.personId);
    CS_ASSERT(person != nullptr); // The order was verified against this roster.
    return {
        {person->id,
         person->displayName,
         person->roles.empty() ? std::string() : person->roles.front()},
        statementIndex,
        order.reason,
        at};
}

Result<execution::EventDraft> draftOf(
    const execution::Plan& plan,
    const execution::RunState& state,
    const control::RunOrder& order,
    const execution::PersonAct& act)
{
    switch (order.kind) {
    case control::RunOrderKind::ConfirmGate:
        return execution::confirmGateDraft(plan, state, order.stepId, act);
    case control::RunOrderKind::Cancel:
        return execution::cancelRunDraft(state, act);
    case control::RunOrderKind::RetryStep:
        return execution::retryStepDraft(plan, state, order.stepId, act);
    case control::RunOrderKind::ResolveDone:
        return execution::resolveStepDraft(
            plan, state, order.stepId, execution::Resolution::Done, act);
    case control::RunOrderKind::ResolveNotDone:
        return execution::resolveStepDraft(
            plan, state, order.stepId, execution::Resolution::NotDone, act);
    case control::RunOrderKind::CompensationDone:
        return execution::confirmCompensationDraft(plan, state, order.stepId, act);
    }
    return fail(ErrorCode::InvalidInput, "this is no order", "order.kind");
}

} // namespace

RunOrders::RunOrders(
    trust::LedgerStore& store,
    control::Foundation& foundation,
    execution::LedgerJournal& journal,
    execution::PlanSource& plans,
    EntropySource& entropy)
    : m_store(store)
    , m_foundation(foundation)
    , m_journal(journal)
    , m_plans(plans)
    , m_entropy(entropy)
{}

Result<void> RunOrders::checkApplies(const control::RunOrder& order, Instant now)
{
    CS_TRY(const RunId runId, RunId::parse(order.runId));
    CS_TRY(const execution::RunHead head, m_journal.head(runId));
    CS_TRY(const auto plan, m_plans.plan(head.planDigest));
    CS_TRY(const auto events, m_journal.load(runId));
    CS_TRY(const execution::RunState state, execution::fold(*plan, events));
    CS_CHECK(draftOf(*plan, state, order, actOf(order, m_foundation.roster(), 0, now)));
    return {};
}

Result<void> RunOrders::submit(const trust::Envelope& envelope, Instant now)
{
    CS_TRY(const trust::Statement statement, trust::parseStatement(envelope.payload));
    CS_TRY(const RunId runId, RunId::parse(textMember(statement.predicate, "run")));
    CS_TRY(const execution::RunHead head, m_journal.head(runId));
    return m_store.write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_TRY(
                control::CommandContext context,
                control::commandContext(session, ledger, m_foundation, m_entropy, now));
            CS_TRY(
                const control::DecisionAuthority authority,
                control::currentAuthority(context, head.decisionId.text()));
            const control::RequestRecord* record =
                authority.find(head.requestId.text(), head.packetDigest);
            if (record == nullptr)
                return fail(ErrorCode::NotFound, "the run has no request", "request.absent");
            const auto reader = trust::openLedgerReader(session, ledger.logKey());
            CS_TRY(
                const std::vector<control::RecordedOrder> earlier,
                control::loadRunOrders(
                    *reader, m_foundation, authority, head.decisionId.text(), runId.text()));
            CS_TRY(
                const control::RecordedOrder recorded,
                control::recordRunOrder(context, *record, earlier, envelope));
            return checkApplies(recorded.order.order, now);
        });
}

Result<void> RunOrders::applyDue(execution::Engine& engine, Instant now)
{
    CS_TRY(const auto due, execution::dueOrders(m_store.database(), kOrdersPerTurn));
    for (const execution::DueOrder& order : due)
        CS_CHECK(applyOne(engine, order, now));
    return {};
}

Result<void>
RunOrders::applyOne(execution::Engine& engine, const execution::DueOrder& due, Instant now)
{
    // The table says where to look; what counts is the signed statement.
    const auto reader = m_store.openReader();
    CS_TRY(
        const control::DecisionAuthority authority,
        control::loadDecisionAuthority(*reader, m_foundation, due.decisionId));
    CS_TRY(
        const std::vector<control::RecordedOrder> orders,
        control::loadRunOrders(*reader, m_foundation, authority, due.decisionId, due.runId));
    const auto found = std::find_if(orders.begin(), orders.end(), [&](const auto& recorded) {
        return recorded.statementIndex == due.statementIndex;
    });
    if (found == orders.end())
        return refuse(
            due,
            {ErrorCode::Unauthorized, "no signed order stands behind this", "authority.order"},
            now);
    const execution::PersonAct act = actOf(
        found->order.order,
        m_foundation.at(found->statementIndex).roster,
        found->statementIndex,
        found->order.receivedAt);
    const Result<void> applied = apply(engine, found->order.order, act);
    if (applied.ok() || applied.error().code == ErrorCode::StorageBusy
        || applied.error().code == ErrorCode::StorageFailed)
        return applied;
    return refuse(due, applied.error(), now);
}

Result<void> RunOrders::apply(
    execution::Engine& engine, const control::RunOrder& order, const execution::PersonAct& act)
{
    CS_TRY(const RunId runId, RunId::parse(order.runId));
    switch (order.kind) {
    case control::RunOrderKind::ConfirmGate:
        return engine.confirmGate(runId, order.stepId, act);
    case control::RunOrderKind::Cancel:
        return engine.cancelRun(runId, act);
    case control::RunOrderKind::RetryStep:
        return engine.retryStep(runId, order.stepId, act);
    case control::RunOrderKind::ResolveDone:
        return engine.resolveStep(runId, order.stepId, execution::Resolution::Done, act);
    case control::RunOrderKind::ResolveNotDone:
        return engine.resolveStep(runId, order.stepId, execution::Resolution::NotDone, act);
    case control::RunOrderKind::CompensationDone:
        return engine.confirmCompensation(runId, order.stepId, act);
    }
    return {};
}

Result<void> RunOrders::refuse(const execution::DueOrder& due, const Error& error, Instant now)
{
    return m_store.write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_CHECK(ledger.append(
                session,
                {0,
                 EventId::make(now, m_entropy).text(),
                 std::string(execution::kOrderRefused),
                 now,
                 due.decisionId,
                 {{"statement_index", due.statementIndex},
                  {"run_id", due.runId},
                  {"rule", error.rule},
                  {"detail", error.detail}}}));
            return {};
        });
}

} // namespace countersign::app
