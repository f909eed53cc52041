#pragma once

#include "models/result.h"
#include "planes/data/detail/schema_node.h"
#include "planes/data/detail/schema_registry.h"
#include "planes/data/json_schema.h"

/// From JSON schema text to the node graph.
namespace countersign::data::detail {

/// Compiles every subschema the registry holds, and those their references add. See
/// SchemaSet::Builder::build for the errors.
[[nodiscard]] Result<CompiledSchemas> compileSchemas(SchemaRegistry& registry, FormatMode formats);

/// Refuses schemas that apply each other to the same instance without end. Errors: InvalidInput
/// (rule `schema.cycle`).
[[nodiscard]] Result<void> refuseCycles(const std::vector<Node>& nodes);

} // namespace countersign::data::detail
