#pragma once

#include "models/result.h"
#include "planes/control/cedar/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The functions and methods of the extension types. (The methods of sets and tags belong to the
/// language itself and are expression kinds, see ast.h.)
namespace countersign::cedar {

enum class ExtensionFunction : std::uint8_t {
    Decimal,
    Ip,
    DateTime,
    Duration,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
    IsIpv4,
    IsIpv6,
    IsLoopback,
    IsMulticast,
    IsInRange,
    Offset,
    DurationSince,
    ToDate,
    ToTime,
    ToMilliseconds,
    ToSeconds,
    ToMinutes,
    ToHours,
    ToDays,
};

/// The function of a name of policy text, e.g. `isInRange`.
[[nodiscard]] std::optional<ExtensionFunction> extensionFunction(std::string_view name);
[[nodiscard]] std::string_view functionName(ExtensionFunction function);
/// Written `f(x)`: a constructor. All others are written `x.f(…)`.
[[nodiscard]] bool isConstructor(ExtensionFunction function);
/// With the object of a method.
[[nodiscard]] std::size_t argumentCount(ExtensionFunction function);

/// Why a call has no value.
enum class CallFailure : std::uint8_t {
    None,
    ArgumentCount, ///< Not argumentCount().
    ArgumentKind,  ///< An argument of another kind than the function takes.
    Malformed,     ///< A constructor's text is not in the form.
    Overflow,      ///< The result leaves 64 bits.
};

/// Calls the function; after None `result` is its value. Allocates only for what `ip` makes and for
/// the reason of a malformed text.
[[nodiscard]] CallFailure
callExtension(ExtensionFunction function, std::span<const ValueView> arguments, Value& result);

/// One sentence on why the call has no value.
[[nodiscard]] std::string describeFailure(
    ExtensionFunction function, std::span<const ValueView> arguments, CallFailure failure);

/// The same as a result. Errors: InvalidInput (rule `cedar.call`).
[[nodiscard]] Result<Value>
callExtension(ExtensionFunction function, std::span<const ValueView> arguments);

} // namespace countersign::cedar
