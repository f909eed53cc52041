#pragma once

#include "models/result.h"
#include "planes/control/cedar/schema_document.h"

#include <string>
#include <string_view>

/// Cedar schema text (RFC 24 of the Cedar project, with namespaces, enumerated types, tags and
/// annotations).
namespace countersign::cedar {

/// Reads a schema. Names are not looked up; Schema::resolve() does that. Errors: InvalidInput (rule
/// `cedar.syntax`, `cedar.escape`, `cedar.utf8`, `cedar.schema.duplicate`, `cedar.schema.reserved`;
/// the pointer is `line N column M`), LimitExceeded (rule `cedar.size`, `cedar.depth`,
/// `cedar.schema.size`).
[[nodiscard]] Result<SchemaDocument> parseSchemaText(std::string_view text);

/// Writes a schema that reads back the same. Errors: Unsupported (rule `cedar.schema.text`) for
/// what only JSON can say: an entity's shape that is the name of a common type, and an entity type
/// hidden by a common type of the same name.
[[nodiscard]] Result<std::string> schemaText(const SchemaDocument& document);

} // namespace countersign::cedar
