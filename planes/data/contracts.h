#pragma once

#include "models/result.h"
#include "planes/data/json_schema.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The record contracts of the product: JSON Schemas with fixed names. Where their text lies is the
/// caller's business.
namespace countersign::data {

/// Names of the eleven records, sorted, e.g. `memo`. Does not hold `common`, against which no
/// document is validated.
[[nodiscard]] std::span<const std::string_view> contractNames();

/// `$id` of a contract: `memo` gives `https://contracts.countersign.example/v1/memo.schema.json`.
/// Does not check that there is one.
[[nodiscard]] std::string contractSchemaUri(std::string_view contractName);

/// Compiles the contracts from their texts, in any order, with formats asserted. All eleven and
/// what they refer to must be there. Errors: as parseJson, SchemaSet::Builder::add and
/// SchemaSet::Builder::build; NotFound (rule `schema.uri`) when a contract is missing.
[[nodiscard]] Result<SchemaSet> loadContractSchemas(const std::vector<std::string>& texts);

} // namespace countersign::data
