#pragma once

#include "planes/execution/engine.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// Small true implementations of the engine's ports, and a builder of plan documents, for tests.
/// One thread.
namespace countersign::testing {

/// Splitmix64: the same seed gives the same bytes everywhere.
class SeededEntropy final : public EntropySource
{
public:
    explicit SeededEntropy(std::uint64_t seed)
        : m_state(seed)
    {}

    [[nodiscard]] std::string bytes(std::size_t byteCount) override;
    [[nodiscard]] std::uint64_t next();
    /// 0 … limit - 1.
    [[nodiscard]] std::size_t below(std::size_t limit);
    [[nodiscard]] bool chance(double probability);

private:
    std::uint64_t m_state;
};

/// One step of a plan to be built; the defaults are a step that is done at once.
struct StepSpec
{
    std::string id;
    std::vector<std::string> dependsOn = {};
    std::string connector = "erp";
    bool humanGate = false;
    std::string compensation = "call"; ///< call, manual or none
    int attemptsMax = 1;
    std::int64_t initialBackoffMs = 1000;
    double backoffFactor = 2;
    std::int64_t backoffMsMax = 60'000;
    double jitterFraction = 0;
    std::vector<std::string> retryOn = {"unavailable", "timeout", "rate_limited"};
    std::optional<std::int64_t> compensationWindowS = {};
};

struct PlanSpec
{
    std::vector<StepSpec> steps;
    std::string onFailure = "compensate";
    Instant notBefore = Instant::fromUnixSeconds(1'700'000'000);
    Instant notAfter = Instant::fromUnixSeconds(1'700'086'400);
    /// Makes the digest and the keys of two plans differ.
    std::string name = "alpha";
};

/// A document that is valid under execution_plan.schema.json. The key of a step is
/// `<name>:<step>:0123456789abcdef`.
[[nodiscard]] Json planDocument(const PlanSpec& spec);
[[nodiscard]] std::shared_ptr<const execution::Plan> planOf(const PlanSpec& spec);
[[nodiscard]] std::string keyOf(const PlanSpec& spec, const std::string& stepId);
[[nodiscard]] execution::PersonAct personAct(Instant at);

class PlanBook final : public execution::PlanSource
{
public:
    std::shared_ptr<const execution::Plan> add(const PlanSpec& spec);
    [[nodiscard]] Result<std::shared_ptr<const execution::Plan>>
    plan(const Digest& digest) override;

private:
    std::map<std::string, std::shared_ptr<const execution::Plan>> m_plans;
};

/// Keeps histories in memory and refuses what a real journal must refuse.
class MemoryJournal final : public execution::RunJournal
{
public:
    enum class Fault {
        None,
        Refuse,        ///< Nothing is kept, the caller is told so.
        KeepAndRefuse, ///< Kept, and the caller is told it was not.
    };
    /// Asked before each append; may throw to simulate the end of the process.
    std::function<Fault()> beforeAppend = {};
    /// Called when the events are kept; may throw as well.
    std::function<void()> afterAppend = {};

    [[nodiscard]] Result<void> append(const std::vector<execution::RunEvent>& events) override;
    [[nodiscard]] Result<std::vector<execution::RunEvent>> load(const RunId& runId) override;
    [[nodiscard]] Result<std::vector<RunId>>
    unfinished(const std::optional<RunId>& after, std::size_t countMax) override;
    [[nodiscard]] Result<std::optional<RunId>> find(
        const DecisionId& decisionId,
        const RequestId& requestId,
        const Digest& planDigest) override;

    [[nodiscard]] const std::vector<execution::RunEvent>& history(const RunId& runId) const;
    [[nodiscard]] std::size_t appendCount() const { return m_appendCount; }
    /// Names of a run's events, joined by blanks, with the step where there is one:
    /// `run.created step.dispatched(a) …`
    [[nodiscard]] std::string summary(const RunId& runId) const;
    void clear() { m_histories.clear(); }

private:
    void keep(const std::vector<execution::RunEvent>& events);

    std::map<std::string, std::vector<execution::RunEvent>> m_histories;
    std::map<std::string, RunId> m_open;
    std::map<std::string, RunId> m_byApproval;
    std::size_t m_appendCount = 0;
};

/// Grants everything, or refuses with the error that was set. Remembers what it was asked.
class FakeAuthority final : public execution::AuthoritySource
{
public:
    std::optional<Error> refusal = {};
    std::vector<std::string> asked = {}; ///< `<step>/<phase>`

    [[nodiscard]] Result<execution::AuthorityGrant> authorize(
        const RunId& runId,
        const execution::PlanRef& plan,
        const std::string& stepId,
        execution::CallPhase phase,
        Instant now) override;
};

/// Collects the calls; the test answers them.
class FakeGateway final : public execution::ConnectorGateway
{
public:
    struct Started
    {
        execution::ConnectorCall call;
        std::function<void(execution::CallOutcome)> done;
    };
    std::vector<Started> started = {};
    /// Connectors whose operations do not deduplicate.
    std::set<std::string> repeating = {};
    /// Answers every call at once with success.
    bool answersAtOnce = false;

    void
    start(execution::ConnectorCall call, std::function<void(execution::CallOutcome)> done) override;
    [[nodiscard]] bool deduplicates(
        const std::string& connector,
        const std::string& version,
        const std::string& operation) const override;
};

[[nodiscard]] execution::CallOutcome succeeded();
/// The other side surely did not do it.
[[nodiscard]] execution::CallOutcome failedWith(const std::string& code, bool retryable = true);
/// No answer: it may have been done.
[[nodiscard]] execution::CallOutcome timedOut();

} // namespace countersign::testing
