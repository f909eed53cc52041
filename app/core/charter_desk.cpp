#include "app/core/charter_desk.h"

#include "app/core/request_assembly.h"
#include "models/encoding.h"
#include "planes/control/decision_table.h"

#include <utility>
#include <vector>

namespace countersign::app {

namespace {

constexpr int kAskedPerTurn = 200;
constexpr std::size_t kNonceByteCount = 16;
// A change is due after two days and expires after a week, unless it says otherwise.
constexpr Duration kDueAfter = std::chrono::hours(48);
constexpr Duration kExpiresAfter = std::chrono::hours(168);

Result<void>
checkMay(const control::Person& person, control::Act act, const control::Policy& policy)
{
    const control::AccessVerdict verdict = control::whoMay({person, act, nullptr}, policy);
    if (!verdict.allowed)
        return fail(ErrorCode::Unauthorized, verdict.reason, verdict.rule);
    return {};
}

} // namespace

Result<const control::Person*>
holderOf(const control::Foundation& foundation, const std::string& keyId)
{
    const control::Person* person = foundation.roster().holderOf(keyId);
    if (person == nullptr)
        return fail(
            ErrorCode::Unauthorized,
            "this key is not in the roster of the workspace",
            "answer.key");
    return person;
}

CharterDesk::CharterDesk(
    trust::LedgerStore& store,
    control::Foundation& foundation,
    const execution::ConnectorCatalog& catalog,
    EntropySource& entropy)
    : m_store(store)
    , m_foundation(foundation)
    , m_catalog(catalog)
    , m_entropy(entropy)
{}

Result<PreparedChange> CharterDesk::prepareChange(const ChangeWish& wish, Instant now)
{
    CS_TRY(const control::Person* const person, holderOf(m_foundation, wish.keyId));
    CS_CHECK(checkMay(*person, control::Act::ProposeChange, m_foundation.policy()));
    const control::ChangeDraft draft{
        .kind = wish.kind,
        .document = wish.document,
        .reason = wish.reason,
        .recoveredPerson = wish.recoveredPerson,
        .identityCheck = wish.identityCheck,
        .personId = person->id,
        .keyId = wish.keyId,
        .createdAt = now,
        .dueAt = wish.dueAt.value_or(now + kDueAfter),
        .expiresAt = wish.expiresAt.value_or(now + kExpiresAfter)};
    CS_TRY(control::GovernanceChange change, control::makeChange(draft, m_foundation, m_entropy));
    CS_TRY(
        control::ApprovalRequest request,
        control::buildChangeRequest(change, m_foundation.charter(), now));
    std::string payload = control::proposalStatement(change, m_foundation.anchor, wish.keyId);
    return PreparedChange{std::move(payload), std::move(change), std::move(request)};
}

Result<control::ApprovalRequest> CharterDesk::submitChange(
    const PreparedChange& prepared, const trust::Envelope& envelope, Instant now)
{
    std::optional<control::ApprovalRequest> request;
    CS_CHECK(
        m_store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_TRY(
                control::CommandContext context,
                control::commandContext(session, ledger, m_foundation, m_entropy, now));
            CS_TRY(request, control::proposeChange(context, prepared.change.document, envelope));
            return {};
        }));
    return std::move(*request);
}

Result<std::string>
CharterDesk::prepareHalt(const std::string& keyId, const std::string& reason, Instant now)
{
    CS_TRY(const control::Person* const person, holderOf(m_foundation, keyId));
    CS_CHECK(checkMay(*person, control::Act::HaltDispatch, m_foundation.policy()));
    return control::haltStatement(
        m_foundation.anchor,
        {person->id, keyId, reason, hexEncode(m_entropy.bytes(kNonceByteCount)), now});
}

Result<void> CharterDesk::submitHalt(const trust::Envelope& envelope, Instant now)
{
    return m_store.write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_TRY(
                control::CommandContext context,
                control::commandContext(session, ledger, m_foundation, m_entropy, now));
            return control::recordHalt(context, envelope);
        });
}

Result<void> CharterDesk::askAnew(Instant now)
{
    CS_TRY(
        const std::vector<std::string> stale,
        control::staleDecisions(m_store.database(), kAskedPerTurn));
    if (stale.empty())
        return {};
    return m_store.write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_TRY(
                control::CommandContext context,
                control::commandContext(session, ledger, m_foundation, m_entropy, now));
            // All are read before the first is written: a reader sees what the head covers.
            std::vector<std::pair<std::string, control::DecisionAuthority>> standing;
            for (const std::string& decisionId : stale) {
                CS_TRY(
                    control::DecisionAuthority authority,
                    control::currentAuthority(context, decisionId));
                standing.emplace_back(decisionId, std::move(authority));
            }
            for (const auto& [decisionId, authority] : standing)
                CS_CHECK(askOneAnew(context, decisionId, authority));
            return {};
        });
}

Result<void> CharterDesk::askOneAnew(
    control::CommandContext& context,
    const std::string& decisionId,
    const control::DecisionAuthority& authority)
{
    const control::RequestRecord* latest = authority.latest();
    if (latest == nullptr)
        return {};
    // A change names the version it was written against; nobody can ask for it any more.
    if (control::isGovernance(latest->request)) {
        CS_CHECK(control::recordVoid(context, *latest));
        return {};
    }
    auto assembled =
        assembleRequest(context.session, m_catalog, authority, decisionId, context.now);
    if (!assembled.ok() || !*assembled) {
        CS_CHECK(control::recordVoid(context, *latest));
        return {};
    }
    CS_CHECK(control::openRequest(context, **assembled));
    return {};
}

} // namespace countersign::app
