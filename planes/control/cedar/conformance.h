#pragma once

#include "models/result.h"
#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/value.h"

#include <string>
#include <string_view>

/// Whether values and entities are what a schema declares.
namespace countersign::cedar {

/// The value belongs to the type, and every uid in it may occur. Errors: Refused (rule
/// `cedar.conform.type`, `cedar.conform.missing`, `cedar.conform.undeclared`, and those of
/// Schema::checkUid); the pointer is `pointer` and the place below it, elements of sets by their
/// canonical order.
[[nodiscard]] Result<void>
checkValue(const Schema& schema, const ValueView& value, TypeId type, std::string_view pointer);

/// The entity's type is declared, its id is one the type allows, and attributes, tags and parents
/// are as declared. An action has to have no attributes and tags and declared groups as parents.
/// Errors: Refused (as checkValue, and rule `cedar.conform.parent`, `cedar.conform.tags`,
/// `cedar.conform.action`); the pointer is `pointer` and the place in the entities format.
[[nodiscard]] Result<void>
checkEntity(const Schema& schema, const Entity& entity, std::string_view pointer);

} // namespace countersign::cedar
