#pragma once

#include "planes/execution/plan.h"
#include "planes/execution/run_events.h"

#include <memory>

/// What the engine needs from outside, besides a ConnectorGateway. Thread of all: core.
namespace countersign::execution {

/// Where the histories of runs are kept.
class RunJournal
{
public:
    virtual ~RunJournal() = default;

    /// All or nothing, and durable when it returns. Events of one run come in the order of their
    /// sequences. An event whose (run, sequence) exists already is refused with Conflict: another
    /// writer was faster. Errors: Conflict, StorageBusy, StorageFailed. After an error the engine
    /// reads the runs again, so an append that was carried out and reported as failed does no harm.
    [[nodiscard]] virtual Result<void> append(const std::vector<RunEvent>& events) = 0;

    /// The whole history of a run, by sequence; empty when there is none. Errors: Corrupt,
    /// StorageBusy, StorageFailed.
    [[nodiscard]] virtual Result<std::vector<RunEvent>> load(const RunId& runId) = 0;

    /// Runs without run.finished, by id, after `after`, at most `countMax`. Errors: StorageBusy,
    /// StorageFailed.
    [[nodiscard]] virtual Result<std::vector<RunId>>
    unfinished(const std::optional<RunId>& after, std::size_t countMax) = 0;

    /// The run that was made for that plan under that request, finished or not. Errors: Corrupt,
    /// StorageBusy, StorageFailed.
    [[nodiscard]] virtual Result<std::optional<RunId>>
    find(const DecisionId& decisionId, const RequestId& requestId, const Digest& planDigest) = 0;
};

/// Where frozen plans are kept.
class PlanSource
{
public:
    virtual ~PlanSource() = default;
    /// The plan whose document has that digest. Errors: NotFound, Corrupt, StorageFailed.
    [[nodiscard]] virtual Result<std::shared_ptr<const Plan>> plan(const Digest& digest) = 0;
};

/// What an authority is asked for: the plan that was approved, and the request it was approved by.
/// The run itself may be in the same append as its first dispatch, so this says all there is to
/// know.
struct PlanRef
{
    DecisionId decisionId;
    Digest planDigest;
    RequestId requestId;
    Digest packetDigest;
};

/// The permission for one dispatch. The digest is that of the derivation, for the auditor.
struct AuthorityGrant
{
    Digest digest;
};

/// Derives the authority to act from signatures, roster, policy and ledger.
class AuthoritySource
{
public:
    virtual ~AuthoritySource() = default;
    /// Asked right before every dispatch: forward, compensation, retry and recovery. Errors: any;
    /// StorageBusy, StorageFailed, Timeout and Unavailable mean "ask again soon", every other one
    /// that the authority is not there (it blocks the run, and its rule is shown).
    [[nodiscard]] virtual Result<AuthorityGrant> authorize(
        const RunId& runId,
        const PlanRef& plan,
        const std::string& stepId,
        CallPhase phase,
        Instant now) = 0;
};

} // namespace countersign::execution
