#include "tests/support/fake_execution.h"

#include <QTest>

#include <thread>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

const Instant kStart = Instant::fromUnixSeconds(1'700'000'100);

Instant after(std::int64_t milliseconds)
{
    return kStart + std::chrono::milliseconds(milliseconds);
}

PlanSpec chain(const std::string& name = "alpha")
{
    return {.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}}}, .name = name};
}

/// An engine among fakes. reboot() ends the process and starts it again.
struct EngineBench
{
    EngineBench() { reboot(); }

    void reboot()
    {
        gateway.started.clear();
        engine = std::make_unique<Engine>(journal, plans, authority, gateway, entropy, options);
    }

    RunId start(const PlanSpec& spec)
    {
        const auto plan = plans.add(spec);
        const StartRun command{
            RequestId::make(kStart, entropy), plan->identity.digest, Digest::of("packet")};
        return engine->startRun(command, kStart).value();
    }

    void answer(std::size_t index, CallOutcome outcome)
    {
        gateway.started.at(index).done(std::move(outcome));
    }

    [[nodiscard]] std::string status(const RunId& runId, std::size_t step) const
    {
        const RunState* state = engine->state(runId);
        return state == nullptr ? "gone" : std::string(text(state->steps[step].status));
    }

    MemoryJournal journal;
    PlanBook plans;
    FakeAuthority authority;
    FakeGateway gateway;
    SeededEntropy entropy{42};
    EngineOptions options;
    std::unique_ptr<Engine> engine;
};

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultAndNextIntentShareOneAppend()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        QCOMPARE(bench.journal.appendCount(), std::size_t(1));
        bench.answer(0, succeeded());
        bench.engine->turn(after(1));
        QCOMPARE(bench.journal.appendCount(), std::size_t(2));
        bench.answer(1, succeeded());
        const TurnResult last = bench.engine->turn(after(2));
        QCOMPARE(bench.journal.appendCount(), std::size_t(3));
        QVERIFY(last.idle);
        QVERIFY(!last.nextWake);
        QCOMPARE(bench.engine->runCount(), std::size_t(0));
        QCOMPARE(
            bench.journal.summary(runId),
            std::string("run.created step.dispatched(a) step.finished(a) step.dispatched(b) "
                        "step.finished(b) run.finished"));
    }

    void manyRunsShareOneAppend()
    {
        EngineBench bench;
        for (int i = 0; i < 20; ++i)
            bench.start(chain("run" + std::to_string(i)));
        bench.engine->turn(after(0));
        QCOMPARE(bench.journal.appendCount(), std::size_t(1));
        QCOMPARE(bench.gateway.started.size(), std::size_t(20));
    }

    void intentIsDurableBeforeTheCall()
    {
        EngineBench bench;
        bool callSeen = false;
        bench.journal.beforeAppend = [&] {
            callSeen = callSeen || !bench.gateway.started.empty();
            return MemoryJournal::Fault::None;
        };
        bench.start(chain());
        bench.engine->turn(after(0));
        QVERIFY(!callSeen);
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
    }

    void refusedAppendStartsNothing()
    {
        EngineBench bench;
        bench.journal.beforeAppend = [] {
            return MemoryJournal::Fault::Refuse;
        };
        const RunId runId = bench.start(chain());
        const TurnResult refused = bench.engine->turn(after(0));
        QVERIFY(refused.error.has_value());
        QVERIFY(refused.nextWake.has_value());
        QVERIFY(!refused.idle);
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
        bench.journal.beforeAppend = nullptr;
        const TurnResult again = bench.engine->turn(*refused.nextWake);
        QVERIFY(!again.error);
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QCOMPARE(bench.journal.summary(runId), std::string("run.created step.dispatched(a)"));
    }

    void answerSurvivesARefusedAppend()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        bench.answer(0, succeeded());
        bench.journal.beforeAppend = [] {
            return MemoryJournal::Fault::Refuse;
        };
        const TurnResult refused = bench.engine->turn(after(1));
        QVERIFY(refused.error.has_value());
        bench.journal.beforeAppend = nullptr;
        bench.engine->turn(after(2));
        QCOMPARE(bench.status(runId, 0), std::string("done"));
        QCOMPARE(bench.gateway.started.size(), std::size_t(2));
    }

    void appendReportedAsFailedDoesNotRepeatAnEffect()
    {
        EngineBench bench;
        bench.gateway.repeating.insert("erp");
        const RunId runId = bench.start(chain());
        bench.journal.beforeAppend = [] {
            return MemoryJournal::Fault::KeepAndRefuse;
        };
        bench.engine->turn(after(0));
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
        bench.journal.beforeAppend = nullptr;
        bench.engine->turn(after(1));
        // The intent is in the journal, so the call may have gone out: a person must look.
        QCOMPARE(bench.status(runId, 0), std::string("in_doubt"));
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
    }

    void appendReportedAsFailedWhileRetrying()
    {
        EngineBench bench;
        PlanSpec spec{.steps = {{.id = "a", .attemptsMax = 3, .initialBackoffMs = 0}}};
        const RunId runId = bench.start(spec);
        bench.engine->turn(after(0));
        bench.answer(0, failedWith("unavailable"));
        bench.journal.beforeAppend = [] {
            return MemoryJournal::Fault::KeepAndRefuse;
        };
        bench.engine->turn(after(1));
        bench.journal.beforeAppend = nullptr;
        bench.engine->turn(after(2));
        // The second attempt was journaled but never started: it counts as lost and is repeated.
        QCOMPARE(bench.gateway.started.size(), std::size_t(2));
        bench.answer(1, succeeded());
        bench.engine->turn(after(3));
        QCOMPARE(bench.status(runId, 0), std::string("gone"));
    }

    void crashWithKeySendsTheSameCallAgain()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        const std::string key = bench.gateway.started.at(0).call.idempotencyKey;
        const auto late = bench.gateway.started.at(0).done;
        bench.reboot();
        late(succeeded()); // An answer to the engine that is gone reaches nobody.
        QCOMPARE(bench.engine->recover().value().runCount, std::size_t(1));
        bench.engine->turn(after(1));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QCOMPARE(bench.gateway.started.at(0).call.idempotencyKey, key);
        QCOMPARE(bench.engine->state(runId)->steps[0].forwardAttempts, 2);
        QCOMPARE(bench.engine->state(runId)->steps[0].failureCount, 0);
    }

    void crashWithoutKeyAsksAPerson()
    {
        EngineBench bench;
        bench.gateway.repeating.insert("erp");
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        bench.reboot();
        QVERIFY(bench.engine->recover().ok());
        const TurnResult result = bench.engine->turn(after(1));
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
        QCOMPARE(bench.status(runId, 0), std::string("in_doubt"));
        QVERIFY(result.idle);
        QVERIFY(bench.engine->resolveStep(runId, "a", Resolution::Done, personAct(after(2))).ok());
        bench.engine->turn(after(2));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QCOMPARE(bench.status(runId, 1), std::string("dispatched"));
    }

    void authorityIsAskedBeforeEveryDispatch()
    {
        EngineBench bench;
        PlanSpec spec{.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}, .attemptsMax = 2}}};
        bench.start(spec);
        bench.engine->turn(after(0));
        bench.answer(0, succeeded());
        bench.engine->turn(after(1));
        bench.answer(1, failedWith("unavailable"));
        bench.engine->turn(after(2));
        bench.engine->turn(after(1002));
        bench.answer(2, failedWith("unavailable"));
        bench.engine->turn(after(1003));
        const std::vector<std::string> expected{
            "a/forward", "b/forward", "b/forward", "a/compensation"};
        QCOMPARE(bench.authority.asked, expected);
    }

    void refusedAuthorityBlocksUntilItChanges()
    {
        EngineBench bench;
        bench.authority.refusal = Error{ErrorCode::Unauthorized, "Two votes fell.", "quorum"};
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        QCOMPARE(bench.journal.summary(runId), std::string("run.created run.blocked"));
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
        bench.engine->authorityChanged();
        bench.engine->turn(after(1));
        QCOMPARE(bench.journal.summary(runId), std::string("run.created run.blocked"));
        bench.authority.refusal.reset();
        bench.engine->turn(after(2)); // Nobody said that it changed.
        QCOMPARE(bench.gateway.started.size(), std::size_t(0));
        bench.engine->authorityChanged();
        bench.engine->turn(after(3));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QVERIFY(!bench.engine->state(runId)->block);
    }

    void blockedRunEndsWithItsWindow()
    {
        EngineBench bench;
        bench.authority.refusal = Error{ErrorCode::Unauthorized, "Gone.", "quorum"};
        const RunId runId = bench.start(chain());
        const TurnResult blocked = bench.engine->turn(after(0));
        QCOMPARE(blocked.nextWake, std::optional(chain().notAfter + Duration(1)));
        bench.engine->turn(*blocked.nextWake);
        QCOMPARE(bench.journal.summary(runId), std::string("run.created run.blocked run.finished"));
    }

    void authorityThatCannotAnswerIsAskedAgain()
    {
        EngineBench bench;
        bench.authority.refusal = Error{ErrorCode::StorageBusy, "Locked.", {}};
        const RunId runId = bench.start(chain());
        const TurnResult first = bench.engine->turn(after(0));
        QCOMPARE(bench.journal.summary(runId), std::string("run.created"));
        QCOMPARE(first.nextWake, std::optional(after(1000)));
        bench.authority.refusal.reset();
        bench.engine->turn(after(1000));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
    }

    void anApprovalIsCarriedOutOnce()
    {
        EngineBench bench;
        const auto plan = bench.plans.add(chain());
        const StartRun command{
            RequestId::make(kStart, bench.entropy), plan->identity.digest, Digest::of("packet")};
        QVERIFY(bench.engine->startRun(command, kStart).ok());
        const Result<RunId> staged = bench.engine->startRun(command, kStart);
        QCOMPARE(staged.error().rule, std::string("run.exists"));
        bench.engine->turn(after(0));
        QCOMPARE(bench.engine->startRun(command, kStart).error().rule, std::string("run.exists"));
        const StartRun late{
            RequestId::make(kStart, bench.entropy), plan->identity.digest, Digest::of("packet")};
        const Result<RunId> expired = bench.engine->startRun(late, plan->notAfter + Duration(1));
        QVERIFY(expired.error().code == ErrorCode::Expired);
        const StartRun unknown{late.requestId, Digest::of("nothing"), Digest::of("packet")};
        QVERIFY(bench.engine->startRun(unknown, kStart).error().code == ErrorCode::NotFound);
    }

    void callsAreLimitedAndNoneIsForgotten()
    {
        EngineBench bench;
        bench.options.callCountMax = 2;
        bench.reboot();
        PlanSpec wide{.steps = {}};
        for (int i = 0; i < 7; ++i)
            wide.steps.push_back({.id = "s" + std::to_string(i)});
        const RunId runId = bench.start(wide);
        const RunId other = bench.start(chain("beta"));
        std::size_t answered = 0;
        for (int turn = 0; turn < 20; ++turn) {
            bench.engine->turn(after(turn));
            QVERIFY(bench.engine->callCount() <= 2);
            if (answered < bench.gateway.started.size())
                bench.answer(answered++, succeeded());
        }
        QCOMPARE(answered, std::size_t(9));
        QCOMPARE(bench.status(runId, 0), std::string("gone"));
        QCOMPARE(bench.status(other, 0), std::string("gone"));
    }

    void aRunThatNeedsNoCallLetsTheNextOneStart()
    {
        EngineBench bench;
        bench.options.callCountMax = 1;
        bench.reboot();
        bench.start({.steps = {{.id = "a"}}, .name = "first"});
        const RunId second = bench.start({.steps = {{.id = "a"}}, .name = "second"});
        const RunId third = bench.start({.steps = {{.id = "a"}}, .name = "third"});
        bench.engine->turn(after(0));
        QVERIFY(bench.engine->cancelRun(second, personAct(after(1))).ok());
        bench.answer(0, succeeded());
        bench.engine->turn(after(1));
        QCOMPARE(bench.status(third, 0), std::string("dispatched"));
        QCOMPARE(bench.gateway.started.size(), std::size_t(2));
    }

    void aBusyRunDoesNotKeepItsPlace()
    {
        EngineBench bench;
        bench.options.callCountMax = 1;
        bench.reboot();
        const RunId busy = bench.start(chain("busy"));
        const RunId patient = bench.start(chain("patient"));
        bench.engine->turn(after(0));
        bench.answer(0, succeeded());
        bench.engine->turn(after(1));
        QCOMPARE(bench.status(busy, 0), std::string("done"));
        QCOMPARE(bench.status(busy, 1), std::string("waiting"));
        QCOMPARE(bench.status(patient, 0), std::string("dispatched"));
    }

    void commandsAreDurableWhenTheyReturn()
    {
        EngineBench bench;
        const RunId runId = bench.start({.steps = {{.id = "a", .humanGate = true}}});
        QVERIFY(!bench.engine->confirmGate(runId, "a", personAct(after(0))).ok());
        bench.engine->turn(after(0));
        QVERIFY(bench.engine->confirmGate(runId, "a", personAct(after(1))).ok());
        QCOMPARE(
            bench.journal.summary(runId),
            std::string("run.created step.gate_opened(a) step.gate_confirmed(a)"));
        bench.engine->turn(after(1));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QVERIFY(bench.engine->cancelRun(runId, personAct(after(2))).ok());
        const Result<void> twice = bench.engine->cancelRun(runId, personAct(after(2)));
        QCOMPARE(twice.error().rule, std::string("run.cancel_repeated"));
        const RunId unknown = RunId::make(kStart, bench.entropy);
        QCOMPARE(
            bench.engine->cancelRun(unknown, personAct(after(2))).error().rule,
            std::string("run.unknown"));
    }

    void commandOnAStagedRunKeepsItsBeginning()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        QVERIFY(bench.engine->cancelRun(runId, personAct(after(0))).ok());
        bench.engine->turn(after(1));
        QCOMPARE(
            bench.journal.summary(runId),
            std::string("run.created run.cancel_requested run.finished"));
    }

    void failedCommandLeavesTheStateAlone()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        bench.journal.beforeAppend = [] {
            return MemoryJournal::Fault::Refuse;
        };
        QVERIFY(!bench.engine->cancelRun(runId, personAct(after(1))).ok());
        QCOMPARE(
            bench.engine->cancelRun(runId, personAct(after(1))).error().rule,
            std::string("run.stale"));
        bench.journal.beforeAppend = nullptr;
        bench.engine->turn(after(2));
        QVERIFY(!bench.engine->state(runId)->cancel);
        bench.answer(0, succeeded());
        bench.engine->turn(after(3));
        QCOMPARE(bench.gateway.started.size(), std::size_t(2));
    }

    void unreadableHistoryIsReportedAndLeftAlone()
    {
        EngineBench bench;
        const RunId good = bench.start(chain());
        PlanBook forgotten;
        const RunId bad = bench.start(chain("beta"));
        bench.engine->turn(after(0));
        std::vector<RunEvent> history = bench.journal.history(bad);
        bench.plans = forgotten;
        bench.plans.add(chain());
        bench.reboot();
        const Result<RecoveryReport> report = bench.engine->recover();
        QVERIFY(report.ok());
        QCOMPARE(report->runCount, std::size_t(1));
        QCOMPARE(report->unreadable.size(), std::size_t(1));
        QCOMPARE(report->unreadable[0].runId.text(), bad.text());
        bench.engine->turn(after(1));
        QCOMPARE(bench.gateway.started.size(), std::size_t(1));
        QVERIFY(bench.engine->state(good) != nullptr);
        QCOMPARE(bench.journal.history(bad).size(), history.size());
    }

    void answersArriveFromAnyThread()
    {
        EngineBench bench;
        std::atomic<int> told = 0;
        bench.options.answerArrived = [&told] {
            ++told;
        };
        bench.reboot();
        const RunId runId = bench.start({.steps = {{.id = "a"}, {.id = "b"}, {.id = "c"}}});
        bench.engine->turn(after(0));
        std::vector<std::thread> threads;
        for (const FakeGateway::Started& call : bench.gateway.started)
            threads.emplace_back([done = call.done] { done(succeeded()); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(told.load(), 3);
        bench.engine->completeCall(999, succeeded());
        bench.engine->turn(after(1));
        QCOMPARE(bench.status(runId, 0), std::string("gone"));
    }

    void answerThatComesTwiceCountsOnce()
    {
        EngineBench bench;
        const RunId runId = bench.start(chain());
        bench.engine->turn(after(0));
        bench.answer(0, succeeded());
        bench.answer(0, failedWith("denied"));
        bench.engine->turn(after(1));
        QCOMPARE(bench.status(runId, 0), std::string("done"));
        QCOMPARE(bench.engine->callCount(), std::size_t(1));
    }

    void longRunsCostTheSameForEachStep()
    {
        EngineBench bench;
        bench.gateway.answersAtOnce = true;
        PlanSpec wide{.steps = {}};
        for (int i = 0; i < 2000; ++i)
            wide.steps.push_back({.id = "s" + std::to_string(i)});
        const RunId runId = bench.start(wide);
        int turnCount = 0;
        while (!bench.engine->turn(after(turnCount)).idle)
            ++turnCount;
        QCOMPARE(bench.journal.history(runId).size(), std::size_t(2 + 2 * 2000));
        QVERIFY(turnCount < 20);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
