#include "planes/execution/detail/object_reader.h"

namespace countersign::execution::detail {

namespace {

Failure wrongType(const char* wanted, std::string pointer)
{
    return fail(
        ErrorCode::InvalidInput, std::string("must be ") + wanted, "type", std::move(pointer));
}

} // namespace

Result<ObjectReader> ObjectReader::open(const Json& value, std::string pointer)
{
    if (!value.is_object())
        return wrongType("an object", std::move(pointer));
    return ObjectReader(value, std::move(pointer));
}

std::string ObjectReader::pointerTo(const std::string& key) const
{
    return m_pointer + "/" + pointerToken(key);
}

const Json* ObjectReader::find(const std::string& key)
{
    m_asked.insert(key);
    const auto found = m_value->find(key);
    return found == m_value->end() ? nullptr : &*found;
}

Result<const Json*> ObjectReader::member(const std::string& key)
{
    const Json* value = find(key);
    if (value == nullptr)
        return fail(ErrorCode::InvalidInput, "\"" + key + "\" is missing", "required", m_pointer);
    return value;
}

Result<std::string> ObjectReader::text(const std::string& key, TextCheck check)
{
    CS_TRY(const Json* value, member(key));
    if (!value->is_string())
        return wrongType("text", pointerTo(key));
    const auto& text = value->get_ref<const std::string&>();
    if (!check(text))
        return fail(
            ErrorCode::InvalidInput,
            "does not have the form that \"" + key + "\" needs",
            "pattern",
            pointerTo(key));
    return text;
}

Result<std::string>
ObjectReader::textOr(const std::string& key, TextCheck check, std::string fallback)
{
    if (find(key) == nullptr)
        return fallback;
    return text(key, check);
}

Result<bool> ObjectReader::boolean(const std::string& key)
{
    CS_TRY(const Json* value, member(key));
    if (!value->is_boolean())
        return wrongType("true or false", pointerTo(key));
    return value->get<bool>();
}

Result<std::int64_t>
ObjectReader::integer(const std::string& key, std::int64_t minimum, std::int64_t maximum)
{
    CS_TRY(const Json* value, member(key));
    if (!value->is_number_integer())
        return wrongType("a whole number", pointerTo(key));
    // A number above the signed range would wrap; no maximum here is that large.
    const bool tooLarge = value->is_number_unsigned()
                          && value->get<std::uint64_t>() > static_cast<std::uint64_t>(maximum);
    if (tooLarge || value->get<std::int64_t>() > maximum)
        return fail(
            ErrorCode::InvalidInput,
            "must be at most " + std::to_string(maximum),
            "maximum",
            pointerTo(key));
    if (value->get<std::int64_t>() < minimum)
        return fail(
            ErrorCode::InvalidInput,
            "must be at least " + std::to_string(minimum),
            "minimum",
            pointerTo(key));
    return value->get<std::int64_t>();
}

Result<ObjectReader> ObjectReader::object(const std::string& key)
{
    CS_TRY(const Json* value, member(key));
    return open(*value, pointerTo(key));
}

Result<void> ObjectReader::forEach(
    const std::function<Result<void>(
        const std::string& key, const Json& value, const std::string& pointer)>& onMember)
{
    for (const auto& item : m_value->items()) {
        m_asked.insert(item.key());
        CS_CHECK(onMember(item.key(), item.value(), pointerTo(item.key())));
    }
    return {};
}

Result<void> ObjectReader::finish() const
{
    for (const auto& item : m_value->items())
        if (!m_asked.contains(item.key()))
            return fail(
                ErrorCode::InvalidInput,
                "\"" + item.key() + "\" is not a member of this contract",
                "additionalProperties",
                pointerTo(item.key()));
    return {};
}

} // namespace countersign::execution::detail
