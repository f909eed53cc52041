#include "models/records/record.h"

#include <array>

namespace countersign {

namespace {

template <auto Parse>
Result<Record> parseAs(const Json& document)
{
    CS_TRY(auto record, Parse(document));
    return Record(std::move(record));
}

struct Kind
{
    std::string_view name;
    Result<Record> (*parse)(const Json&);
};

constexpr std::array kKinds = {
    Kind{"memo", &parseAs<&parseMemo>},
    Kind{"scenario_set", &parseAs<&parseScenarioSet>},
    Kind{"risk_synthesis", &parseAs<&parseRiskSynthesis>},
    Kind{"forecast", &parseAs<&parseForecast>},
    Kind{"evidence_item", &parseAs<&parseEvidenceItem>},
    Kind{"evidence_pack", &parseAs<&parseEvidencePack>},
    Kind{"execution_plan", &parseAs<&parseExecutionPlan>},
    Kind{"approval_request", &parseAs<&parseApprovalRequest>},
    Kind{"tool_receipt", &parseAs<&parseToolReceipt>},
    Kind{"outcome", &parseAs<&parseOutcome>},
    Kind{"metric_definition", &parseAs<&parseMetricDefinition>}};

} // namespace

Result<Record> parseRecord(const Json& document)
{
    const std::string name = recordKind(document);
    for (const Kind& kind : kKinds) {
        if (kind.name == name)
            return kind.parse(document);
    }
    return fail(
        ErrorCode::InvalidInput,
        "\"" + name.substr(0, 40) + "\" is not a kind of record",
        "record.kind",
        "/header/schema");
}

Json toJson(const Record& record)
{
    return std::visit([](const auto& value) { return toJson(value); }, record);
}

const Header& headerOf(const Record& record)
{
    return std::visit([](const auto& value) -> const Header& { return value.header; }, record);
}

} // namespace countersign
