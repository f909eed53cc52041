#include "planes/data/detail/rule_context.h"

#include <map>
#include <set>
#include <span>

namespace countersign::data::detail {

namespace {

/// A place that names another record of the decision by its id.
struct RecordReference
{
    std::string_view schema; ///< Empty for every kind.
    std::string_view places;
    std::string_view target; ///< Kind of the record named; empty for any.
};

constexpr RecordReference kRecordReferences[] = {
    {"", "/header/causation_id", ""},
    {"memo", "/claims/*/evidence_ids/*", "evidence_item"},
    {"memo", "/scenario_set_id", "scenario_set"},
    {"memo", "/risk_synthesis_id", "risk_synthesis"},
    {"memo", "/forecast_ids/*", "forecast"},
    {"memo", "/evidence_pack_id", "evidence_pack"},
    {"scenario_set", "/model/variables/*/evidence_ids/*", "evidence_item"},
    {"risk_synthesis", "/risks/*/evidence_ids/*", "evidence_item"},
    {"risk_synthesis", "/risks/*/controls/*/evidence_ids/*", "evidence_item"},
    {"forecast", "/entries/*/actual/evidence_id", "evidence_item"},
    {"evidence_pack", "/memo_id", "memo"},
    {"evidence_pack", "/stale_evidence_ids/*", "evidence_item"},
    {"evidence_pack", "/compliance/*/evidence_ids/*", "evidence_item"},
    {"tool_receipt", "/approval_request_id", "approval_request"},
    {"outcome", "/memo_id", "memo"},
    {"outcome", "/approval_request_id", "approval_request"},
    {"outcome", "/receipt_ids/*", "tool_receipt"},
    {"outcome", "/measurements/*/evidence_ids/*", "evidence_item"},
};

/// A place that names a part of a document by a key that is unique inside it.
struct LocalReference
{
    std::string_view schema;
    std::string_view places;
    std::string_view target; ///< Kind of the document that holds the part; empty for the same one.
    std::string_view keys;   ///< Where the parts state their keys.
    /// Where the document names the target by id: with that unresolved, nothing is said here again.
    std::string_view link = {};
};

constexpr std::string_view kVariables = "/model/variables/*/variable_id";
constexpr std::string_view kOutcomes = "/model/outcomes/*/outcome_id";
constexpr std::string_view kScenarios = "/scenarios/*/scenario_id";
constexpr std::string_view kOptions = "/options/*/option_id";
constexpr std::string_view kClaims = "/claims/*/claim_id";

constexpr LocalReference kLocalReferences[] = {
    {"memo", "/recommendation/option_id", "", kOptions},
    {"memo", "/financial_impact/*/option_id", "", kOptions},
    {"memo", "/options/*/scenario_id", "scenario_set", kScenarios, "/scenario_set_id"},
    {"evidence_item", "/bears_on/*/claim_id", "memo", kClaims},
    {"evidence_pack", "/coverage/supported_claim_ids/*", "memo", kClaims, "/memo_id"},
    {"evidence_pack", "/coverage/contradicted_claim_ids/*", "memo", kClaims, "/memo_id"},
    {"evidence_pack", "/coverage/unsupported_claim_ids/*", "memo", kClaims, "/memo_id"},
    {"scenario_set", "/model/correlations/*/a", "", kVariables},
    {"scenario_set", "/model/correlations/*/b", "", kVariables},
    {"scenario_set", "/model/objective_outcome_id", "", kOutcomes},
    {"scenario_set", "/scenarios/*/overrides/*/variable_id", "", kVariables},
    {"scenario_set", "/scenarios/*/results/*/outcome_id", "", kOutcomes},
    {"scenario_set", "/sensitivity/*/scenario_id", "", kScenarios},
    {"scenario_set", "/sensitivity/*/variable_id", "", kVariables},
    {"scenario_set", "/comparison/preferred_scenario_id", "", kScenarios},
    {"scenario_set", "/comparison/probability_best/*/scenario_id", "", kScenarios},
    {"scenario_set", "/comparison/evppi/*/variable_id", "", kVariables},
    {"execution_plan", "/steps/*/depends_on/*", "", "/steps/*/step_id"},
    {"outcome", "/chosen_option_id", "memo", kOptions, "/memo_id"},
    {"outcome", "/claim_results/*/claim_id", "memo", kClaims, "/memo_id"},
    {"outcome", "/risk_results/*/risk_id", "risk_synthesis", "/risks/*/risk_id"},
    {"outcome", "/measurements/*/outcome_id", "scenario_set", kOutcomes},
};

/// Keys that must differ within each place of `groups`.
struct UniqueKey
{
    std::string_view schema;
    std::string_view groups;
    std::string_view keys;
};

constexpr UniqueKey kUniqueKeys[] = {
    {"memo", "", kOptions},
    {"memo", "", kClaims},
    {"memo", "", "/assumptions/*/assumption_id"},
    {"memo", "", "/proposed_actions/*/action_id"},
    {"scenario_set", "", kVariables},
    {"scenario_set", "", kOutcomes},
    {"scenario_set", "", kScenarios},
    {"scenario_set", "/scenarios/*", "/overrides/*/variable_id"},
    {"scenario_set", "/scenarios/*", "/results/*/outcome_id"},
    {"scenario_set", "", "/comparison/probability_best/*/scenario_id"},
    {"scenario_set", "", "/comparison/evppi/*/variable_id"},
    {"risk_synthesis", "", "/risks/*/risk_id"},
    {"risk_synthesis", "/risks/*", "/controls/*/control_id"},
    {"forecast", "", "/entries/*/entry_id"},
    {"evidence_pack", "", "/items/*/record_id"},
    {"evidence_pack", "", "/completeness/*/part"},
    {"approval_request", "", "/packet/*/record_id"},
    {"execution_plan", "", "/steps/*/step_id"},
    {"outcome", "", "/claim_results/*/claim_id"},
    {"outcome", "", "/risk_results/*/risk_id"},
    {"metric_definition", "", "/dimensions/*/name"},
    {"metric_definition", "", "/quality_checks/*/check_id"},
};

std::set<std::string> keysOf(const IncomingRecord& record, std::string_view keys)
{
    std::set<std::string> found;
    for (const JsonPlace& key : placesOf(JsonPlace(record.content), keys))
        found.insert(key.text());
    return found;
}

void checkRecordReferences(RuleContext& context, const RecordReference& reference)
{
    for (const IncomingRecord* record : context.incoming()) {
        if ((!reference.schema.empty() && record->schema != reference.schema)
            || context.isAstray(*record))
            continue;
        for (const JsonPlace& place : placesOf(JsonPlace(record->content), reference.places)) {
            const IncomingRecord* target = context.newest(place.text());
            const bool sameDecision =
                target != nullptr
                && (target->decisionId.empty() || target->decisionId == record->decisionId);
            if (!sameDecision)
                context.report(
                    *record,
                    place.pointer(),
                    "reference.unresolved",
                    "the decision has no record " + place.text());
            else if (!reference.target.empty() && target->schema != reference.target)
                context.report(
                    *record,
                    place.pointer(),
                    "reference.kind",
                    place.text() + " is not of the kind " + std::string(reference.target));
        }
    }
}

void checkLocalReferences(RuleContext& context, const LocalReference& reference)
{
    // Where a document names parts of another one, only its newest revision is held to what the
    // other one says now.
    const bool sameDocument = reference.target.empty();
    const std::vector<const IncomingRecord*> records =
        sameDocument ? context.incoming(reference.schema) : context.current(reference.schema);
    if (records.empty())
        return;
    const IncomingRecord* other = sameDocument ? nullptr : context.only(reference.target);
    std::set<std::string> keys;
    if (other != nullptr)
        keys = keysOf(*other, reference.keys);
    for (const IncomingRecord* record : records) {
        const JsonPlace root(record->content);
        const bool linked = !reference.link.empty() && !placesOf(root, reference.link).empty();
        if (!sameDocument && other == nullptr && linked)
            continue;
        const std::vector<JsonPlace> places = placesOf(root, reference.places);
        if (sameDocument && !places.empty())
            keys = keysOf(*record, reference.keys);
        for (const JsonPlace& place : places) {
            if (keys.contains(place.text()))
                continue;
            const std::string holder =
                sameDocument ? "this document" : "the " + std::string(reference.target);
            context.report(
                *record,
                place.pointer(),
                "reference.local",
                holder + " has no \"" + place.text() + "\" at " + std::string(reference.keys));
        }
    }
}

void checkUniqueKeys(RuleContext& context, const UniqueKey& unique)
{
    for (const IncomingRecord* record : context.incoming(unique.schema)) {
        for (const JsonPlace& group : placesOf(JsonPlace(record->content), unique.groups)) {
            std::set<std::string> seen;
            for (const JsonPlace& key : placesOf(group, unique.keys)) {
                if (!seen.insert(key.text()).second)
                    context.report(
                        *record,
                        key.pointer(),
                        "local_id.unique",
                        "\"" + key.text() + "\" is used twice");
            }
        }
    }
}

/// `where` of a part of the evidence pack: a record id, or a JSON pointer into the memo.
void checkWhere(RuleContext& context)
{
    for (const IncomingRecord* pack : context.current("evidence_pack")) {
        const IncomingRecord* memo = context.only("memo");
        for (const JsonPlace& where : placesOf(JsonPlace(pack->content), "/completeness/*/where")) {
            const std::string text = where.text();
            const bool isPointer = text.starts_with('/');
            const bool found = isPointer
                                   ? memo != nullptr && valueAt(memo->content, text) != nullptr
                                   : context.newest(text) != nullptr;
            if (!found)
                context.report(
                    *pack,
                    where.pointer(),
                    "reference.unresolved",
                    isPointer ? "the memo has nothing at " + text
                              : "the decision has no record " + text);
        }
    }
}

} // namespace

void checkReferences(RuleContext& context)
{
    for (const RecordReference& reference : kRecordReferences)
        checkRecordReferences(context, reference);
    for (const LocalReference& reference : kLocalReferences)
        checkLocalReferences(context, reference);
    for (const UniqueKey& unique : kUniqueKeys)
        checkUniqueKeys(context, unique);
    checkWhere(context);
}

} // namespace countersign::data::detail
