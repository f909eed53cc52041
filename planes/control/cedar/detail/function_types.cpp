#include "planes/control/cedar/detail/function_types.h"

#include <array>

namespace countersign::cedar {

namespace {

constexpr std::array<TypeKind, 1> kOneString = {TypeKind::String};
constexpr std::array<TypeKind, 2> kTwoDecimals = {TypeKind::Decimal, TypeKind::Decimal};
constexpr std::array<TypeKind, 1> kOneIp = {TypeKind::Ip};
constexpr std::array<TypeKind, 2> kTwoIps = {TypeKind::Ip, TypeKind::Ip};
constexpr std::array<TypeKind, 1> kOneDateTime = {TypeKind::DateTime};
constexpr std::array<TypeKind, 2> kTwoDateTimes = {TypeKind::DateTime, TypeKind::DateTime};
constexpr std::array<TypeKind, 2> kDateTimeAndDuration = {TypeKind::DateTime, TypeKind::Duration};
constexpr std::array<TypeKind, 1> kOneDuration = {TypeKind::Duration};

} // namespace

FunctionType functionType(ExtensionFunction function)
{
    switch (function) {
    case ExtensionFunction::Decimal:
        return {kOneString, TypeKind::Decimal};
    case ExtensionFunction::Ip:
        return {kOneString, TypeKind::Ip};
    case ExtensionFunction::DateTime:
        return {kOneString, TypeKind::DateTime};
    case ExtensionFunction::Duration:
        return {kOneString, TypeKind::Duration};
    case ExtensionFunction::LessThan:
    case ExtensionFunction::LessThanOrEqual:
    case ExtensionFunction::GreaterThan:
    case ExtensionFunction::GreaterThanOrEqual:
        return {kTwoDecimals, TypeKind::Bool};
    case ExtensionFunction::IsIpv4:
    case ExtensionFunction::IsIpv6:
    case ExtensionFunction::IsLoopback:
    case ExtensionFunction::IsMulticast:
        return {kOneIp, TypeKind::Bool};
    case ExtensionFunction::IsInRange:
        return {kTwoIps, TypeKind::Bool};
    case ExtensionFunction::Offset:
        return {kDateTimeAndDuration, TypeKind::DateTime};
    case ExtensionFunction::DurationSince:
        return {kTwoDateTimes, TypeKind::Duration};
    case ExtensionFunction::ToDate:
        return {kOneDateTime, TypeKind::DateTime};
    case ExtensionFunction::ToTime:
        return {kOneDateTime, TypeKind::Duration};
    case ExtensionFunction::ToMilliseconds:
    case ExtensionFunction::ToSeconds:
    case ExtensionFunction::ToMinutes:
    case ExtensionFunction::ToHours:
    case ExtensionFunction::ToDays:
        return {kOneDuration, TypeKind::Long};
    }
    return {};
}

std::optional<ExtensionFunction> constructorOf(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Decimal:
        return ExtensionFunction::Decimal;
    case TypeKind::Ip:
        return ExtensionFunction::Ip;
    case TypeKind::DateTime:
        return ExtensionFunction::DateTime;
    case TypeKind::Duration:
        return ExtensionFunction::Duration;
    case TypeKind::False:
    case TypeKind::True:
    case TypeKind::Bool:
    case TypeKind::Long:
    case TypeKind::String:
    case TypeKind::Entity:
    case TypeKind::Set:
    case TypeKind::Record:
        break;
    }
    return std::nullopt;
}

} // namespace countersign::cedar
