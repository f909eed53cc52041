#include "planes/execution/command_rules.h"
#include "planes/execution/run_rules.h"
#include "tests/support/fake_execution.h"

#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

const Instant kStart = Instant::fromUnixSeconds(1'700'000'100);

Instant after(std::int64_t milliseconds)
{
    return kStart + std::chrono::milliseconds(milliseconds);
}

/// A run driven by rules alone, without an engine.
class RunBench
{
public:
    explicit RunBench(const PlanSpec& spec)
        : plan(planOf(spec))
        , entropy(1)
        , state(initialState(head(), *plan))
    {
        history.push_back(createdEvent(state.head, *plan));
    }

    [[nodiscard]] RunHead head()
    {
        const RequestId request = RequestId::parse("apr_01KRXKRYT0N4Q11HPMXHWQ8H6X").value();
        return RunHead{
            RunId::make(kStart, entropy),
            plan->identity.decisionId,
            plan->identity.digest,
            request,
            Digest::of("packet"),
            kStart};
    }

    void take(EventDraft draft)
    {
        history.push_back(RunEvent{
            state.head.runId, state.lastSequence + 1, draft.type, draft.at, std::move(draft.body)});
        const Result<void> applied = apply(state, *plan, history.back());
        QVERIFY2(applied.ok(), applied.ok() ? "" : applied.error().describe().c_str());
    }

    /// Lets the rules go on, with authority for everything; gives the steps dispatched.
    std::string go(Instant now)
    {
        std::string dispatched;
        for (;;) {
            Advance next = advance(*plan, state, {now, false, 100});
            wake = next.nextWake;
            if (next.events.empty() && next.dispatches.empty())
                return dispatched;
            for (EventDraft& draft : next.events)
                take(std::move(draft));
            for (const Dispatch& wanted : next.dispatches) {
                take(dispatchedDraft(*plan, wanted, Digest::of("grant"), now));
                if (!dispatched.empty())
                    dispatched += ' ';
                dispatched += plan->steps[wanted.step].id;
                if (wanted.phase == CallPhase::Compensation)
                    dispatched += "-undo";
            }
        }
    }

    void answer(const std::string& stepId, const CallOutcome& outcome, Instant now)
    {
        const std::size_t index = plan->find(stepId).value();
        const StepState& step = state.steps[index];
        const bool forward = step.status == StepStatus::Dispatched;
        const Answer answered{
            {index,
             forward ? CallPhase::Forward : CallPhase::Compensation,
             forward ? step.forwardAttempts : step.compensationAttempts},
            recordedOutcome(outcome),
            {now, 0.5, deduplicates},
            RecordId::make("rcp", now, entropy)};
        for (EventDraft& draft : answerDrafts(*plan, state, Executor{}, answered))
            take(std::move(draft));
    }

    [[nodiscard]] std::string status(const std::string& stepId) const
    {
        return std::string(text(state.steps[plan->find(stepId).value()].status));
    }
    [[nodiscard]] std::string result() const
    {
        return state.result ? std::string(text(*state.result)) : "open";
    }
    [[nodiscard]] std::string standing() const
    {
        std::string ids;
        for (const std::size_t index : state.standing)
            ids += plan->steps[index].id;
        return ids;
    }

    std::shared_ptr<const Plan> plan;
    SeededEntropy entropy;
    RunState state;
    std::vector<RunEvent> history;
    std::optional<Instant> wake;
    bool deduplicates = true;
};

PlanSpec diamond(const std::string& onFailure)
{
    return {
        .steps =
            {{.id = "a"},
             {.id = "b", .dependsOn = {"a"}},
             {.id = "c", .dependsOn = {"a"}},
             {.id = "d", .dependsOn = {"b", "c"}}},
        .onFailure = onFailure};
}

std::string ruleOf(const Result<EventDraft>& result)
{
    return result ? "accepted" : result.error().rule;
}

} // namespace

class TestRunRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backoffGrowsToItsCap_data()
    {
        QTest::addColumn<int>("failureCount");
        QTest::addColumn<double>("jitter");
        QTest::addColumn<qint64>("retryAfterMs");
        QTest::addColumn<qint64>("expectedMs");
        QTest::newRow("first") << 1 << 0.5 << qint64(-1) << qint64(1000);
        QTest::newRow("second") << 2 << 0.5 << qint64(-1) << qint64(3000);
        QTest::newRow("third meets the cap") << 3 << 0.5 << qint64(-1) << qint64(8000);
        QTest::newRow("fiftieth stays there") << 50 << 0.5 << qint64(-1) << qint64(8000);
        QTest::newRow("least jitter") << 1 << 0.0 << qint64(-1) << qint64(800);
        QTest::newRow("most jitter") << 1 << 1.0 << qint64(-1) << qint64(1200);
        QTest::newRow("jitter respects the cap") << 3 << 1.0 << qint64(-1) << qint64(8000);
        QTest::newRow("retry-after is a lower bound") << 1 << 0.5 << qint64(20000) << qint64(20000);
        QTest::newRow("retry-after is no upper bound") << 2 << 0.5 << qint64(1) << qint64(3000);
        QTest::newRow("hostile retry-after")
            << 1 << 0.5 << std::numeric_limits<qint64>::max() << qint64(kWaitMsMax);
    }
    void backoffGrowsToItsCap()
    {
        QFETCH(int, failureCount);
        QFETCH(double, jitter);
        QFETCH(qint64, retryAfterMs);
        QFETCH(qint64, expectedMs);
        const RetryPolicy policy{50, 1000, 3, 8000, 0.2, {}};
        const auto asked =
            retryAfterMs < 0 ? std::nullopt : std::optional<std::int64_t>(retryAfterMs);
        QCOMPARE(qint64(backoffMs(policy, failureCount, jitter, asked)), expectedMs);
    }

    void answerIsJudged_data()
    {
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<bool>("deduplicates");
        QTest::addColumn<bool>("stopping");
        QTest::addColumn<int>("failuresBefore");
        QTest::addColumn<bool>("uncertainBefore");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name,
                            const char* outcome,
                            bool deduplicates,
                            bool stopping,
                            int failuresBefore,
                            bool uncertainBefore,
                            const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(outcome) << deduplicates << stopping
                                << failuresBefore << uncertainBefore << QString::fromUtf8(expected);
        };
        row("success", "success", false, false, 0, true, "certain");
        row("retryable", "unavailable", false, false, 0, false, "retry");
        row("last attempt", "unavailable", false, false, 2, false, "certain");
        row("code not listed", "denied", true, false, 0, false, "certain");
        row("not retryable", "fatal", true, false, 0, false, "certain");
        row("no retry when stopping", "unavailable", true, true, 0, false, "certain");
        row("timeout with key", "timeout", true, false, 0, false, "retry");
        row("timeout without key", "timeout", false, false, 0, false, "effect_uncertain");
        row("timeouts exhausted", "timeout", true, false, 2, true, "attempts_exhausted");
        row("timeout while stopping", "timeout", true, true, 0, false, "stopped");
        row("refusal after a timeout", "denied", true, false, 1, true, "attempts_exhausted");
        row("lost with key", "lost", true, false, 2, false, "retry");
        row("lost without key", "lost", false, false, 0, false, "interrupted");
        row("lost while stopping", "lost", true, true, 0, false, "interrupted");
    }
    void answerIsJudged()
    {
        QFETCH(QString, outcome);
        QFETCH(bool, deduplicates);
        QFETCH(bool, stopping);
        QFETCH(int, failuresBefore);
        QFETCH(bool, uncertainBefore);
        QFETCH(QString, expected);
        const auto plan = planOf({.steps = {{.id = "a", .attemptsMax = 3}}});
        CallOutcome judged = failedWith("unavailable");
        if (outcome == QStringLiteral("success"))
            judged = succeeded();
        else if (outcome == QStringLiteral("timeout"))
            judged = timedOut();
        else if (outcome == QStringLiteral("lost"))
            judged = interruptedOutcome();
        else if (outcome == QStringLiteral("denied"))
            judged = failedWith("denied");
        else if (outcome == QStringLiteral("fatal"))
            judged = failedWith("unavailable", false);
        StepState step;
        step.failureCount = failuresBefore;
        step.effectUncertain = uncertainBefore;
        const AnswerVerdict verdict =
            judgeAnswer(plan->steps[0], step, judged, {kStart, 0.5, deduplicates}, stopping);
        QString actual = QStringLiteral("certain");
        if (verdict.retryAt)
            actual = QStringLiteral("retry");
        else if (verdict.doubt)
            actual = QString::fromStdString(*verdict.doubt);
        QCOMPARE(actual, expected);
        QCOMPARE(verdict.doubt.has_value() && !verdict.effectUncertain, false);
    }

    void lostAnswersInARowReachAPerson()
    {
        const auto plan = planOf({.steps = {{.id = "a"}}});
        StepState step;
        step.lostCount = kLostCountMax - 1;
        const AnswerVerdict verdict =
            judgeAnswer(plan->steps[0], step, interruptedOutcome(), {kStart, 0, true}, false);
        QVERIFY(!verdict.retryAt);
        QCOMPARE(verdict.doubt, std::optional<std::string>("interrupted"));
    }

    void branchesRunInParallelAndJoin()
    {
        RunBench bench(diamond("halt"));
        QCOMPARE(bench.go(after(0)), std::string("a"));
        bench.answer("a", succeeded(), after(1));
        QCOMPARE(bench.go(after(1)), std::string("b c"));
        bench.answer("b", succeeded(), after(2));
        QCOMPARE(bench.go(after(2)), std::string());
        bench.answer("c", succeeded(), after(3));
        QCOMPARE(bench.go(after(3)), std::string("d"));
        bench.answer("d", succeeded(), after(4));
        bench.go(after(4));
        QCOMPARE(bench.result(), std::string("completed"));
        QCOMPARE(bench.state.standing.size(), std::size_t(0));
    }

    void nothingStartsBeforeOrAfterTheWindow()
    {
        PlanSpec spec = diamond("halt");
        RunBench bench(spec);
        QCOMPARE(bench.go(spec.notBefore - Duration(1)), std::string());
        QCOMPARE(bench.wake, std::optional(spec.notBefore));
        QCOMPARE(bench.go(spec.notBefore), std::string("a"));
        bench.answer("a", succeeded(), spec.notAfter);
        QCOMPARE(bench.go(spec.notAfter), std::string("b c"));
        bench.answer("b", succeeded(), spec.notAfter + Duration(1));
        bench.answer("c", succeeded(), spec.notAfter + Duration(1));
        QCOMPARE(bench.go(spec.notAfter + Duration(1)), std::string());
        QCOMPARE(bench.result(), std::string("expired"));
        QCOMPARE(bench.standing(), std::string("abc"));
    }

    void lastAnswerAfterTheWindowStillCompletes()
    {
        PlanSpec spec{.steps = {{.id = "a"}}};
        RunBench bench(spec);
        bench.go(spec.notAfter);
        bench.answer("a", succeeded(), spec.notAfter + Duration(5));
        bench.go(spec.notAfter + Duration(5));
        QCOMPARE(bench.result(), std::string("completed"));
    }

    void expiryUndoesWhatStands()
    {
        PlanSpec spec{.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}, .humanGate = true}}};
        RunBench bench(spec);
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        QCOMPARE(bench.status("b"), std::string("gate"));
        QCOMPARE(bench.wake, std::optional(spec.notAfter + Duration(1)));
        const Instant closed = *bench.wake;
        QCOMPARE(bench.go(closed), std::string("a-undo"));
        bench.answer("a", succeeded(), closed);
        bench.go(spec.notAfter + Duration(9));
        QCOMPARE(bench.result(), std::string("expired"));
        QCOMPARE(bench.standing(), std::string());
        QCOMPARE(bench.status("a"), std::string("compensated"));
        QCOMPARE(bench.status("b"), std::string("skipped"));
    }

    void failureUndoesNewestFirstAfterRunningCalls()
    {
        PlanSpec spec{
            .steps = {
                {.id = "a"},
                {.id = "b", .compensation = "none"},
                {.id = "c"},
                {.id = "d", .dependsOn = {"a"}}}};
        RunBench bench(spec);
        QCOMPARE(bench.go(after(0)), std::string("a b c"));
        bench.answer("b", succeeded(), after(1));
        bench.answer("a", succeeded(), after(2));
        QCOMPARE(bench.go(after(2)), std::string("d"));
        bench.answer("d", failedWith("denied"), after(3));
        QCOMPARE(bench.go(after(3)), std::string()); // c is still out
        bench.answer("c", succeeded(), after(4));
        QCOMPARE(bench.go(after(4)), std::string("c-undo"));
        bench.answer("c", succeeded(), after(5));
        QCOMPARE(bench.go(after(5)), std::string("a-undo"));
        bench.answer("a", succeeded(), after(6));
        bench.go(after(6));
        QCOMPARE(bench.result(), std::string("compensated"));
        QCOMPARE(bench.standing(), std::string("b"));
    }

    void failureWithNothingDoneEndsFailed()
    {
        RunBench bench(diamond("compensate"));
        bench.go(after(0));
        bench.answer("a", failedWith("denied"), after(1));
        bench.go(after(1));
        QCOMPARE(bench.result(), std::string("failed"));
    }

    void manualUndoWaitsForItsOwner()
    {
        RunBench bench(
            {.steps = {{.id = "a", .compensation = "manual"}, {.id = "b", .dependsOn = {"a"}}}});
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        bench.answer("b", failedWith("denied"), after(2));
        bench.go(after(2));
        QCOMPARE(bench.status("a"), std::string("compensation_manual"));
        const std::vector<RunWait> waiting = waits(*bench.plan, bench.state, after(2));
        QCOMPARE(waiting.size(), std::size_t(1));
        QVERIFY(waiting[0].kind == WaitKind::Undo);
        QCOMPARE(waiting[0].person->id, std::string("rita.owner"));
        bench.take(
            confirmCompensationDraft(*bench.plan, bench.state, "a", personAct(after(3))).value());
        bench.go(after(3));
        QCOMPARE(bench.result(), std::string("compensated"));
        QCOMPARE(bench.standing(), std::string());
    }

    void stuckUndoGoesToAPerson()
    {
        RunBench bench({.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}}}});
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        bench.answer("b", failedWith("denied"), after(2));
        QCOMPARE(bench.go(after(2)), std::string("a-undo"));
        bench.answer("a", failedWith("denied"), after(3));
        bench.go(after(3));
        QCOMPARE(bench.status("a"), std::string("compensation_failed"));
        QCOMPARE(bench.state.halt->why, std::string("compensation_failed"));
        bench.take(retryStepDraft(*bench.plan, bench.state, "a", personAct(after(4))).value());
        QCOMPARE(bench.go(after(4)), std::string("a-undo"));
        bench.answer("a", failedWith("denied"), after(5));
        bench.go(after(5));
        bench.take(resolveStepDraft(
                       *bench.plan, bench.state, "a", Resolution::NotDone, personAct(after(6)))
                       .value());
        bench.go(after(6));
        QCOMPARE(bench.result(), std::string("compensated"));
        QCOMPARE(bench.standing(), std::string("a"));
    }

    void undoAfterItsWindowNeedsAPerson()
    {
        RunBench bench(
            {.steps = {{.id = "a", .compensationWindowS = 60}, {.id = "b", .dependsOn = {"a"}}}});
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        bench.answer("b", failedWith("denied"), after(61'002));
        QCOMPARE(bench.go(after(61'002)), std::string());
        QCOMPARE(bench.state.halt->why, std::string("compensation_window"));
        bench.take(retryStepDraft(*bench.plan, bench.state, "a", personAct(after(61'003))).value());
        QCOMPARE(bench.go(after(61'003)), std::string("a-undo"));
    }

    void haltWaitsForRetryOrCancel()
    {
        RunBench bench(diamond("halt"));
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        bench.answer("b", failedWith("denied"), after(2));
        bench.answer("c", succeeded(), after(2));
        QCOMPARE(bench.go(after(2)), std::string());
        QCOMPARE(bench.state.halt->why, std::string("step_failed"));
        const RunState halted = bench.state;
        bench.take(retryStepDraft(*bench.plan, bench.state, "b", personAct(after(3))).value());
        QCOMPARE(bench.go(after(3)), std::string("b"));
        QVERIFY(!bench.state.halt);

        bench.state = halted;
        bench.take(cancelRunDraft(bench.state, personAct(after(4))).value());
        bench.go(after(4));
        QCOMPARE(bench.result(), std::string("cancelled"));
        QCOMPARE(bench.standing(), std::string("ac"));
    }

    void continueSkipsDependantsOnly()
    {
        RunBench bench(
            {.steps =
                 {{.id = "a"},
                  {.id = "b", .dependsOn = {"a"}},
                  {.id = "c", .dependsOn = {"b"}},
                  {.id = "x"},
                  {.id = "y", .dependsOn = {"x"}}},
             .onFailure = "continue"});
        QCOMPARE(bench.go(after(0)), std::string("a x"));
        bench.answer("a", failedWith("denied"), after(1));
        bench.go(after(1));
        QCOMPARE(bench.status("b"), std::string("skipped"));
        QCOMPARE(bench.status("c"), std::string("skipped"));
        bench.answer("x", succeeded(), after(2));
        QCOMPARE(bench.go(after(2)), std::string("y"));
        bench.answer("y", succeeded(), after(3));
        bench.go(after(3));
        QCOMPARE(bench.result(), std::string("failed"));
        QCOMPARE(bench.standing(), std::string("xy"));
    }

    void gateOpensWhenDependenciesAreDone()
    {
        RunBench bench(
            {.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}, .humanGate = true}}});
        bench.go(after(0));
        const PersonAct act = personAct(after(1));
        QCOMPARE(
            ruleOf(confirmGateDraft(*bench.plan, bench.state, "b", act)),
            std::string("run.gate_not_open"));
        bench.answer("a", succeeded(), after(1));
        QCOMPARE(bench.go(after(1)), std::string());
        bench.take(confirmGateDraft(*bench.plan, bench.state, "b", act).value());
        QCOMPARE(bench.go(after(2)), std::string("b"));
        bench.answer("b", succeeded(), after(3));
        const Json& receipt = bench.history.back().body.at("receipt");
        QCOMPARE(textMember(receipt.at("gate_passed_by"), "id"), std::string("olga.operator"));
    }

    void cancelWaitsForCallsThenUndoes()
    {
        RunBench bench(diamond("compensate"));
        bench.go(after(0));
        bench.take(cancelRunDraft(bench.state, personAct(after(1))).value());
        QCOMPARE(bench.go(after(1)), std::string());
        QCOMPARE(
            ruleOf(cancelRunDraft(bench.state, personAct(after(1)))),
            std::string("run.compensating"));
        bench.answer("a", succeeded(), after(2));
        QCOMPARE(bench.go(after(2)), std::string("a-undo"));
        bench.answer("a", succeeded(), after(3));
        bench.go(after(3));
        QCOMPARE(bench.result(), std::string("cancelled"));
    }

    void doubtIsNeverRepeatedByItself()
    {
        RunBench bench({.steps = {{.id = "a", .attemptsMax = 5}}});
        bench.deduplicates = false;
        bench.go(after(0));
        bench.answer("a", timedOut(), after(1));
        QCOMPARE(bench.go(after(100'000)), std::string());
        QCOMPARE(bench.status("a"), std::string("in_doubt"));
        const RunState doubtful = bench.state;
        bench.take(resolveStepDraft(
                       *bench.plan, bench.state, "a", Resolution::NotDone, personAct(after(2)))
                       .value());
        QCOMPARE(bench.go(after(2)), std::string("a"));

        bench.state = doubtful;
        bench.take(
            resolveStepDraft(*bench.plan, bench.state, "a", Resolution::Done, personAct(after(2)))
                .value());
        bench.go(after(2));
        QCOMPARE(bench.result(), std::string("completed"));
    }

    void retryWaitEndsWithTheRun()
    {
        RunBench bench({.steps = {{.id = "a", .attemptsMax = 5}, {.id = "b", .attemptsMax = 5}}});
        bench.go(after(0));
        bench.answer("a", failedWith("unavailable"), after(1));
        bench.answer("b", timedOut(), after(1));
        bench.go(after(1));
        QCOMPARE(bench.wake, std::optional(after(1001)));
        bench.take(cancelRunDraft(bench.state, personAct(after(2))).value());
        QCOMPARE(bench.go(after(5000)), std::string());
        QCOMPARE(bench.status("a"), std::string("skipped"));
        QCOMPARE(bench.status("b"), std::string("in_doubt"));
        QCOMPARE(bench.result(), std::string("open"));
    }

    void lostAuthorityIsRecordedOnce()
    {
        RunBench bench({.steps = {{.id = "a"}}});
        const Error refusal{ErrorCode::Unauthorized, "The quorum is gone.", "quorum.roles"};
        bench.take(blockedDraft(bench.state, refusal, after(1)).value());
        QCOMPARE(bench.state.block->rule, std::string("quorum.roles"));
        QVERIFY(!blockedDraft(bench.state, refusal, after(2)));
        QCOMPARE(bench.go(after(3)), std::string());
        const Advance again = advance(*bench.plan, bench.state, {after(3), true, 100});
        QCOMPARE(again.dispatches.size(), std::size_t(1));
    }

    void foldRebuildsTheState()
    {
        RunBench bench(diamond("compensate"));
        bench.go(after(0));
        bench.answer("a", timedOut(), after(1));
        bench.take(
            resolveStepDraft(*bench.plan, bench.state, "a", Resolution::Done, personAct(after(2)))
                .value());
        bench.go(after(2));
        bench.answer("c", failedWith("denied"), after(3));
        bench.answer("b", succeeded(), after(4));
        bench.go(after(4));
        const Result<RunState> rebuilt = fold(*bench.plan, bench.history);
        QVERIFY(rebuilt.ok());
        QVERIFY(*rebuilt == bench.state);
    }

    void foldRefusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("harm");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char* harm, const char* rule) {
            QTest::newRow(harm) << QString::fromUtf8(harm) << QString::fromUtf8(rule);
        };
        row("empty", "run.event");
        row("other plan", "run.plan");
        row("missing event", "run.event");
        row("repeated event", "run.event");
        row("unknown step", "run.event");
        row("other key", "run.event");
        row("other payload", "run.event");
        row("attempt skipped", "run.event");
        row("receipt edited", "run.receipt_chain");
        row("receipt missing", "run.event");
        row("dispatch before dependency", "run.event");
        row("after the end", "run.event");
    }
    void foldRefusesWhatDoesNotFit()
    {
        QFETCH(QString, harm);
        QFETCH(QString, rule);
        RunBench bench({.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}}}});
        bench.go(after(0));
        bench.answer("a", succeeded(), after(1));
        bench.go(after(1));
        bench.answer("b", succeeded(), after(2));
        bench.go(after(2));
        std::vector<RunEvent> history = bench.history;
        // created, dispatched a, finished a, dispatched b, finished b, finished
        if (harm == QStringLiteral("empty"))
            history.clear();
        else if (harm == QStringLiteral("other plan"))
            history[0].body["plan"]["sha256"] = Digest::of("other").hex();
        else if (harm == QStringLiteral("missing event"))
            history.erase(history.begin() + 2);
        else if (harm == QStringLiteral("repeated event"))
            history.insert(history.begin() + 2, history[1]);
        else if (harm == QStringLiteral("unknown step"))
            history[1].body["step_id"] = "z";
        else if (harm == QStringLiteral("other key"))
            history[1].body["idempotency_key"] = "somebody:elses:key:1";
        else if (harm == QStringLiteral("other payload"))
            history[1].body["payload_sha256"] = Digest::of("other").hex();
        else if (harm == QStringLiteral("attempt skipped"))
            history[1].body["attempt"] = 2;
        else if (harm == QStringLiteral("receipt edited"))
            history[2].body["receipt"]["duration_ms"] = 77;
        else if (harm == QStringLiteral("receipt missing"))
            history[2].body.erase("receipt");
        else if (harm == QStringLiteral("dispatch before dependency"))
            history[1] =
                RunEvent{history[1].runId, 2, history[1].type, history[1].at, history[3].body};
        else if (harm == QStringLiteral("after the end"))
            history.push_back(RunEvent{
                history[1].runId, 7, RunEventType::RunBlocked, history[1].at, Json::object()});
        const Result<RunState> result = fold(*bench.plan, history);
        QVERIFY(!result.ok());
        QVERIFY(result.error().code == ErrorCode::Corrupt);
        QCOMPARE(QString::fromStdString(result.error().rule), rule);
    }

    void actsThatDoNotApplyAreRefused()
    {
        RunBench bench(diamond("halt"));
        bench.go(after(0));
        const PersonAct act = personAct(after(1));
        const Plan& plan = *bench.plan;
        QCOMPARE(ruleOf(confirmGateDraft(plan, bench.state, "z", act)), std::string("run.step"));
        QCOMPARE(
            ruleOf(resolveStepDraft(plan, bench.state, "a", Resolution::Done, act)),
            std::string("run.not_in_doubt"));
        QCOMPARE(
            ruleOf(confirmCompensationDraft(plan, bench.state, "a", act)),
            std::string("run.compensation_not_manual"));
        QCOMPARE(ruleOf(retryStepDraft(plan, bench.state, "a", act)), std::string("run.not_stuck"));
        bench.take(cancelRunDraft(bench.state, act).value());
        QCOMPARE(ruleOf(cancelRunDraft(bench.state, act)), std::string("run.cancel_repeated"));
        bench.answer("a", succeeded(), after(2));
        bench.go(after(2));
        QCOMPARE(ruleOf(cancelRunDraft(bench.state, act)), std::string("run.finished"));
        QCOMPARE(ruleOf(retryStepDraft(plan, bench.state, "a", act)), std::string("run.finished"));
    }

    void receiptsRepairWhatConnectorsSay()
    {
        CallOutcome outcome = failedWith("Not A Code");
        outcome.message = std::string("\xff\xfe", 2) + std::string(9000, 'x');
        const CallOutcome repaired = recordedOutcome(outcome);
        QCOMPARE(repaired.errorCode, std::string("connector_error"));
        QVERIFY(repaired.message.size() <= 2000);
        QCOMPARE(repaired.message.substr(0, 3), std::string("??x"));
        outcome.errorCode = std::string(kInterruptedCode);
        outcome.message = " \n";
        QCOMPARE(recordedOutcome(outcome).errorCode, std::string("connector_error"));
        QCOMPARE(recordedOutcome(outcome).message, std::string("connector_error"));
        CallOutcome blocked = failedWith("contract_violation");
        blocked.result = CallResult::Blocked;
        blocked.effectUncertain = true;
        QVERIFY(!recordedOutcome(blocked).effectUncertain);
        QVERIFY(recordedOutcome(timedOut()).effectUncertain);
    }
};

QTEST_GUILESS_MAIN(TestRunRules)
#include "tst_run_rules.moc"
