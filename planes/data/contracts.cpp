#include "planes/data/contracts.h"

#include <array>
#include <set>

namespace countersign::data {

namespace {

constexpr std::string_view kUriPrefix = "https://contracts.countersign.example/v1/";
constexpr std::string_view kUriSuffix = ".schema.json";
constexpr std::array<std::string_view, 11> kContractNames{
    "approval_request",
    "evidence_item",
    "evidence_pack",
    "execution_plan",
    "forecast",
    "memo",
    "metric_definition",
    "outcome",
    "risk_synthesis",
    "scenario_set",
    "tool_receipt"};

} // namespace

std::span<const std::string_view> contractNames()
{
    return kContractNames;
}

std::string contractSchemaUri(std::string_view contractName)
{
    return std::string(kUriPrefix) + std::string(contractName) + std::string(kUriSuffix);
}

Result<SchemaSet> loadContractSchemas(const std::vector<std::string>& texts)
{
    SchemaSet::Builder builder;
    std::set<std::string> ids;
    for (const std::string& text : texts) {
        CS_TRY(Json schema, parseJson(text));
        ids.insert(textMember(schema, "$id"));
        CS_CHECK(builder.add(std::move(schema)));
    }
    for (const std::string_view name : kContractNames)
        if (!ids.contains(contractSchemaUri(name)))
            return fail(
                ErrorCode::NotFound,
                "the contract " + std::string(name) + " is missing",
                "schema.uri");
    return builder.build(FormatMode::Assert);
}

} // namespace countersign::data
