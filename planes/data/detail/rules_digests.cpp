#include "planes/data/detail/rule_context.h"

namespace countersign::data::detail {

namespace {

struct DigestReference
{
    std::string_view schema;
    std::string_view places;
};

constexpr DigestReference kDigestReferences[] = {
    {"evidence_pack", "/items/*"},
    {"approval_request", "/packet/*"},
    {"approval_request", "/votes/*/amended_plan"},
    {"tool_receipt", "/plan"},
};

void checkDigestReference(
    RuleContext& context, const IncomingRecord& record, const JsonPlace& reference)
{
    const std::string id = reference.at("record_id").text();
    const IncomingRecord* newest = context.newest(id);
    if (newest == nullptr
        || (!newest->decisionId.empty() && newest->decisionId != record.decisionId)) {
        context.report(
            record,
            reference.at("record_id").pointer(),
            "reference.unresolved",
            "the decision has no record " + id);
        return;
    }
    const std::int64_t number = reference.at("revision").integer();
    const IncomingRecord* target = context.revision(id, number);
    if (target == nullptr) {
        context.report(
            record,
            reference.at("revision").pointer(),
            "reference.unresolved",
            "there is no revision " + std::to_string(number) + " of " + id);
        return;
    }
    if (target->schema != reference.at("schema").text())
        context.report(
            record,
            reference.at("schema").pointer(),
            "reference.kind",
            id + " is of the kind " + target->schema);
    if (target->canonicalDigest.hex() != reference.at("sha256").text())
        context.report(
            record,
            reference.at("sha256").pointer(),
            "digest.document",
            "the digest of " + id + " revision " + std::to_string(number) + " is "
                + target->canonicalDigest.hex());
}

/// The digests that the references state, in order and joined: nothing when one is malformed.
std::optional<Digest> listDigest(const std::vector<JsonPlace>& references)
{
    std::vector<Digest> digests;
    for (const JsonPlace& reference : references) {
        const Result<Digest> digest = Digest::parse(reference.at("sha256").text());
        if (!digest.ok())
            return std::nullopt;
        digests.push_back(*digest);
    }
    return digestOfList(digests);
}

void checkListDigest(
    RuleContext& context,
    const IncomingRecord& record,
    std::string_view list,
    const std::vector<JsonPlace>& stated,
    std::string_view rule)
{
    const JsonPlace root(record.content);
    const std::optional<Digest> wanted = listDigest(root.at(list).elements());
    for (const JsonPlace& place : stated) {
        if (!wanted || place.text() != wanted->hex())
            context.report(
                record,
                place.pointer(),
                rule,
                "the digest of " + root.at(list).pointer() + " is "
                    + (wanted ? wanted->hex() : std::string("not computable")));
    }
}

void checkPayloads(RuleContext& context, const IncomingRecord& plan)
{
    for (const JsonPlace& step : JsonPlace(plan.content).at("steps").elements()) {
        for (const JsonPlace& call : {step.at("call"), step.in("compensation/call")}) {
            if (!call.exists())
                continue;
            const Result<Digest> wanted = canonicalDigest(call.at("payload").value());
            if (!wanted.ok() || wanted->hex() != call.at("payload_sha256").text())
                context.report(
                    plan,
                    call.at("payload_sha256").pointer(),
                    "digest.payload",
                    wanted.ok() ? "the digest of the payload is " + wanted->hex()
                                : wanted.error().detail);
        }
    }
}

} // namespace

void checkDigests(RuleContext& context)
{
    for (const DigestReference& kind : kDigestReferences) {
        for (const IncomingRecord* record : context.incoming(kind.schema)) {
            if (context.isAstray(*record))
                continue;
            for (const JsonPlace& reference : placesOf(JsonPlace(record->content), kind.places))
                checkDigestReference(context, *record, reference);
        }
    }
    for (const IncomingRecord* pack : context.incoming("evidence_pack")) {
        std::vector<JsonPlace> stated =
            placesOf(JsonPlace(pack->content), "/attestations/*/root_sha256");
        stated.insert(stated.begin(), JsonPlace(pack->content).at("root_sha256"));
        checkListDigest(context, *pack, "items", stated, "digest.root");
    }
    for (const IncomingRecord* request : context.incoming("approval_request"))
        checkListDigest(
            context,
            *request,
            "packet",
            {JsonPlace(request->content).at("packet_sha256")},
            "digest.packet");
    for (const IncomingRecord* plan : context.incoming("execution_plan"))
        checkPayloads(context, *plan);
}

} // namespace countersign::data::detail
