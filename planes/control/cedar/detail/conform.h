#pragma once

#include "planes/control/cedar/detail/place.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/value.h"

namespace countersign::cedar {

/// The type that values of this kind have; for kinds that need more than the kind, nothing.
[[nodiscard]] bool isOfKind(ValueKind value, TypeKind type);
/// What a message says about a value of the wrong type.
[[nodiscard]] Failure
wrongType(const Schema& schema, std::string_view found, TypeId expected, const Place& place);
[[nodiscard]] Failure missingAttribute(std::string_view name, const Place& place);
[[nodiscard]] Failure undeclaredAttribute(std::string_view name, const Place& place);
/// Schema::checkUid(), placed.
[[nodiscard]] Result<void> checkUidAt(const Schema& schema, const UidData& uid, const Place& place);
/// The uid may stand where the entity type is expected.
[[nodiscard]] Result<void>
checkUidOfType(const Schema& schema, const UidData& uid, TypeId expected, const Place& place);
[[nodiscard]] Result<void>
checkValueAt(const Schema& schema, const ValueView& value, TypeId type, const Place& place);
/// An entity of this uid may have the parent.
[[nodiscard]] Result<void>
checkParent(const Schema& schema, const UidData& uid, const UidData& parent, const Place& place);
[[nodiscard]] Failure tagsUndeclared(std::string_view type, const Place& place);

} // namespace countersign::cedar
