#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"
#include "planes/control/answer.h"
#include "planes/control/governance.h"
#include "planes/control/quorum_rules.h"
#include "planes/control/request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a person is shown, as values: pages of the queue, a decision with all its documents, runs,
/// the log, verifications. Read by the console and by countersignctl alike.
namespace countersign::ui {

enum class QueueView {
    Waiting,      ///< Open requests: the queue. Order: priority, then age.
    Mine,         ///< Open requests that one of the local keys may sign.
    SoonDue,      ///< Open requests due within four hours, or overdue.
    Irreversible, ///< Open requests of R2 or R3.
    Decided,      ///< Authorized, rejected, expired, superseded; newest first.
    All,
};

enum class Priority {
    Critical,
    High,
    Normal,
    Low
};

/// Position after a row; opaque to the console. Empty: from the start.
struct PageCursor
{
    std::string token;

    bool operator==(const PageCursor&) const = default;
};

struct QueueQuery
{
    QueueView view = QueueView::Waiting;
    std::string searchText;
    PageCursor after;
    int limit = 100;
};

struct QueueRow
{
    std::string decisionId;
    std::string title;
    std::string ask;
    std::string language; ///< BCP 47 tag of the prose.
    Classes classes;
    Priority priority = Priority::Normal;
    /// open, authorized, rejected, expired, deferred, blocked, superseded
    std::string status;
    /// Status of its latest run, or empty: waiting, running, gate, in_doubt, halted, completed,
    /// failed, …
    std::string runStatus;
    std::string requestedBy; ///< Display name.
    Instant openedAt;
    Instant dueAt;
    Instant expiresAt;
    int approvalsHave = 0;
    int approvalsNeeded = 0;
    std::string exposureAmount; ///< Decimal text, or empty.
    std::string exposureCurrency;

    bool operator==(const QueueRow&) const = default;
};

struct QueuePage
{
    std::vector<QueueRow> rows;
    std::optional<PageCursor> next;
    /// Ledger size the page was read at.
    std::uint64_t ledgerSize = 0;
};

/// A stored document with the digest of its canonical form.
struct DocumentView
{
    std::string schema;
    std::string recordId;
    int revision = 0;
    Digest sha256;
    Json content;
};

/// One evidence item with what this program found about it now.
struct EvidenceView
{
    DocumentView document;
    bool fresh = false;
    Instant freshUntil;
    bool sourcesMatch = true; ///< Every source's bytes are stored and have the digest named.
};

enum class StepStatus {
    Waiting, ///< For its dependencies or its time.
    Gate,    ///< For a person's confirmation.
    Running,
    RetryWait,
    Done,
    Failed,
    InDoubt, ///< The effect may or may not stand; a person must look.
    Compensating,
    Compensated,
    CompensationManual, ///< Somebody must undo it by hand.
    Standing,           ///< Cannot be undone; stands.
    Skipped,
};

struct AttemptView
{
    int attempt = 0;
    bool compensation = false;
    std::string result; ///< success, failure, timeout, blocked; empty while it runs
    std::string errorCode;
    std::string message;
    std::optional<Instant> startedAt;
    std::optional<Instant> finishedAt;
    std::string responseSha256;
};

struct StepView
{
    std::string stepId;
    std::string title;
    StepStatus status = StepStatus::Waiting;
    std::vector<AttemptView> attempts;
    std::optional<Instant> nextAttemptAt;
    std::string gateConfirmedBy; ///< Display name, or empty.
    std::string note;            ///< Runbook, or why it is in doubt.
};

struct RunView
{
    std::string runId;
    std::string decisionId;
    std::string title;
    /// waiting, running, gate, retry_wait, in_doubt, compensating, manual, halted, blocked,
    /// cancelling, completed, failed, compensated, cancelled, expired
    std::string status;
    std::string statusDetail;
    Instant createdAt;
    std::optional<Instant> finishedAt;
    Instant notBefore;
    Instant notAfter;
    std::vector<StepView> steps; ///< Empty in lists.
    int stepsDone = 0;
    int stepCount = 0;
};

/// One row of a decision's timeline, each a ledger entry.
struct TimelineRow
{
    std::uint64_t index = 0;
    std::string type;
    Instant time;
    std::string who; ///< Display name, or empty.
    Json body;
};

/// Something others reported inside the documents (votes, receipts, outcomes). Shown, never
/// believed.
struct ReportedFact
{
    std::string kind; ///< vote, receipt, outcome, status
    std::string who;
    std::string what;
    std::optional<Instant> at;
};

struct DecisionView
{
    std::string decisionId;
    std::string status; ///< As QueueRow::status.
    std::optional<control::ApprovalRequest> request;
    std::optional<Digest> requestSha256;
    std::optional<control::QuorumState> quorum;
    /// Why nobody can sign now, as refusals with rule and detail; empty when it can be signed.
    std::vector<Error> obstacles;
    std::optional<DocumentView> claim; ///< The approval_request document as it came in.
    std::optional<DocumentView> memo;
    std::optional<DocumentView> scenarioSet;
    std::optional<DocumentView> riskSynthesis;
    std::vector<DocumentView> forecasts;
    std::optional<DocumentView> evidencePack;
    std::vector<EvidenceView> evidence;
    std::optional<DocumentView> plan;
    /// Instead of memo and plan, when the decision is about roster or policy.
    std::optional<control::GovernanceChange> change;
    std::vector<ReportedFact> reported;
    std::vector<RunView> runs; ///< Newest first, with steps.
    std::vector<TimelineRow> timeline;
    std::uint64_t ledgerSize = 0;
};

/// What somebody is about to sign: shown by the dialog and signed byte for byte.
struct SigningDraft
{
    std::string payload; ///< The in-toto statement's bytes.
    control::ApprovalRequest request;
    Digest requestSha256;
    std::string personId;
    std::string keyName;
    std::string keyId;
    std::optional<control::AnswerDraft> answer; ///< One of answer and order is set.
    std::optional<control::RunOrder> order;
    std::optional<Json> amendedPlan; ///< For `edit`.
    /// Names of those who must still sign after this one; empty when this signature completes the
    /// quorum.
    bool completesQuorum = false;
};

struct AnswerIntent
{
    std::string decisionId;
    Digest shownRequest; ///< The request's digest as it was on screen: a later one is refused.
    control::AnswerKind kind = control::AnswerKind::Approve;
    std::string keyName;
    std::string reason;
    std::optional<Instant> deferUntil;
    std::optional<Json> amendedPlan;
};

struct OrderIntent
{
    std::string runId;
    std::string stepId;
    control::RunOrderKind kind = control::RunOrderKind::ConfirmGate;
    std::string keyName;
    std::string reason;
};

struct LocalKey
{
    std::string name;
    std::string keyId;
    std::string algorithm;
    std::string personId;    ///< Holder by the roster, or empty.
    std::string displayName; ///< Likewise.
    std::vector<std::string> roles;
};

/// A value of a ledger entry: a name (`person`), a title, an id, or a word of the core.
struct LogFact
{
    /// person, answer, order, name, title, rule, step_id, phase, result, why
    std::string name;
    std::string value;
};

struct LogRow
{
    std::uint64_t index = 0;
    bool isStatement = false;
    std::string type;
    std::optional<Instant> time; ///< Absent for statements: their time is claimed by the signer.
    std::string decisionId;
    std::string leafHash; ///< Hexadecimal.
    /// What the entry is about, in order of weight.
    std::vector<LogFact> facts;
};

struct LogPage
{
    std::vector<LogRow> rows;
    std::uint64_t total = 0;
};

/// What a good check found: a stable code and the values of its sentence.
struct CheckFinding
{
    std::string code; ///< As execution::AuditFinding; `pack.files`, `anchor.own`.
    std::vector<std::string> values;
};

/// One line of a verification, in the order it was checked.
struct CheckRow
{
    bool good = false;
    std::string what;   ///< Stable id: `signatures`, `inclusion`, `checkpoint`, `documents` …
    std::string detail; ///< What was found or is broken, in English, for logs and countersignctl.
    std::vector<CheckFinding> findings = {}; ///< The same as values, when it is good.
};

struct VerificationReport
{
    bool good = false;
    std::vector<CheckRow> checks;
    std::optional<Error> firstBroken;
    std::string subject; ///< Title of the decision, or name of the workspace.
    std::string anchor;  ///< Genesis digest the proof hangs on.
};

struct PackRow
{
    std::string path;
    std::string decisionId;
    std::string title;
    Instant exportedAt;
    std::string sha256;
    std::uint64_t byteCount = 0;
};

/// Something people should know although they did not ask.
struct Notice
{
    enum class Kind {
        DeliveryAccepted, ///< `subject` is its name in the inbox.
        DeliveryRefused,  ///< Likewise; `error` is the first of its reasons.
        InboxTrouble,     ///< Deliveries wait and are tried again; `error` says why.
        EngineTrouble,    ///< The work goes on; `error` says what went wrong.
    };

    Kind kind = Kind::EngineTrouble;
    std::string subject;
    std::optional<Error> error;
};

struct WorkspaceInfo
{
    std::string path;
    std::string name;
    std::string tenantId;
    std::string origin; ///< Name of the log.
    std::string anchor; ///< Genesis digest.
    std::uint64_t ledgerSize = 0;
    int rosterVersion = 0;
    int policyVersion = 0;
    bool engineRunsHere = false; ///< This process holds the execution lease.
    std::string inboxPath;
};

} // namespace countersign::ui
