#include "planes/control/governance.h"

#include "planes/control/access.h"
#include "planes/control/detail/governance_lines.h"
#include "planes/control/detail/member_reader.h"
#include "planes/control/detail/signed_by.h"

#include <algorithm>
#include <set>

namespace countersign::control {

namespace {

using namespace detail;

constexpr std::size_t kReasonBytesMax = 8000;

Failure refused(const std::string& what, std::string rule, std::string pointer = {})
{
    return fail(ErrorCode::InvalidInput, what, std::move(rule), std::move(pointer));
}

bool holdsKey(const Person& person)
{
    return !person.keys.empty();
}

/// A recovery replaces the keys of one person, and does nothing else.
Result<void> checkRecovery(const Roster& before, const Roster& after, const std::string& personId)
{
    const Person* recovered = before.person(personId);
    const Person* renewed = after.person(personId);
    if (recovered == nullptr || renewed == nullptr || renewed->keys.empty())
        return refused(
            "a recovery gives new keys to one person of the roster, and names them",
            "change.recovery",
            "/person");
    for (const RosterKey& key : renewed->keys) {
        if (before.holderOf(key.keyId) != nullptr)
            return refused(
                "a recovery leaves the person none of their old keys",
                "change.recovery",
                "/document/people");
    }
    Roster expected = before;
    for (Person& person : expected.people) {
        if (person.id == personId)
            person.keys = renewed->keys;
    }
    expected.distrusted = after.distrusted;
    if (!compareRosters(expected, after).empty())
        return refused(
            "a recovery replaces the keys of one person and changes nothing else",
            "change.recovery",
            "/document");
    return {};
}

Result<void> readNextRoster(const Json& document, const Charter& charter, GovernanceChange& change)
{
    CS_TRY(Roster next, parseRoster(document["document"]));
    if (next.version != charter.roster.version + 1 || next.tenantId != charter.roster.tenantId)
        return refused(
            "the next roster has the version " + std::to_string(charter.roster.version + 1)
                + " and the same tenant",
            "change.version",
            "/document/version");
    if (next.founders != charter.roster.founders)
        return refused(
            "the founders are history and stay as they are",
            "change.founders",
            "/document/founders");
    if (std::none_of(next.people.begin(), next.people.end(), holdsKey))
        return refused("nobody would hold a key after this", "change.lockout", "/document/people");
    if (change.kind == ChangeKind::Recovery)
        CS_CHECK(checkRecovery(charter.roster, next, textMember(document, "person")));
    change.lines = compareRosters(charter.roster, next);
    change.beneficiaries = beneficiariesOf(charter.roster, next);
    change.roster = std::move(next);
    return {};
}

Result<void> readNextPolicy(const Json& document, const Charter& charter, GovernanceChange& change)
{
    CS_TRY(Policy next, parsePolicy(document["document"]));
    if (next.version != charter.policy.version + 1)
        return refused(
            "the next policy has the version " + std::to_string(charter.policy.version + 1),
            "change.version",
            "/document/version");
    change.lines = comparePolicies(charter.policy, next);
    change.policy = std::move(next);
    return {};
}

Result<void> readResumption(const std::optional<Halt>& halt, GovernanceChange& change)
{
    if (!halt)
        return fail(ErrorCode::Conflict, "nothing is halted", "change.not_halted");
    change.lines = {{"halt.lifted", {halt->personId, halt->reason}}};
    return {};
}

/// Who may sign a change, and how many must.
struct Quorum
{
    GovernanceRule rule;
    std::vector<std::string> barred;
};

Result<Quorum> quorumFor(const GovernanceChange& change, const Charter& charter)
{
    Quorum quorum{charter.policy.governanceOf(change.kind), change.beneficiaries};
    if (std::find(quorum.barred.begin(), quorum.barred.end(), change.proposer)
        == quorum.barred.end())
        quorum.barred.push_back(change.proposer);
    std::sort(quorum.barred.begin(), quorum.barred.end());
    const auto isBarred = [&](const std::vector<std::string>& barred, const Person& person) {
        return std::find(barred.begin(), barred.end(), person.id) != barred.end();
    };
    int able = 0;
    RoleLevel highest = RoleLevel::None;
    std::set<std::string> roles;
    for (const Person& person : charter.roster.people) {
        const RoleLevel standing = standingOf(person, charter.policy);
        if (!holdsKey(person) || isBarred(quorum.barred, person)
            || standing < quorum.rule.quorum.eachAtLeast)
            continue;
        ++able;
        highest = std::max(highest, standing);
        roles.insert(person.roles.begin(), person.roles.end());
    }
    const bool hasRoles = std::all_of(
        quorum.rule.rolesNeeded.begin(),
        quorum.rule.rolesNeeded.end(),
        [&](const std::string& role) { return roles.count(role) > 0; });
    if (able >= quorum.rule.quorum.approvalsNeeded && highest >= quorum.rule.quorum.oneAtLeast
        && hasRoles)
        return quorum;
    // Too few for that: then everybody who holds a key, but for the one whose keys are replaced.
    Quorum all;
    if (change.kind == ChangeKind::Recovery)
        all.barred = change.beneficiaries;
    for (const Person& person : charter.roster.people) {
        if (holdsKey(person) && !isBarred(all.barred, person))
            ++all.rule.quorum.approvalsNeeded;
    }
    if (all.rule.quorum.approvalsNeeded == 0)
        return fail(ErrorCode::Refused, "nobody is left who could sign this", "change.unreachable");
    return all;
}

std::string titleOf(const GovernanceChange& change, const Charter& charter)
{
    switch (change.kind) {
    case ChangeKind::Roster:
        return "Roster, version " + std::to_string(charter.roster.version + 1);
    case ChangeKind::Recovery:
        return "New keys for " + textMember(change.document, "person");
    case ChangeKind::Policy:
        return "Policy, version " + std::to_string(charter.policy.version + 1);
    case ChangeKind::Resume:
        return "Lift the halt of all dispatch";
    }
    return {};
}

Json documentOf(const ChangeDraft& draft, const Foundation& foundation)
{
    Json document = {
        {"schema", kChangeSchema},
        {"schema_version", 1},
        {"kind", text(draft.kind)},
        {"tenant_id", foundation.tenantId},
        {"anchor", foundation.anchor.hex()},
        {"from",
         {{"roster", foundation.roster().sha256->hex()},
          {"policy", foundation.policy().sha256->hex()}}},
        {"document", draft.document},
        {"reason", draft.reason},
        {"proposed_by", draft.personId},
        {"created_at", draft.createdAt.text()},
        {"due_at", draft.dueAt.text()},
        {"expires_at", draft.expiresAt.text()}};
    if (draft.kind == ChangeKind::Recovery) {
        document["person"] = draft.recoveredPerson;
        document["identity_check"] = draft.identityCheck;
    }
    // A second halt is not lifted by what was signed for the first.
    if (draft.kind == ChangeKind::Resume && foundation.halt)
        document["halt_index"] = foundation.halt->index;
    return document;
}

} // namespace

Result<GovernanceChange>
makeChange(const ChangeDraft& draft, const Foundation& foundation, EntropySource& entropy)
{
    Json document = documentOf(draft, foundation);
    document["change_id"] = RecordId::make("chg", draft.createdAt, entropy).text();
    document["decision_id"] = DecisionId::make(draft.createdAt, entropy).text();
    return readChange(document, foundation.charter(), foundation.halt);
}

Result<GovernanceChange>
readChange(const Json& document, const Charter& charter, const std::optional<Halt>& halt)
{
    const Place root{document, "", "change.form"};
    CS_CHECK(onlyMembers(
        root,
        {"schema",
         "schema_version",
         "change_id",
         "decision_id",
         "kind",
         "tenant_id",
         "anchor",
         "from",
         "document",
         "reason",
         "proposed_by",
         "created_at",
         "due_at",
         "expires_at",
         "person",
         "halt_index",
         "identity_check"}));
    CS_TRY(const std::string schema, textOf(root, "schema"));
    CS_TRY(const int schemaVersion, smallNumberOf(root, "schema_version", 1, 1));
    if (schema != kChangeSchema || schemaVersion != 1)
        return root.refuse("this is no change of a charter", "schema");
    GovernanceChange change;
    CS_TRY(change.changeId, textOf(root, "change_id"));
    CS_TRY(change.decisionId, textOf(root, "decision_id"));
    CS_CHECK(RecordId::parse(change.changeId));
    CS_CHECK(DecisionId::parse(change.decisionId));
    CS_TRY(const std::string kind, textOf(root, "kind"));
    CS_TRY(change.kind, parseChangeKind(kind));
    CS_TRY(change.proposer, textOf(root, "proposed_by"));
    if (charter.roster.person(change.proposer) == nullptr)
        return root.refuse("the proposer is not in the roster", "proposed_by");
    CS_TRY(const std::string reason, textOf(root, "reason"));
    if (reason.empty() || reason.size() > kReasonBytesMax)
        return refused("a change needs its reason, 8000 bytes at most", "change.reason", "/reason");
    CS_TRY(const Place from, member(root, "from"));
    if (textMember(from.value, "roster") != charter.roster.sha256->hex()
        || textMember(from.value, "policy") != charter.policy.sha256->hex())
        return fail(
            ErrorCode::Conflict,
            "roster or policy have changed since this was proposed; propose it anew",
            "change.overtaken",
            "/from");
    CS_CHECK(member(root, "document"));
    if (change.kind == ChangeKind::Recovery && textMember(document, "identity_check").empty())
        return refused(
            "a recovery says how it was made sure that the person is who they say",
            "change.identity",
            "/identity_check");
    switch (change.kind) {
    case ChangeKind::Roster:
    case ChangeKind::Recovery:
        CS_CHECK(readNextRoster(document, charter, change));
        break;
    case ChangeKind::Policy:
        CS_CHECK(readNextPolicy(document, charter, change));
        break;
    case ChangeKind::Resume:
        if (halt && document.value("halt_index", Json()) != halt->index)
            return fail(
                ErrorCode::Conflict,
                "dispatch was halted anew since this was proposed; propose it anew",
                "change.overtaken",
                "/halt_index");
        CS_CHECK(readResumption(halt, change));
        break;
    }
    if (change.lines.empty())
        return refused("this changes nothing", "change.nothing", "/document");
    CS_TRY(change.sha256, canonicalDigest(document));
    change.document = document;
    return change;
}

Result<ApprovalRequest>
buildChangeRequest(const GovernanceChange& change, const Charter& charter, Instant now)
{
    CS_TRY(Quorum quorum, quorumFor(change, charter));
    CS_TRY(const Instant dueAt, Instant::parse(textMember(change.document, "due_at")));
    CS_TRY(const Instant expiresAt, Instant::parse(textMember(change.document, "expires_at")));
    if (now > dueAt || dueAt >= expiresAt)
        return refused(
            "the deadline lies after now and before the expiry", "change.dates", "/due_at");
    const PacketItem item{std::string(kChangeSchema), change.changeId, 1, change.sha256};
    // Binding inside only, and the next version can take it back; but it decides who decides.
    const Classes classes{ApprovalClass::A3, Reversibility::R1, Sensitivity::S2, ActionClass::B};
    ApprovalRequest request{
        .requestId = change.changeId,
        .revision = 1,
        .tenantId = textMember(change.document, "tenant_id"),
        .decisionId = change.decisionId,
        .title = titleOf(change, charter),
        .ask = textMember(change.document, "reason"),
        .requestedBy = change.proposer,
        .barred = quorum.barred,
        .packet = {item},
        .plan = item,
        .classes = classes,
        .claimedClasses = classes,
        .approvalsNeeded = quorum.rule.quorum.approvalsNeeded,
        .rolesNeeded = quorum.rule.rolesNeeded,
        .eachAtLeast = quorum.rule.quorum.eachAtLeast,
        .oneAtLeast = quorum.rule.quorum.oneAtLeast,
        .policyVersion = charter.policy.version,
        .policySha256 = *charter.policy.sha256,
        .rosterVersion = charter.roster.version,
        .rosterSha256 = *charter.roster.sha256,
        .requestedAt = now,
        .dueAt = dueAt,
        .expiresAt = expiresAt};
    return request;
}

Result<GovernanceChange> recordedChange(
    trust::LedgerReader& ledger, const Foundation& foundation, const RequestRecord& record)
{
    CS_TRY(const std::string bytes, ledger.document(record.request.plan.sha256));
    CS_TRY(const Json document, parseJson(bytes));
    // Which halt it lifts stands in the change; whether that one was in force is asked when it is
    // applied.
    std::optional<Halt> halt;
    if (const Json index = document.value("halt_index", Json()); index.is_number_unsigned())
        halt = Halt{index.get<std::uint64_t>(), {}, {}, {}};
    return readChange(document, foundation.at(record.index), halt);
}

Result<void> checkChangeRequest(
    trust::LedgerReader& ledger, const Foundation& foundation, const RequestRecord& record)
{
    CS_TRY(const GovernanceChange change, recordedChange(ledger, foundation, record));
    CS_TRY(
        const ApprovalRequest expected,
        buildChangeRequest(change, foundation.at(record.index), record.request.requestedAt));
    if (requestDigest(expected) != record.sha256)
        return fail(
            ErrorCode::Corrupt,
            "ledger entry " + std::to_string(record.index)
                + " asks for something else than its change and the policy call for",
            "charter.request");
    return {};
}

std::string
proposalStatement(const GovernanceChange& change, const Digest& anchor, const std::string& keyId)
{
    return statementBytes(
        {{{"workspace", anchor},
          {std::string(kChangeSchema) + " " + change.changeId, change.sha256}},
         std::string(kProposalPredicate),
         {{"proposer", {{"id", change.proposer}, {"keyid", keyId}}},
          {"decision", change.decisionId}}});
}

Result<void> verifyProposal(
    const trust::Envelope& envelope,
    const GovernanceChange& change,
    const Digest& anchor,
    const Roster& roster)
{
    CS_TRY(const Instant createdAt, Instant::parse(textMember(change.document, "created_at")));
    CS_TRY(const SignedBy opened, openSigned(envelope, kProposalPredicate, roster, createdAt));
    if (opened.person->id != change.proposer)
        return fail(
            ErrorCode::Unauthorized,
            "somebody else than the proposer signed the proposal",
            "proposal.person");
    if (proposalStatement(change, anchor, opened.keyId) != envelope.payload)
        return fail(
            ErrorCode::InvalidInput, "this is not the proposal of that change", "proposal.form");
    return {};
}

} // namespace countersign::control
