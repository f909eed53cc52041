#include "planes/control/foundation.h"

#include "planes/control/authority.h"
#include "planes/control/genesis.h"
#include "planes/control/governance.h"
#include "planes/control/halt.h"
#include "planes/trust/ledger_horizon.h"
#include "planes/trust/statement.h"

#include <algorithm>
#include <array>

namespace countersign::control {

namespace {

constexpr std::array<std::string_view, 3> kFoundationEvents = {
    kCharterChanged, kDispatchHalted, kDispatchResumed};

Result<Json>
documentAt(trust::LedgerReader& ledger, const trust::Statement& statement, std::string_view name)
{
    for (const trust::Subject& subject : statement.subjects) {
        if (subject.name != name)
            continue;
        CS_TRY(const std::string bytes, ledger.document(subject.digest));
        return parseJson(bytes);
    }
    return fail(ErrorCode::Corrupt, "the genesis names no " + std::string(name), "genesis.form");
}

Failure unfounded(const trust::LedgerEvent& event, const std::string& why)
{
    return fail(
        ErrorCode::Corrupt,
        "ledger entry " + std::to_string(event.index) + " changes the charter, but " + why,
        "charter.unfounded");
}

/// That the proposer, who may not sign, is the one who signed the proposal.
Result<void> checkProposal(
    trust::LedgerReader& ledger,
    const Foundation& foundation,
    const trust::LedgerEvent& event,
    const GovernanceChange& change)
{
    bool found = false;
    CS_CHECK(ledger.forEachOfDecision(
        event.decisionId,
        std::string(kChangeProposed),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent proposed, trust::readEvent(entry));
            if (textMember(proposed.body, "change_sha256") != change.sha256.hex())
                return true;
            CS_TRY(const trust::Envelope envelope, recordedStatement(ledger, proposed));
            CS_CHECK(verifyProposal(
                envelope, change, foundation.anchor, foundation.at(entry.index).roster));
            found = true;
            return false;
        }));
    return found ? Result<void>() : Result<void>(unfounded(event, "nobody proposed that"));
}

/// The change behind an event, once a quorum of the charter before it is found to have signed it.
Result<GovernanceChange> authorizedChange(
    trust::LedgerReader& ledger, const Foundation& foundation, const trust::LedgerEvent& event)
{
    trust::LedgerHorizon before(ledger, event.index);
    CS_TRY(
        const DecisionAuthority authority,
        loadDecisionAuthority(before, foundation, event.decisionId));
    const RequestRecord* record = authority.latest();
    if (record == nullptr || !isGovernance(record->request)
        || record->sha256.hex() != textMember(event.body, "request_sha256"))
        return unfounded(event, "nobody was asked for that");
    CS_TRY(const std::string bytes, before.document(record->request.plan.sha256));
    CS_TRY(const Json document, parseJson(bytes));
    CS_TRY(GovernanceChange change, readChange(document, foundation.charter(), foundation.halt));
    if (change.sha256 != record->request.plan.sha256 || change.decisionId != event.decisionId)
        return unfounded(event, "the change is not the one that was asked for");
    CS_CHECK(checkChangeRequest(before, foundation, *record));
    CS_CHECK(checkProposal(before, foundation, event, change));
    const QuorumState quorum = quorumOf(foundation, *record, event.time, event.index);
    if (quorum.status != RequestStatus::Authorized)
        return unfounded(event, "the signatures do not make a quorum");
    CS_CHECK(checkRecordedAuthorization(before, event.decisionId, *record));
    return change;
}

Result<void>
applyChange(trust::LedgerReader& ledger, Foundation& foundation, const trust::LedgerEvent& event)
{
    CS_TRY(GovernanceChange change, authorizedChange(ledger, foundation, event));
    const bool resumes = change.kind == ChangeKind::Resume;
    if (resumes != (event.type == kDispatchResumed))
        return unfounded(event, "the change is of another kind");
    if (resumes) {
        foundation.halt.reset();
        return {};
    }
    Charter next = foundation.charter();
    next.index = event.index;
    next.decisionId = event.decisionId;
    if (change.roster)
        next.roster = std::move(*change.roster);
    if (change.policy)
        next.policy = std::move(*change.policy);
    foundation.charters.push_back(std::make_shared<const Charter>(std::move(next)));
    return {};
}

Result<void>
applyHalt(trust::LedgerReader& ledger, Foundation& foundation, const trust::LedgerEvent& event)
{
    CS_TRY(const trust::Envelope envelope, recordedStatement(ledger, event));
    const Charter& charter = foundation.at(event.index);
    CS_TRY(
        const VerifiedHalt halt,
        verifyHalt(envelope, foundation.anchor, charter.policy, charter.roster, event.time));
    foundation.halt = Halt{event.index, halt.draft.personId, halt.draft.reason, event.time};
    return {};
}

} // namespace

const Charter& Foundation::at(std::uint64_t index) const
{
    const auto later = std::find_if(
        charters.begin() + 1, charters.end(), [&](const std::shared_ptr<const Charter>& charter) {
            return charter->index >= index;
        });
    return **std::prev(later);
}

Result<Foundation> loadFoundation(trust::LedgerReader& ledger, const Digest& anchor)
{
    std::optional<trust::Envelope> found;
    CS_CHECK(ledger.forEachOfType(
        std::string(kGenesisPredicate), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(trust::Envelope envelope, trust::readStatement(entry));
            if (Digest::of(envelope.payload) != anchor)
                return fail(
                    ErrorCode::Corrupt,
                    "the ledger begins with another genesis than the expected " + anchor.hex(),
                    "genesis.anchor");
            found = std::move(envelope);
            return true;
        }));
    if (!found)
        return fail(ErrorCode::Corrupt, "the ledger has no genesis", "genesis.absent");
    CS_TRY(const trust::Statement statement, trust::parseStatement(found->payload));
    if (statement.predicateType != kGenesisPredicate)
        return fail(ErrorCode::Corrupt, "the genesis is of another type", "genesis.form");
    CS_TRY(const Json rosterDocument, documentAt(ledger, statement, kRosterSubject));
    CS_TRY(const Json policyDocument, documentAt(ledger, statement, kPolicySubject));
    CS_TRY(Roster roster, parseRoster(rosterDocument));
    CS_TRY(Policy policy, parsePolicy(policyDocument));
    if (!statement.isAbout(*roster.sha256) || !statement.isAbout(*policy.sha256))
        return fail(
            ErrorCode::Corrupt, "roster or policy are not those the genesis names", "genesis.form");
    CS_CHECK(checkFounders(roster, *found));
    Foundation foundation{
        .anchor = anchor,
        .name = textMember(statement.predicate, "name"),
        .tenantId = textMember(statement.predicate, "tenant_id")};
    foundation.charters.push_back(
        std::make_shared<const Charter>(Charter{0, std::move(roster), std::move(policy)}));
    CS_CHECK(followFoundation(ledger, foundation));
    return foundation;
}

Result<bool> followFoundation(trust::LedgerReader& ledger, Foundation& foundation)
{
    std::vector<trust::LedgerEvent> events;
    for (const std::string_view type : kFoundationEvents) {
        CS_CHECK(ledger.forEachOfType(
            std::string(type), [&](const trust::LedgerEntry& entry) -> Result<bool> {
                if (entry.index <= foundation.readUpTo)
                    return true;
                CS_TRY(trust::LedgerEvent event, trust::readEvent(entry));
                events.push_back(std::move(event));
                return true;
            }));
    }
    std::sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
        return a.index < b.index;
    });
    Foundation next = foundation;
    for (const trust::LedgerEvent& event : events) {
        CS_CHECK(
            event.type == kDispatchHalted ? applyHalt(ledger, next, event)
                                          : applyChange(ledger, next, event));
        next.readUpTo = event.index;
    }
    foundation = std::move(next);
    return !events.empty();
}

} // namespace countersign::control
