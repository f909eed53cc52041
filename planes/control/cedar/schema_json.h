#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/schema_document.h"

#include <string_view>

/// The JSON form of a Cedar schema.
namespace countersign::cedar {

/// Reads a schema: an object of namespaces, each with `entityTypes` and `actions`, maybe
/// `commonTypes` and `annotations`; unknown members are refused. Names are not looked up;
/// Schema::resolve() does that. Errors: as parseJson; InvalidInput (rule `cedar.schema.member`,
/// `cedar.schema.kind`, `cedar.schema.name`; the pointer is a JSON pointer), Unsupported (rule
/// `cedar.schema.open_record` for records with further attributes), LimitExceeded (rule
/// `cedar.depth`, `cedar.schema.size`).
[[nodiscard]] Result<SchemaDocument> parseSchemaJson(std::string_view bytes);
/// The same from a parsed document.
[[nodiscard]] Result<SchemaDocument> readSchemaJson(const Json& schema);

/// Writes a schema; what has its default value is left out.
[[nodiscard]] Json schemaJson(const SchemaDocument& document);

} // namespace countersign::cedar
