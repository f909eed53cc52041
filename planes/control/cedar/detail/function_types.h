#pragma once

#include "planes/control/cedar/ext_call.h"
#include "planes/control/cedar/schema_type.h"

#include <optional>
#include <span>
#include <string_view>

namespace countersign::cedar {

/// What an extension function takes (the object of a method first) and gives.
struct FunctionType
{
    std::span<const TypeKind> arguments;
    TypeKind result;
};

[[nodiscard]] FunctionType functionType(ExtensionFunction function);
/// The function that makes an extension type from a string.
[[nodiscard]] std::optional<ExtensionFunction> constructorOf(TypeKind kind);

} // namespace countersign::cedar
