#pragma once

#include "tests/support/fake_execution.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// A small world around one engine: business systems with their own ledger of effects, people, a
/// clock, an authority that comes and goes, a journal that fails, and a process that ends at any
/// moment. One seed, one history. The checks use the ledger and the journal, never the engine's
/// memory.
namespace countersign::testing {

/// Where the process ends, for a sweep over all points of one history.
struct CrashPoint
{
    enum class Place {
        BeforeAppend,
        AfterAppend,
        AfterEffect,
    };
    Place place = Place::BeforeAppend;
    std::size_t index = 0; ///< How many appends (or calls) went before.
};

struct WorldOptions
{
    std::uint64_t seed = 0;
    /// With a crash point there are no other crashes and no faults of the journal.
    std::optional<CrashPoint> crashPoint = {};
    /// No crashes and no faults of the journal at all.
    bool isSafe = false;
};

/// How a grant of authority is remembered until the call it was given for.
[[nodiscard]] std::string
grantName(const RunId& runId, const std::string& stepId, execution::CallPhase phase, Instant now);

class ExecutionWorld final : private execution::ConnectorGateway, private execution::AuthoritySource
{
public:
    explicit ExecutionWorld(const WorldOptions& options);
    ~ExecutionWorld() override;

    /// Runs until every run has ended. Gives the first broken invariant, or nothing.
    [[nodiscard]] std::string run();

    [[nodiscard]] std::size_t appendCount() const { return m_appendCount; }
    [[nodiscard]] std::size_t callCount() const { return m_callCount; }

    /// How often things happened, to see that the simulation reaches them.
    std::map<std::string, std::size_t> tally = {};

private:
    struct EndOfProcess
    {};
    struct WorldRun
    {
        PlanSpec spec;
        std::shared_ptr<const execution::Plan> plan;
        execution::StartRun command;
        std::optional<RunId> id = {};
        bool isOver = false;
        std::set<std::size_t> undoneByHand = {};
    };
    struct Effect
    {
        std::size_t run = 0;
        std::size_t step = 0;
        execution::CallPhase phase = execution::CallPhase::Forward;
        bool deduplicates = true;
        std::size_t count = 0;
        bool mayDispatch = true;
        std::size_t usedResolutionCount = 0;
    };
    struct PendingCall
    {
        std::string key;
        std::function<void(execution::CallOutcome)> done;
        execution::CallOutcome outcome;
        Instant answerAt;
        bool appliesLater = false;
    };

    // The ports of the engine.
    void
    start(execution::ConnectorCall call, std::function<void(execution::CallOutcome)> done) override;
    [[nodiscard]] bool deduplicates(
        const std::string& connector,
        const std::string& version,
        const std::string& operation) const override;
    [[nodiscard]] Result<execution::AuthorityGrant> authorize(
        const RunId& runId,
        const execution::PlanRef& plan,
        const std::string& stepId,
        execution::CallPhase phase,
        Instant now) override;
    MemoryJournal::Fault beforeAppend();
    void afterAppend();

    // The world.
    void addRun(std::size_t index);
    [[nodiscard]] StepSpec randomStep(const std::vector<StepSpec>& before);
    void boot();
    void endProcess();
    void step();
    void deliverAnswers();
    void deliver(PendingCall call);
    void disturb();
    void passTime(const execution::TurnResult& turn);
    [[nodiscard]] bool letPersonAct();
    void act(WorldRun& run, const execution::RunWait& wait);
    [[nodiscard]] PendingCall decideFate(const execution::ConnectorCall& call, Effect& effect);
    static void applyEffect(Effect& effect);
    void maybeEndProcess(CrashPoint::Place place, std::size_t index, double probability);

    // The invariants.
    void require(bool condition, const std::string& invariant);
    void checkStart(const execution::ConnectorCall& call, Effect& effect);
    void checkForwardStart(const WorldRun& run, const Effect& effect);
    void checkMemoryEqualsJournal();
    void checkEnd(const WorldRun& run);
    void checkUndoOrder(const WorldRun& run);
    [[nodiscard]] std::size_t countEvents(
        const WorldRun& run,
        execution::RunEventType type,
        const std::string& stepId,
        const std::string& resolution = {}) const;
    [[nodiscard]] Effect&
    effectOf(const WorldRun& run, std::size_t step, execution::CallPhase phase);
    [[nodiscard]] bool isOver() const;

    WorldOptions m_options;
    SeededEntropy m_chance;
    SeededEntropy m_entropy;
    Instant m_now;
    MemoryJournal m_journal;
    PlanBook m_plans;
    std::vector<WorldRun> m_runs;
    std::map<std::string, Effect> m_effects; ///< By idempotency key.
    std::vector<PendingCall> m_pending;
    std::set<std::string> m_grants; ///< Granted in this turn and not used.
    std::unique_ptr<execution::Engine> m_engine;
    execution::EngineOptions m_engineOptions;
    std::string m_violation;
    std::size_t m_iteration = 0;
    std::size_t m_appendCount = 0;
    std::size_t m_callCount = 0;
    bool m_isCalm = false; ///< Nothing fails any more: everything must come to its end.
    bool m_authorityThere = true;
    bool m_crashPointPassed = false;
};

} // namespace countersign::testing
