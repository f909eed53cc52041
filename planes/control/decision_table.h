#pragma once

#include "models/classes.h"
#include "models/instant.h"
#include "planes/trust/ledger.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The queue's tables: one row for each decision that was ever asked, and whom an open one waits
/// for. Views for people; nothing is ever authorized by them.
namespace countersign::control {

/// Lower comes first.
inline constexpr int kPriorityCritical = 0;
inline constexpr int kPriorityHigh = 1;
inline constexpr int kPriorityNormal = 2;
inline constexpr int kPriorityLow = 3;

/// Priority of a request: what its document says in the extension `countersign.priority` (critical,
/// high, normal, low), otherwise from its classes: A3 or R3 high, A2 or R2 normal, the rest low.
[[nodiscard]] int priorityOf(const Json& claim, const Classes& classes);

struct DecisionRow
{
    std::string decisionId;
    std::string title;
    std::string ask;
    std::string language;
    Classes classes;
    int priority = kPriorityNormal;
    /// open, authorized, rejected, expired, blocked, void; stale until the core has asked it anew
    /// under a new roster or policy.
    std::string status;
    std::string requestedBy;
    Instant openedAt;
    Instant dueAt;
    Instant expiresAt;
    std::optional<Instant> deferredUntil;
    int approvalsHave = 0;
    int approvalsNeeded = 0;
    std::string exposureAmount;
    std::string exposureCurrency;
};

enum class DecisionFilter {
    Open,
    OpenForPerson,
    OpenDueBefore,
    OpenIrreversible,
    Closed,
    All
};

/// Position after a row of the order (priority, age, id); for closed ones and all (age newest
/// first, id).
struct DecisionCursor
{
    std::int64_t rank = 0; ///< Priority, or 0 where it does not take part.
    std::int64_t openedAt = 0;
    std::string decisionId;
};

struct DecisionQuery
{
    DecisionFilter filter = DecisionFilter::Open;
    std::vector<std::string> personIds; ///< For OpenForPerson.
    Instant dueBefore;                  ///< For OpenDueBefore.
    std::string search;                 ///< Part of title or ask, any case of a to z; empty: all.
    std::optional<DecisionCursor> after;
    int limit = 100;
};

/// One page, by key; never reads more than it returns, except where a search must look further.
[[nodiscard]] Result<std::vector<DecisionRow>>
decisionPage(data::SqlSession& session, const DecisionQuery& query);
[[nodiscard]] DecisionCursor cursorAfter(const DecisionRow& row, DecisionFilter filter);

/// One row. Errors: NotFound.
[[nodiscard]] Result<DecisionRow>
decisionRow(data::SqlSession& session, const std::string& decisionId);

/// Open requests whose expiry lies before `now`, at most `limit`.
[[nodiscard]] Result<std::vector<std::string>>
openPastExpiry(data::SqlSession& session, Instant now, int limit);
/// Requests that were open when roster or policy changed, oldest first, at most `limit`.
[[nodiscard]] Result<std::vector<std::string>> staleDecisions(data::SqlSession& session, int limit);
/// The next expiry of an open request after `now`, if any.
[[nodiscard]] Result<std::optional<Instant>> nextExpiry(data::SqlSession& session);

[[nodiscard]] data::Migration decisionTableMigration();

class DecisionProjector final : public trust::Projector
{
public:
    [[nodiscard]] std::string_view name() const override { return "decisions"; }
    [[nodiscard]] std::vector<std::string_view> tables() const override
    {
        return {"decision", "decision_waits_for"};
    }
    Result<void> apply(data::SqlSession& session, const trust::LedgerEvent& event) override;
};

} // namespace countersign::control
