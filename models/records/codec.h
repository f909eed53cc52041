#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/enum_text.h"
#include "models/ids.h"
#include "models/json_reader.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// How the records are read and written: each struct lists its members once, and both directions
/// follow from the list. For the .cpp files of models/records; whoever uses records does not need
/// it.
namespace countersign {

/// read(const JsonReader&) -> Result<T> and write(const T&) -> Json.
template <class T>
struct JsonCodec;

template <class Struct, class Value>
struct Member
{
    std::string_view key;
    Value Struct::*place;
};

template <class Struct, class Value>
constexpr Member<Struct, Value> member(std::string_view key, Value Struct::*place)
{
    return {key, place};
}

/// Specialized with `kList`, a tuple of member() in the order of declaration. A member is required
/// unless its type is std::optional.
template <class Struct>
struct JsonMembers;

template <class Struct>
concept ListedStruct = requires
{
    JsonMembers<Struct>::kList;
};

/// Specialized for a std::variant of listed structs: `kKey` is the member that tells the
/// alternatives apart, `kNames` its texts in the order of the alternatives.
template <class Variant>
struct VariantTag;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class Struct, class Value>
Result<Value> readMember(const JsonReader& object, const Member<Struct, Value>& member)
{
    const std::optional<JsonReader> found = object.find(member.key);
    if constexpr (kIsOptional<Value>) {
        if (!found)
            return Value(std::nullopt);
        CS_TRY(auto value, JsonCodec<typename Value::value_type>::read(*found));
        return Value(std::in_place, std::move(value));
    } else {
        if (!found)
            return object.refuseMissing(member.key);
        return JsonCodec<Value>::read(*found);
    }
}

template <class... Values>
const Error* firstError(const Result<Values>&... results)
{
    const Error* first = nullptr;
    ((first = first == nullptr && !results.ok() ? &results.error() : first), ...);
    return first;
}

/// `tagKey`: one more member that may be there, read by the caller; empty for none.
template <ListedStruct Struct>
Result<Struct> readStruct(const JsonReader& object, std::string_view tagKey = {})
{
    constexpr const auto& kList = JsonMembers<Struct>::kList;
    return std::apply(
        [&](const auto&... members) -> Result<Struct> {
            const std::array keys = {tagKey, members.key...};
            CS_CHECK(object.expectObject(std::span(keys).subspan(tagKey.empty() ? 1 : 0)));
            // Braces, so that members are read, and the first error is taken, in their order.
            std::tuple values{readMember(object, members)...};
            return std::apply(
                [](auto&... results) -> Result<Struct> {
                    if (const Error* error = firstError(results...); error != nullptr)
                        return fail(*error);
                    return Struct{std::move(results).value()...};
                },
                values);
        },
        kList);
}

template <ListedStruct Struct>
Json writeStruct(const Struct& value)
{
    Json object = Json::object();
    const auto writeMember = [&]<class Value>(const Member<Struct, Value>& member) {
        const Value& part = value.*member.place;
        if constexpr (!kIsOptional<Value>)
            object[std::string(member.key)] = JsonCodec<Value>::write(part);
        else if (part.has_value())
            object[std::string(member.key)] = JsonCodec<typename Value::value_type>::write(*part);
    };
    std::apply(
        [&](const auto&... members) { (writeMember(members), ...); }, JsonMembers<Struct>::kList);
    return object;
}

template <ListedStruct Struct>
struct JsonCodec<Struct>
{
    static Result<Struct> read(const JsonReader& at) { return readStruct<Struct>(at); }
    static Json write(const Struct& value) { return writeStruct(value); }
};

template <class Variant, class Alternative>
Result<Variant> readAlternative(const JsonReader& at)
{
    CS_TRY(auto value, readStruct<Alternative>(at, VariantTag<Variant>::kKey));
    return Variant(std::move(value));
}

template <class... Alternatives>
Result<std::variant<Alternatives...>>
readVariant(const JsonReader& at, std::type_identity<std::variant<Alternatives...>> /*type*/)
{
    using Variant = std::variant<Alternatives...>;
    using Tag = VariantTag<Variant>;
    static_assert(Tag::kNames.size() == sizeof...(Alternatives));
    constexpr std::array kReaders = {&readAlternative<Variant, Alternatives>...};
    if (!at.value().is_object())
        return at.refuse("an object is expected", "type");
    const std::optional<JsonReader> tag = at.find(Tag::kKey);
    if (!tag)
        return at.refuseMissing(Tag::kKey);
    CS_TRY(const std::string name, tag->text());
    const auto found = std::find(Tag::kNames.begin(), Tag::kNames.end(), name);
    if (found == Tag::kNames.end())
        return tag->refuse("this word is not part of the contract", "enum");
    return kReaders.at(static_cast<std::size_t>(found - Tag::kNames.begin()))(at);
}

template <class Variant>
Json writeVariant(const Variant& value)
{
    using Tag = VariantTag<Variant>;
    Json object = std::visit([](const auto& part) { return writeStruct(part); }, value);
    object[std::string(Tag::kKey)] = std::string(Tag::kNames.at(value.index()));
    return object;
}

template <class... Alternatives>
struct JsonCodec<std::variant<Alternatives...>>
{
    using Variant = std::variant<Alternatives...>;
    static Result<Variant> read(const JsonReader& at)
    {
        return readVariant(at, std::type_identity<Variant>());
    }
    static Json write(const Variant& value) { return writeVariant(value); }
};

template <class T>
struct JsonCodec<std::vector<T>>
{
    static Result<std::vector<T>> read(const JsonReader& at)
    {
        CS_CHECK(at.expectArray());
        std::vector<T> values;
        values.reserve(at.value().size());
        for (std::size_t i = 0; i < at.value().size(); ++i) {
            CS_TRY(T value, JsonCodec<T>::read(at.element(i)));
            values.push_back(std::move(value));
        }
        return values;
    }
    static Json write(const std::vector<T>& values)
    {
        Json array = Json::array();
        for (const T& value : values)
            array.push_back(JsonCodec<T>::write(value));
        return array;
    }
};

template <class T>
struct JsonCodec<std::map<std::string, T>>
{
    static Result<std::map<std::string, T>> read(const JsonReader& at)
    {
        if (!at.value().is_object())
            return at.refuse("an object is expected", "type");
        std::map<std::string, T> values;
        for (const auto& [key, unused] : at.value().items()) {
            CS_TRY(T value, JsonCodec<T>::read(*at.find(key)));
            values.emplace(key, std::move(value));
        }
        return values;
    }
    static Json write(const std::map<std::string, T>& values)
    {
        Json object = Json::object();
        for (const auto& [key, value] : values)
            object[key] = JsonCodec<T>::write(value);
        return object;
    }
};

template <>
struct JsonCodec<std::string>
{
    static Result<std::string> read(const JsonReader& at) { return at.text(); }
    static Json write(const std::string& value) { return value; }
};

template <>
struct JsonCodec<bool>
{
    static Result<bool> read(const JsonReader& at) { return at.boolean(); }
    static Json write(bool value) { return value; }
};

template <>
struct JsonCodec<std::int64_t>
{
    static Result<std::int64_t> read(const JsonReader& at) { return at.integer(); }
    static Json write(std::int64_t value) { return value; }
};

template <>
struct JsonCodec<double>
{
    static Result<double> read(const JsonReader& at) { return at.number(); }
    static Json write(double value) { return value; }
};

/// An object that is kept as it came: extensions, payloads.
template <>
struct JsonCodec<Json>
{
    static Result<Json> read(const JsonReader& at)
    {
        if (!at.value().is_object())
            return at.refuse("an object is expected", "type");
        return at.value();
    }
    static Json write(const Json& value) { return value; }
};

template <ContractEnum Enum>
struct JsonCodec<Enum>
{
    static Result<Enum> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        const std::optional<Enum> value = enumOf<Enum>(word);
        if (!value)
            return at.refuse("this word is not part of the contract", "enum");
        return *value;
    }
    static Json write(Enum value) { return std::string(text(value)); }
};

/// A value type with its own strict text form.
template <class T>
concept TextValue = requires(const T& value, std::string_view word)
{
    {
        T::parse(word)
        } -> std::same_as<Result<T>>;
    {
        value.text()
        } -> std::convertible_to<std::string>;
};

template <TextValue T>
struct JsonCodec<T>
{
    static Result<T> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(T::parse(word));
    }
    static Json write(const T& value) { return value.text(); }
};

template <>
struct JsonCodec<Digest>
{
    static Result<Digest> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(Digest::parse(word));
    }
    static Json write(const Digest& value) { return value.hex(); }
};

} // namespace countersign
