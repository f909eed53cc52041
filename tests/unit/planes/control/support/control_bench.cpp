#include "tests/unit/planes/control/support/control_bench.h"

#include "models/encoding.h"
#include "planes/control/class_rules.h"
#include "tests/support/result_text.h"

#include <fstream>
#include <sstream>

namespace countersign::testing {

namespace {

const std::string kDecisions = "resources/demo/decisions/";

control::PacketItem itemOf(const Json& document)
{
    const Json& header = document["header"];
    return {
        textMember(header, "schema"),
        textMember(header, "record_id"),
        header["revision"].get<int>(),
        must(canonicalDigest(document))};
}

void addOperation(const Json& call, std::vector<control::OperationFacts>& operations)
{
    const std::string connector = textMember(call, "connector");
    const std::string operation = textMember(call, "operation");
    const Json manifest = projectJson("resources/demo/connectors/" + connector + ".json");
    if (textMember(manifest, "version") != textMember(call, "connector_version")
        || !manifest["operations"].contains(operation))
        return;
    operations.push_back(
        {connector,
         textMember(manifest, "version"),
         operation,
         control::classesOf(manifest["operations"][operation]["classes"]),
         must(canonicalDigest(manifest))});
}

} // namespace

std::string CountingEntropy::bytes(std::size_t byteCount)
{
    std::string bytes;
    while (bytes.size() < byteCount)
        bytes += Digest::of("entropy " + std::to_string(m_next++)).bytes();
    bytes.resize(byteCount);
    return bytes;
}

Json projectJson(const std::string& path)
{
    std::ifstream file(COUNTERSIGN_SOURCE_DIR "/" + path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return must(parseJson(bytes.str()));
}

trust::PrivateKey keyFor(std::string_view seed)
{
    const std::string bytes(Digest::of(seed).bytes());
    return must(trust::PrivateKey::fromEd25519Seed(trust::SecretBytes::copyOf(bytes)));
}

Json keyJson(const trust::PublicKey& key)
{
    return {{"key_id", key.keyId()}, {"public_key_pem", key.pem()}};
}

Json rosterJson()
{
    Json roster = projectJson("resources/demo/roster.json");
    roster["schema"] = "roster";
    roster["version"] = 1;
    for (Json& person : roster["people"])
        person["keys"] = Json::array({keyJson(keyFor(textMember(person, "id")).publicKey())});
    return roster;
}

Json policyJson()
{
    return projectJson("resources/policy/default-policy.json");
}

std::vector<control::OperationFacts> demoOperations(const Json& plan)
{
    std::vector<control::OperationFacts> operations;
    for (const Json& step : plan["steps"]) {
        addOperation(step["call"], operations);
        if (step["compensation"].contains("call"))
            addOperation(step["compensation"]["call"], operations);
    }
    return operations;
}

control::RequestInput demoInput(const std::string& name)
{
    const std::string folder = kDecisions + name + "/";
    const Json claim = projectJson(folder + "approval_request.json");
    const Json plan = projectJson(folder + "execution_plan.json");
    control::RequestInput input{
        .requestId = textMember(claim["header"], "record_id"),
        .revision = 1,
        .claim = claim,
        .memo = projectJson(folder + "memo.json"),
        .plan = plan,
        .evidencePack = projectJson(folder + "evidence_pack.json"),
        .packet = {},
        .planItem = itemOf(plan),
        .operations = demoOperations(plan),
        .amendedBy = std::nullopt,
        .now = must(Instant::parse(textMember(claim, "requested_at")))};
    for (const Json& reference : claim["packet"])
        input.packet.push_back(
            {textMember(reference, "schema"),
             textMember(reference, "record_id"),
             reference["revision"].get<int>(),
             must(Digest::parse(textMember(reference, "sha256")))});
    return input;
}

ControlBench::ControlBench()
    : roster(must(control::parseRoster(rosterJson())))
    , policy(must(control::parsePolicy(policyJson())))
{}

control::ApprovalRequest ControlBench::request(const std::string& name) const
{
    return request(demoInput(name));
}

control::ApprovalRequest ControlBench::request(const control::RequestInput& input) const
{
    return must(control::buildRequest(input, policy, roster));
}

control::AnswerDraft ControlBench::draft(
    const control::ApprovalRequest& request, const std::string& personId, control::AnswerKind kind)
{
    using control::AnswerKind;
    control::AnswerDraft draft;
    draft.kind = kind;
    draft.personId = personId;
    draft.keyId = keyFor(personId).publicKey().keyId();
    if (kind == AnswerKind::Reject || kind == AnswerKind::Respond)
        draft.reason = "Because of \"quotes\", <tags> & an umlaut: \xC3\xA4";
    draft.nonce = nonce();
    draft.issuedAt = request.requestedAt + std::chrono::hours(1);
    if (kind == AnswerKind::Defer)
        draft.deferUntil = request.requestedAt + std::chrono::hours(2);
    return draft;
}

control::RunOrder ControlBench::order(
    const control::ApprovalRequest& request,
    const std::string& personId,
    control::RunOrderKind kind)
{
    return {
        kind,
        "run_01KRXBH9A0B2K0HR1V5EEXKCG1",
        kind == control::RunOrderKind::Cancel ? std::string() : request.plan.recordId,
        personId,
        keyFor(personId).publicKey().keyId(),
        "It may go.",
        nonce(),
        request.requestedAt + std::chrono::hours(1)};
}

trust::Envelope ControlBench::signedBy(std::string_view seed, const std::string& payload)
{
    return must(trust::signEnvelope(payload, trust::kInTotoPayloadType, keyFor(seed)));
}

trust::Envelope ControlBench::signedAnswer(
    const control::ApprovalRequest& request, const std::string& personId, control::AnswerKind kind)
{
    return signedBy(personId, control::answerStatement(request, draft(request, personId, kind)));
}

Result<control::VerifiedAnswer>
ControlBench::verify(const trust::Envelope& envelope, const control::ApprovalRequest& request) const
{
    return control::verifyAnswer(envelope, request, policy, roster, received(request));
}

Instant ControlBench::received(const control::ApprovalRequest& request)
{
    return request.requestedAt + std::chrono::minutes(61);
}

std::string ControlBench::nonce()
{
    return hexEncode(m_entropy.bytes(16));
}

} // namespace countersign::testing
