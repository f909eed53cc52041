#include "planes/control/cedar/ext_call.h"

#include <algorithm>
#include <array>

namespace countersign::cedar {

namespace {

struct Signature
{
    std::string_view name;
    ValueKind object; ///< Or the constructor's argument.
    std::optional<ValueKind> argument = {};
};

/// In the order of ExtensionFunction.
constexpr std::array<Signature, 22> kSignatures = {{
    {"decimal", ValueKind::String},
    {"ip", ValueKind::String},
    {"datetime", ValueKind::String},
    {"duration", ValueKind::String},
    {"lessThan", ValueKind::Decimal, ValueKind::Decimal},
    {"lessThanOrEqual", ValueKind::Decimal, ValueKind::Decimal},
    {"greaterThan", ValueKind::Decimal, ValueKind::Decimal},
    {"greaterThanOrEqual", ValueKind::Decimal, ValueKind::Decimal},
    {"isIpv4", ValueKind::Ip},
    {"isIpv6", ValueKind::Ip},
    {"isLoopback", ValueKind::Ip},
    {"isMulticast", ValueKind::Ip},
    {"isInRange", ValueKind::Ip, ValueKind::Ip},
    {"offset", ValueKind::DateTime, ValueKind::Duration},
    {"durationSince", ValueKind::DateTime, ValueKind::DateTime},
    {"toDate", ValueKind::DateTime},
    {"toTime", ValueKind::DateTime},
    {"toMilliseconds", ValueKind::Duration},
    {"toSeconds", ValueKind::Duration},
    {"toMinutes", ValueKind::Duration},
    {"toHours", ValueKind::Duration},
    {"toDays", ValueKind::Duration},
}};
static_assert(kSignatures.size() == static_cast<std::size_t>(ExtensionFunction::ToDays) + 1);

const Signature& signatureOf(ExtensionFunction function)
{
    return kSignatures.at(static_cast<std::size_t>(function));
}

Value valueOf(Decimal value)
{
    return Value::decimal(value);
}

Value valueOf(const IpAddress& value)
{
    return Value::ip(value);
}

Value valueOf(DateTime value)
{
    return Value::dateTime(value);
}

Value valueOf(Duration value)
{
    return Value::duration(value);
}

template <class T>
CallFailure take(const Result<T>& parsed, Value& result)
{
    if (!parsed.ok())
        return CallFailure::Malformed;
    result = valueOf(*parsed);
    return CallFailure::None;
}

template <class T>
CallFailure take(const std::optional<T>& sum, Value& result)
{
    if (!sum)
        return CallFailure::Overflow;
    result = valueOf(*sum);
    return CallFailure::None;
}

CallFailure call(ExtensionFunction function, std::span<const ValueView> arguments, Value& result)
{
    const ValueView& object = arguments.front();
    const auto give = [&result](Value value) {
        result = std::move(value);
        return CallFailure::None;
    };
    switch (function) {
    case ExtensionFunction::Decimal:
        return take(Decimal::parse(object.string()), result);
    case ExtensionFunction::Ip:
        return take(IpAddress::parse(object.string()), result);
    case ExtensionFunction::DateTime:
        return take(DateTime::parse(object.string()), result);
    case ExtensionFunction::Duration:
        return take(Duration::parse(object.string()), result);
    case ExtensionFunction::LessThan:
        return give(Value::boolean(object.decimal() < arguments[1].decimal()));
    case ExtensionFunction::LessThanOrEqual:
        return give(Value::boolean(object.decimal() <= arguments[1].decimal()));
    case ExtensionFunction::GreaterThan:
        return give(Value::boolean(object.decimal() > arguments[1].decimal()));
    case ExtensionFunction::GreaterThanOrEqual:
        return give(Value::boolean(object.decimal() >= arguments[1].decimal()));
    case ExtensionFunction::IsIpv4:
        return give(Value::boolean(!object.ip().isV6));
    case ExtensionFunction::IsIpv6:
        return give(Value::boolean(object.ip().isV6));
    case ExtensionFunction::IsLoopback:
        return give(Value::boolean(object.ip().isLoopback()));
    case ExtensionFunction::IsMulticast:
        return give(Value::boolean(object.ip().isMulticast()));
    case ExtensionFunction::IsInRange:
        return give(Value::boolean(object.ip().isInRange(arguments[1].ip())));
    case ExtensionFunction::Offset:
        return take(object.dateTime().offset(arguments[1].duration()), result);
    case ExtensionFunction::DurationSince:
        return take(object.dateTime().durationSince(arguments[1].dateTime()), result);
    case ExtensionFunction::ToDate:
        return take(object.dateTime().toDate(), result);
    case ExtensionFunction::ToTime:
        return give(Value::duration(object.dateTime().toTime()));
    case ExtensionFunction::ToMilliseconds:
        return give(Value::integer(object.duration().milliseconds));
    case ExtensionFunction::ToSeconds:
        return give(Value::integer(object.duration().toSeconds()));
    case ExtensionFunction::ToMinutes:
        return give(Value::integer(object.duration().toMinutes()));
    case ExtensionFunction::ToHours:
        return give(Value::integer(object.duration().toHours()));
    case ExtensionFunction::ToDays:
        return give(Value::integer(object.duration().toDays()));
    }
    return CallFailure::ArgumentCount;
}

} // namespace

std::optional<ExtensionFunction> extensionFunction(std::string_view name)
{
    const auto found =
        std::find_if(kSignatures.begin(), kSignatures.end(), [name](const Signature& signature) {
            return signature.name == name;
        });
    if (found == kSignatures.end())
        return std::nullopt;
    return static_cast<ExtensionFunction>(found - kSignatures.begin());
}

std::string_view functionName(ExtensionFunction function)
{
    return signatureOf(function).name;
}

bool isConstructor(ExtensionFunction function)
{
    return signatureOf(function).object == ValueKind::String;
}

std::size_t argumentCount(ExtensionFunction function)
{
    return signatureOf(function).argument ? 2 : 1;
}

CallFailure
callExtension(ExtensionFunction function, std::span<const ValueView> arguments, Value& result)
{
    const Signature& signature = signatureOf(function);
    if (arguments.size() != argumentCount(function))
        return CallFailure::ArgumentCount;
    if (!arguments.front().is(signature.object)
        || (signature.argument && !arguments[1].is(*signature.argument)))
        return CallFailure::ArgumentKind;
    return call(function, arguments, result);
}

std::string describeFailure(
    ExtensionFunction function, std::span<const ValueView> arguments, CallFailure failure)
{
    const Signature& signature = signatureOf(function);
    const std::string name(signature.name);
    switch (failure) {
    case CallFailure::None:
        return {};
    case CallFailure::ArgumentCount:
        return name + " takes "
               + std::to_string(argumentCount(function) - (isConstructor(function) ? 0 : 1))
               + " argument(s)";
    case CallFailure::ArgumentKind: {
        const bool isFirst = !arguments.front().is(signature.object);
        return name + " needs a value of type "
               + std::string(kindName(isFirst ? signature.object : *signature.argument)) + ", not "
               + std::string(kindName(arguments[isFirst ? 0 : 1].kind()));
    }
    case CallFailure::Malformed:
        return valueText(arguments.front()) + " is not in the form that " + name + " reads";
    case CallFailure::Overflow:
        return "the result of " + name + " does not fit 64 bits";
    }
    return {};
}

Result<Value> callExtension(ExtensionFunction function, std::span<const ValueView> arguments)
{
    Value result;
    const CallFailure failure = callExtension(function, arguments, result);
    if (failure == CallFailure::None)
        return result;
    return fail(
        ErrorCode::InvalidInput, describeFailure(function, arguments, failure), "cedar.call");
}

} // namespace countersign::cedar
