#include "planes/control/request.h"

#include "planes/control/class_rules.h"
#include "planes/control/detail/member_reader.h"

#include <algorithm>
#include <set>

namespace countersign::control {

namespace {

using namespace detail;

constexpr int kNumberMax = 1'000'000;

void addUnique(std::vector<std::string>& list, const std::string& text)
{
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

std::string actorId(const Json& actor)
{
    return textMember(actor, "id");
}

/// The proposer never signs: whoever asked, whoever wrote the papers, and whom the document bars
/// besides.
std::vector<std::string> barredActors(const RequestInput& input)
{
    std::vector<std::string> barred;
    addUnique(barred, actorId(input.claim.value("requested_by", Json::object())));
    addUnique(barred, actorId(input.claim["header"].value("created_by", Json::object())));
    addUnique(barred, actorId(input.memo["header"].value("created_by", Json::object())));
    if (!input.amendedBy)
        addUnique(barred, actorId(input.plan["header"].value("created_by", Json::object())));
    if (input.claim.contains("quorum")) {
        for (const Json& id : input.claim["quorum"].value("barred_actor_ids", Json::array()))
            addUnique(barred, id.get<std::string>());
    }
    return barred;
}

Result<std::vector<ConnectorPin>> pinConnectors(const RequestInput& input)
{
    std::vector<ConnectorPin> pins;
    const auto pin = [&](const Json& call, const std::string& pointer) -> Result<void> {
        const std::string name = textMember(call, "connector");
        const std::string version = textMember(call, "connector_version");
        const std::string operation = textMember(call, "operation");
        const auto found = std::find_if(
            input.operations.begin(), input.operations.end(), [&](const OperationFacts& facts) {
                return facts.connector == name && facts.version == version
                       && facts.operation == operation;
            });
        if (found == input.operations.end())
            return fail(
                ErrorCode::Refused,
                "no installed connector offers " + name + " " + version + " " + operation
                    + "; install its manifest or amend the plan",
                "plan.connector_unknown",
                pointer);
        const ConnectorPin made{name, version, found->manifestSha256};
        if (std::find(pins.begin(), pins.end(), made) == pins.end())
            pins.push_back(made);
        return {};
    };
    const Json& steps = input.plan["steps"];
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string at = "/steps/" + std::to_string(i);
        CS_CHECK(pin(steps[i]["call"], at + "/call"));
        const Json& compensation = steps[i]["compensation"];
        if (compensation.contains("call"))
            CS_CHECK(pin(compensation["call"], at + "/compensation/call"));
    }
    return pins;
}

/// Class B and everything costly or irreversible needs a complete evidence pack.
Result<void> checkEvidence(const RequestInput& input, const Classes& classes)
{
    if (!classes.isGoverned())
        return {};
    if (!input.evidencePack.is_object())
        return fail(
            ErrorCode::Refused,
            "a governed decision needs an evidence pack; this one has none",
            "evidence.incomplete",
            "/packet");
    const Json rows = input.evidencePack.value("completeness", Json::array());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (textMember(rows[i], "status") == "missing")
            return fail(
                ErrorCode::Refused,
                "the evidence pack lacks its part \"" + textMember(rows[i], "part") + "\"",
                "evidence.incomplete",
                "/completeness/" + std::to_string(i));
    }
    return {};
}

Json toJson(const PacketItem& item)
{
    return {
        {"schema", item.schema},
        {"record_id", item.recordId},
        {"revision", item.revision},
        {"sha256", item.sha256.hex()}};
}

Result<PacketItem> parseItem(const Place& place)
{
    CS_CHECK(onlyMembers(place, {"schema", "record_id", "revision", "sha256"}));
    CS_TRY(const std::string hex, textOf(place, "sha256"));
    CS_TRY(const Digest digest, Digest::parse(hex));
    PacketItem item{{}, {}, 0, digest};
    CS_TRY(item.schema, textOf(place, "schema"));
    CS_TRY(item.recordId, textOf(place, "record_id"));
    CS_TRY(item.revision, smallNumberOf(place, "revision", 1, kNumberMax));
    return item;
}

Result<Instant> instantOf(const Place& place, const std::string& name)
{
    CS_TRY(const std::string text, textOf(place, name));
    return Instant::parse(text);
}

Result<RoleLevel> levelOf(const Place& place, const std::string& name)
{
    CS_TRY(const std::string given, textOf(place, name));
    for (const RoleLevel level :
         {RoleLevel::None, RoleLevel::Manager, RoleLevel::Head, RoleLevel::Executive}) {
        if (text(level) == given)
            return level;
    }
    return place.refuse("this is no standing", name);
}

Result<void> parseLists(const Place& root, ApprovalRequest& request)
{
    CS_TRY(const std::vector<Place> packet, itemsOf(root, "packet"));
    for (const Place& place : packet) {
        CS_TRY(PacketItem item, parseItem(place));
        request.packet.push_back(std::move(item));
    }
    CS_TRY(const std::vector<Place> raised, itemsOf(root, "raised"));
    for (const Place& place : raised) {
        ClassRaise raise;
        CS_TRY(raise.claimed, textOf(place, "claimed"));
        CS_TRY(raise.effective, textOf(place, "effective"));
        CS_TRY(raise.because, textOf(place, "because"));
        raise.detail = textMember(place.value, "detail");
        request.raised.push_back(std::move(raise));
    }
    CS_TRY(const std::vector<Place> connectors, itemsOf(root, "connectors"));
    for (const Place& place : connectors) {
        CS_TRY(const std::string hex, textOf(place, "sha256"));
        CS_TRY(const Digest digest, Digest::parse(hex));
        ConnectorPin pin{{}, {}, digest};
        CS_TRY(pin.name, textOf(place, "name"));
        CS_TRY(pin.version, textOf(place, "version"));
        request.connectors.push_back(std::move(pin));
    }
    return {};
}

} // namespace

Result<ApprovalRequest>
buildRequest(const RequestInput& input, const Policy& policy, const Roster& roster)
{
    CS_ASSERT(policy.sha256.has_value() && roster.sha256.has_value());
    const EffectiveClasses classes =
        effectiveClasses(input.claim, input.memo, input.plan, input.operations, policy);
    if (classes.effective.action == ActionClass::C)
        return fail(
            ErrorCode::Refused,
            "an action of class C is forbidden, whoever signs",
            "class.forbidden",
            "/classes/action");
    CS_CHECK(checkEvidence(input, classes.effective));
    CS_TRY(std::vector<ConnectorPin> connectors, pinConnectors(input));
    CS_TRY(const Instant dueAt, Instant::parse(textMember(input.claim, "due_at")));
    CS_TRY(const Instant expiresAt, Instant::parse(textMember(input.claim, "expires_at")));
    if (dueAt >= expiresAt)
        return fail(
            ErrorCode::InvalidInput,
            "the deadline must lie before the expiry",
            "request.dates",
            "/due_at");

    ApprovalRequest request{
        .requestId = input.requestId,
        .revision = input.revision,
        .tenantId = textMember(input.claim["header"], "tenant_id"),
        .decisionId = textMember(input.claim["header"], "decision_id"),
        .title = textMember(input.claim, "title"),
        .ask = textMember(input.claim, "ask"),
        .requestedBy = actorId(input.claim["requested_by"]),
        .barred = barredActors(input),
        .packet = input.packet,
        .plan = input.planItem,
        .classes = classes.effective,
        .claimedClasses = classes.claimed,
        .raised = classes.raised,
        .connectors = std::move(connectors),
        .policyVersion = policy.version,
        .policySha256 = *policy.sha256,
        .rosterVersion = roster.version,
        .rosterSha256 = *roster.sha256,
        .requestedAt = input.now,
        .dueAt = dueAt,
        .expiresAt = expiresAt,
        .amendedBy = input.amendedBy,
    };
    const QuorumRule& rule = policy.quorumOf(request.classes.approval);
    request.approvalsNeeded = rule.approvalsNeeded;
    request.eachAtLeast = rule.eachAtLeast;
    request.oneAtLeast = rule.oneAtLeast;
    if (input.claim.contains("quorum")) {
        const Json& claimed = input.claim["quorum"];
        request.approvalsNeeded =
            std::max(request.approvalsNeeded, claimed.value("approvals_needed", 0));
        for (const Json& role : claimed.value("roles_needed", Json::array()))
            addUnique(request.rolesNeeded, role.get<std::string>());
    }
    if (input.claim.contains("exposure")) {
        CS_TRY(
            request.exposure,
            Money::parse(
                textMember(input.claim["exposure"], "amount"),
                textMember(input.claim["exposure"], "currency")));
    }
    return request;
}

Json toJson(const ApprovalRequest& request)
{
    Json document = {
        {"schema", "countersign_request"},
        {"schema_version", 1},
        {"request_id", request.requestId},
        {"revision", request.revision},
        {"tenant_id", request.tenantId},
        {"decision_id", request.decisionId},
        {"title", request.title},
        {"ask", request.ask},
        {"requested_by", request.requestedBy},
        {"barred", request.barred},
        {"packet", Json::array()},
        {"plan", toJson(request.plan)},
        {"classes", toJson(request.classes)},
        {"claimed_classes", toJson(request.claimedClasses)},
        {"raised", Json::array()},
        {"quorum",
         {{"approvals_needed", request.approvalsNeeded},
          {"roles_needed", request.rolesNeeded},
          {"each_at_least", text(request.eachAtLeast)},
          {"one_at_least", text(request.oneAtLeast)}}},
        {"connectors", Json::array()},
        {"policy", {{"version", request.policyVersion}, {"sha256", request.policySha256.hex()}}},
        {"roster", {{"version", request.rosterVersion}, {"sha256", request.rosterSha256.hex()}}},
        {"requested_at", request.requestedAt.text()},
        {"due_at", request.dueAt.text()},
        {"expires_at", request.expiresAt.text()}};
    for (const PacketItem& item : request.packet)
        document["packet"].push_back(toJson(item));
    for (const ClassRaise& raise : request.raised)
        document["raised"].push_back(
            {{"claimed", raise.claimed},
             {"effective", raise.effective},
             {"because", raise.because},
             {"detail", raise.detail}});
    for (const ConnectorPin& pin : request.connectors)
        document["connectors"].push_back(
            {{"name", pin.name}, {"version", pin.version}, {"sha256", pin.sha256.hex()}});
    if (request.exposure)
        document["exposure"] = {
            {"amount", request.exposure->amount()}, {"currency", request.exposure->currency()}};
    if (request.amendedBy)
        document["amended_by"] = *request.amendedBy;
    return document;
}

Result<ApprovalRequest> parseRequest(const Json& document)
{
    const Place root{document, "", "request.form"};
    CS_CHECK(onlyMembers(root, {"schema",       "schema_version",  "request_id", "revision",
                                "tenant_id",    "decision_id",     "title",      "ask",
                                "requested_by", "barred",          "packet",     "plan",
                                "classes",      "claimed_classes", "raised",     "quorum",
                                "connectors",   "policy",          "roster",     "requested_at",
                                "due_at",       "expires_at",      "exposure",   "amended_by"}));
    CS_TRY(const std::string schema, textOf(root, "schema"));
    CS_TRY(const int schemaVersion, smallNumberOf(root, "schema_version", 1, 1));
    if (schema != "countersign_request" || schemaVersion != 1)
        return root.refuse("this is not a request of this program", "schema");
    CS_TRY(const Place policy, member(root, "policy"));
    CS_TRY(const Place roster, member(root, "roster"));
    CS_TRY(const Place plan, member(root, "plan"));
    CS_TRY(const Place quorum, member(root, "quorum"));
    CS_TRY(const std::string policyHex, textOf(policy, "sha256"));
    CS_TRY(const Digest policySha256, Digest::parse(policyHex));
    CS_TRY(const std::string rosterHex, textOf(roster, "sha256"));
    CS_TRY(const Digest rosterSha256, Digest::parse(rosterHex));
    CS_TRY(PacketItem planItem, parseItem(plan));
    ApprovalRequest request{
        .plan = std::move(planItem), .policySha256 = policySha256, .rosterSha256 = rosterSha256};
    CS_TRY(request.requestId, textOf(root, "request_id"));
    CS_TRY(request.revision, smallNumberOf(root, "revision", 1, kNumberMax));
    CS_TRY(request.tenantId, textOf(root, "tenant_id"));
    CS_TRY(request.decisionId, textOf(root, "decision_id"));
    CS_TRY(request.title, textOf(root, "title"));
    CS_TRY(request.ask, textOf(root, "ask"));
    CS_TRY(request.requestedBy, textOf(root, "requested_by"));
    CS_TRY(request.barred, textsOf(root, "barred"));
    CS_TRY(const Place classes, member(root, "classes"));
    CS_TRY(const Place claimedClasses, member(root, "claimed_classes"));
    request.classes = classesOf(classes.value);
    request.claimedClasses = classesOf(claimedClasses.value);
    CS_CHECK(parseLists(root, request));
    CS_TRY(request.approvalsNeeded, smallNumberOf(quorum, "approvals_needed", 0, kNumberMax));
    CS_TRY(request.rolesNeeded, textsOf(quorum, "roles_needed"));
    CS_TRY(request.eachAtLeast, levelOf(quorum, "each_at_least"));
    CS_TRY(request.oneAtLeast, levelOf(quorum, "one_at_least"));
    CS_TRY(request.policyVersion, smallNumberOf(policy, "version", 1, kNumberMax));
    CS_TRY(request.rosterVersion, smallNumberOf(roster, "version", 1, kNumberMax));
    CS_TRY(request.requestedAt, instantOf(root, "requested_at"));
    CS_TRY(request.dueAt, instantOf(root, "due_at"));
    CS_TRY(request.expiresAt, instantOf(root, "expires_at"));
    if (has(root, "exposure")) {
        CS_TRY(const Place exposure, member(root, "exposure"));
        CS_TRY(
            request.exposure,
            Money::parse(
                textMember(exposure.value, "amount"), textMember(exposure.value, "currency")));
    }
    if (has(root, "amended_by")) {
        CS_TRY(request.amendedBy, textOf(root, "amended_by"));
    }
    // The digest is made from what was read: a document that says more, or the same otherwise,
    // would hide behind it.
    if (toJson(request) != document)
        return root.refuse("this is not how this program writes a request");
    return request;
}

bool isGovernance(const ApprovalRequest& request)
{
    return request.plan.schema == kChangeSchema;
}

Digest packetDigest(const ApprovalRequest& request)
{
    std::vector<Digest> digests;
    for (const PacketItem& item : request.packet)
        digests.push_back(item.sha256);
    return digestOfList(digests);
}

Digest requestDigest(const ApprovalRequest& request)
{
    return Digest::of(canonicalOwnJson(toJson(request)));
}

} // namespace countersign::control
