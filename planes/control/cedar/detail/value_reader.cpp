#include "planes/control/cedar/detail/value_reader.h"

#include "planes/control/cedar/detail/conform.h"
#include "planes/control/cedar/detail/function_types.h"
#include "planes/control/cedar/ext_call.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace countersign::cedar {

namespace {

constexpr auto kEntityKey = "__entity";
constexpr auto kCallKey = "__extn";
constexpr auto kExpressionKey = "__expr";

Failure refuse(const Place& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.text());
}

Failure placed(const Error& error, const Place& place)
{
    Error copy = error;
    copy.pointer = place.text();
    return fail(std::move(copy));
}

Failure oldExpression(const Place& place)
{
    return refuse(
        place,
        "cedar.value.expression",
        "__expr is no longer read; write __entity or __extn instead");
}

bool hasText(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string();
}

/// {type, id}, both strings; further members do not matter.
bool isTypeAndId(const Json& json)
{
    return json.is_object() && hasText(json, "type") && hasText(json, "id");
}

/// {fn, arg} or {fn, args}.
bool isCall(const Json& json)
{
    if (!json.is_object() || !hasText(json, "fn"))
        return false;
    const auto arguments = json.find("args");
    return json.contains("arg") || (arguments != json.end() && arguments->is_array());
}

Result<EntityUid> uidOf(const Json& typeAndId, const Place& place)
{
    auto uid =
        EntityUid::create(typeAndId["type"].get<std::string>(), typeAndId["id"].get<std::string>());
    if (!uid.ok())
        return placed(uid.error(), place);
    return uid;
}

Result<ExtensionFunction> functionOf(const Json& call, const Place& place)
{
    const auto& name = call["fn"].get_ref<const std::string&>();
    if (const auto function = extensionFunction(name))
        return *function;
    return refuse(
        Place(place, "fn"),
        "cedar.value.function",
        "there is no extension function " + cedar::quoted(name));
}

struct Argument
{
    const Json* json;
    Place place;
};

/// The arguments of a call; `list` is the place of "args" and has to outlive them.
std::vector<Argument> argumentsOf(const Json& call, const Place& place, const Place& list)
{
    if (const auto one = call.find("arg"); one != call.end())
        return {{&*one, Place(place, "arg")}};
    std::vector<Argument> arguments;
    std::size_t index = 0;
    for (const Json& argument : call["args"])
        arguments.push_back({&argument, Place(list, index++)});
    return arguments;
}

Result<Value>
evaluate(ExtensionFunction function, const std::vector<Value>& values, const Place& place)
{
    std::vector<ValueView> views;
    views.reserve(values.size());
    for (const Value& value : values)
        views.emplace_back(value);
    auto result = callExtension(function, views);
    if (!result.ok())
        return placed(result.error(), place);
    return result;
}

std::string_view jsonKind(const Json& json)
{
    switch (json.type()) {
    case Json::value_t::null:
        return "null";
    case Json::value_t::boolean:
        return "bool";
    case Json::value_t::string:
        return "string";
    case Json::value_t::array:
        return "set";
    case Json::value_t::object:
        return "record";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        return "number";
    case Json::value_t::binary:
    case Json::value_t::discarded:
        break;
    }
    return "value";
}

Result<Value> integerOf(const Json& json, const Place& place)
{
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (json.is_number_unsigned()) {
        const auto number = json.get<std::uint64_t>();
        if (number > kLargest)
            return refuse(
                place, "json.integer_range", "the integer does not fit 64 bits with a sign");
        return Value::integer(static_cast<std::int64_t>(number));
    }
    if (json.is_number_integer())
        return Value::integer(json.get<std::int64_t>());
    return refuse(
        place,
        "cedar.value.number",
        "numbers are integers without point and exponent; write decimals as "
        R"({"__extn": {"fn": "decimal", "arg": "1.5"}})");
}

} // namespace

bool looksLikeEscape(const Json& object)
{
    if (!object.is_object() || object.size() != 1)
        return false;
    const std::string& key = object.begin().key();
    const Json& value = *object.begin();
    return (key == kEntityKey && isTypeAndId(value)) || (key == kCallKey && isCall(value))
           || (key == kExpressionKey && value.is_string());
}

Result<EntityUid> ValueReader::readUid(const Json& json, const Place& place) const
{
    if (json.is_object()) {
        if (hasText(json, kExpressionKey))
            return oldExpression(place);
        if (const auto inner = json.find(kEntityKey); inner != json.end() && isTypeAndId(*inner))
            return uidOf(*inner, Place(place, kEntityKey));
        if (isTypeAndId(json))
            return uidOf(json, place);
    }
    return refuse(
        place,
        "cedar.value.uid",
        R"(expected an entity here: {"type": "…", "id": "…"}, both strings)");
}

Result<Value> ValueReader::read(const Json& json, const Place& place) const
{
    switch (json.type()) {
    case Json::value_t::boolean:
        return Value::boolean(json.get<bool>());
    case Json::value_t::string:
        return Value::string(json.get<std::string>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        return integerOf(json, place);
    case Json::value_t::array: {
        std::vector<Value> elements;
        elements.reserve(json.size());
        std::size_t index = 0;
        for (const Json& element : json) {
            CS_TRY(Value value, read(element, Place(place, index++)));
            elements.push_back(std::move(value));
        }
        return Value::set(std::move(elements));
    }
    case Json::value_t::object:
        return readObject(json, place);
    case Json::value_t::null:
    case Json::value_t::binary:
    case Json::value_t::discarded:
        break;
    }
    return refuse(place, "cedar.value.null", "null is no value; leave out what is not there");
}

Result<Value> ValueReader::readObject(const Json& object, const Place& place) const
{
    if (looksLikeEscape(object)) {
        const std::string& key = object.begin().key();
        const Place inner(place, key);
        if (key == kExpressionKey)
            return oldExpression(place);
        if (key == kCallKey)
            return readCall(*object.begin(), inner);
        CS_TRY(const EntityUid uid, uidOf(*object.begin(), inner));
        return Value::uid(uid);
    }
    CS_TRY(const Record record, readRecord(object, place));
    return Value::record(record);
}

Result<Value> ValueReader::readCall(const Json& call, const Place& place) const
{
    CS_TRY(const ExtensionFunction function, functionOf(call, place));
    const Place list(place, "args");
    std::vector<Value> values;
    for (const Argument& argument : argumentsOf(call, place, list)) {
        CS_TRY(Value value, read(*argument.json, argument.place));
        values.push_back(std::move(value));
    }
    return evaluate(function, values, place);
}

Result<Record> ValueReader::readRecord(const Json& object, const Place& place) const
{
    std::vector<std::pair<std::string, Value>> entries;
    entries.reserve(object.size());
    for (const auto& item : object.items()) {
        CS_TRY(Value value, read(item.value(), Place(place, item.key())));
        entries.emplace_back(item.key(), std::move(value));
    }
    return Record::create(std::move(entries));
}

Result<Record> ValueReader::readRecord(const Json& object, TypeId type, const Place& place) const
{
    const TypeNode& node = m_schema->types().node(type);
    std::vector<std::pair<std::string, Value>> entries;
    entries.reserve(object.size());
    for (const auto& item : object.items()) {
        const Place here(place, item.key());
        const AttributeType* const attribute = node.find(item.key());
        if (attribute == nullptr)
            return undeclaredAttribute(item.key(), here);
        CS_TRY(Value value, read(item.value(), attribute->type, here));
        entries.emplace_back(item.key(), std::move(value));
    }
    for (const AttributeType& attribute : node.attributes)
        if (attribute.isRequired && !object.contains(attribute.name))
            return missingAttribute(attribute.name, place);
    return Record::create(std::move(entries));
}

Result<Value> ValueReader::readSet(const Json& list, TypeId element, const Place& place) const
{
    std::vector<Value> elements;
    elements.reserve(list.size());
    std::size_t index = 0;
    for (const Json& json : list) {
        CS_TRY(Value value, read(json, element, Place(place, index++)));
        elements.push_back(std::move(value));
    }
    return Value::set(std::move(elements));
}

Result<Value> ValueReader::read(const Json& json, TypeId type, const Place& place) const
{
    const TypeNode& node = m_schema->types().node(type);
    if (node.kind == TypeKind::Entity) {
        CS_TRY(const EntityUid uid, readUid(json, place));
        CS_CHECK(checkUidOfType(*m_schema, uid.data(), type, place));
        return Value::uid(uid);
    }
    if (constructorOf(node.kind))
        return readExtension(json, type, place);
    if (node.kind == TypeKind::Set && json.is_array())
        return readSet(json, node.element, place);
    if (node.kind == TypeKind::Record && json.is_object()) {
        CS_TRY(const Record record, readRecord(json, type, place));
        return Value::record(record);
    }
    if (node.kind == TypeKind::Set || node.kind == TypeKind::Record)
        return wrongType(*m_schema, jsonKind(json), type, place);
    CS_TRY(Value value, read(json, place));
    CS_CHECK(checkValueAt(*m_schema, value, type, place));
    return value;
}

Result<Value> ValueReader::readExtension(const Json& json, TypeId type, const Place& place) const
{
    const TypeKind kind = m_schema->types().kind(type);
    if (json.is_string())
        return evaluate(*constructorOf(kind), {Value::string(json.get<std::string>())}, place);
    if (json.is_object() && hasText(json, kExpressionKey))
        return oldExpression(place);
    const auto inner = json.is_object() ? json.find(kCallKey) : json.end();
    const bool isExplicit = inner != json.end() && isCall(*inner);
    if (!isExplicit && !isCall(json))
        return wrongType(*m_schema, jsonKind(json), type, place);
    CS_TRY(
        Value value,
        readTypedCall(isExplicit ? *inner : json, isExplicit ? Place(place, kCallKey) : place));
    if (!isOfKind(value.kind(), kind))
        return wrongType(*m_schema, kindName(value.kind()), type, place);
    return value;
}

Result<Value> ValueReader::readTypedCall(const Json& call, const Place& place) const
{
    CS_TRY(const ExtensionFunction function, functionOf(call, place));
    const FunctionType signature = functionType(function);
    const Place list(place, "args");
    const std::vector<Argument> arguments = argumentsOf(call, place, list);
    if (arguments.size() != signature.arguments.size())
        return refuse(
            place,
            "cedar.call",
            std::string(functionName(function)) + " takes "
                + std::to_string(signature.arguments.size()) + " arguments");
    std::vector<Value> values;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        CS_TRY(
            Value value,
            read(*arguments[i].json, simpleType(signature.arguments[i]), arguments[i].place));
        values.push_back(std::move(value));
    }
    return evaluate(function, values, place);
}

} // namespace countersign::cedar
