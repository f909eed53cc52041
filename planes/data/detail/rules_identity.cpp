#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <array>

namespace countersign::data::detail {

namespace {

struct Kind
{
    std::string_view schema;
    std::string_view prefix; ///< Of the record id.
    bool onePerDecision;
};

constexpr std::array<Kind, 11> kKinds = {{
    {"memo", "mem", true},
    {"scenario_set", "scn", true},
    {"risk_synthesis", "rsk", true},
    {"forecast", "fct", false},
    {"evidence_item", "evi", false},
    {"evidence_pack", "evp", true},
    {"approval_request", "apr", true},
    {"execution_plan", "pln", true},
    {"tool_receipt", "rcp", false},
    {"outcome", "out", true},
    {"metric_definition", "met", false},
}};

const Kind* kindOf(std::string_view schema)
{
    const auto found = std::find_if(
        kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.schema == schema; });
    return found == kKinds.end() ? nullptr : &*found;
}

void checkHeaders(RuleContext& context)
{
    const IncomingRecord* first = context.leader();
    if (first == nullptr)
        return;
    const std::string& tenantId =
        context.known().tenantId.empty() ? first->tenantId : context.known().tenantId;
    for (const IncomingRecord* record : context.incoming()) {
        const Kind* kind = kindOf(record->schema);
        if (kind == nullptr || !record->recordId.starts_with(std::string(kind->prefix) + '_'))
            context.report(
                *record,
                "/header/schema",
                "header.schema",
                "\"" + record->schema + "\" does not fit the record id " + record->recordId);
        if (record->tenantId != tenantId)
            context.report(
                *record,
                "/header/tenant_id",
                "header.tenant",
                "belongs to tenant \"" + record->tenantId + "\", not to \"" + tenantId + "\"");
        if (!record->decisionId.empty() && record->decisionId != first->decisionId)
            context.report(
                *record,
                "/header/decision_id",
                "header.decision",
                "belongs to " + record->decisionId + ", the other documents to "
                    + first->decisionId);
    }
}

void checkOnePerDecision(RuleContext& context)
{
    for (const Kind& kind : kKinds) {
        if (!kind.onePerDecision)
            continue;
        const std::vector<const IncomingRecord*> records = context.all(kind.schema);
        if (records.empty())
            continue;
        // What is known stands; otherwise the first by path.
        const IncomingRecord* standing =
            *std::min_element(records.begin(), records.end(), [&](const auto* a, const auto* b) {
                return std::pair(context.isIncoming(*a), a->path)
                       < std::pair(context.isIncoming(*b), b->path);
            });
        for (const IncomingRecord* record : records) {
            if (context.isIncoming(*record) && record->recordId != standing->recordId
                && record->decisionId == standing->decisionId)
                context.report(
                    *record,
                    "/header/record_id",
                    "decision.single",
                    "a decision has one " + record->schema + "; " + standing->recordId
                        + " is another");
        }
    }
}

void checkSuperseded(RuleContext& context, const IncomingRecord& record)
{
    if (record.revision <= 1)
        return;
    const IncomingRecord* before = context.revision(record.recordId, record.revision - 1);
    if (before == nullptr) {
        context.report(
            record,
            "/header/revision",
            "revision.supersedes",
            "revision " + std::to_string(record.revision - 1) + " of " + record.recordId
                + " is neither here nor known");
        return;
    }
    const std::string stated = JsonPlace(record.content).in("header/supersedes_sha256").text();
    if (stated != before->canonicalDigest.hex())
        context.report(
            record,
            "/header/supersedes_sha256",
            "revision.supersedes",
            "the digest of revision " + std::to_string(before->revision) + " is "
                + before->canonicalDigest.hex());
}

void checkRevisions(RuleContext& context)
{
    for (const IncomingRecord* record : context.incoming()) {
        const IncomingRecord* holder = context.revision(record->recordId, record->revision);
        if (holder != record && context.isIncoming(*holder)) {
            context.report(
                *record,
                "/header/revision",
                "revision.duplicate",
                holder->path + " is the same revision of " + record->recordId);
        } else if (holder != record && holder->canonicalDigest != record->canonicalDigest) {
            context.report(
                *record,
                "/header/revision",
                "revision.conflict",
                "revision " + std::to_string(record->revision) + " of " + record->recordId
                    + " is known with the digest " + holder->canonicalDigest.hex(),
                ErrorCode::Conflict);
        }
        for (const IncomingRecord* other :
             {holder, context.oldest(record->recordId), context.newest(record->recordId)}) {
            if (other->schema != record->schema || other->tenantId != record->tenantId
                || other->decisionId != record->decisionId)
                context.report(
                    *record,
                    "/header/record_id",
                    "revision.identity",
                    "another revision of " + record->recordId
                        + " has another kind, tenant or decision");
        }
        checkSuperseded(context, *record);
    }
}

} // namespace

void checkIdentity(RuleContext& context)
{
    checkHeaders(context);
    checkOnePerDecision(context);
    checkRevisions(context);
}

} // namespace countersign::data::detail
