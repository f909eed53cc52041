#include "models/json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace countersign {

std::string JsonReader::pointer() const
{
    if (m_parent == nullptr)
        return {};
    const bool inArray = m_parent->m_value->is_array();
    return m_parent->pointer() + '/' + (inArray ? std::to_string(m_index) : pointerToken(m_key));
}

std::optional<JsonReader> JsonReader::find(std::string_view key) const
{
    if (!m_value->is_object())
        return std::nullopt;
    const auto found = m_value->find(std::string(key));
    if (found == m_value->end())
        return std::nullopt;
    return JsonReader(*found, *this, key, 0);
}

JsonReader JsonReader::element(std::size_t index) const
{
    CS_ASSERT(m_value->is_array() && index < m_value->size());
    return {(*m_value)[index], *this, {}, index};
}

Result<std::string> JsonReader::text() const
{
    if (!m_value->is_string())
        return refuse("a text is expected", "type");
    return m_value->get<std::string>();
}

Result<bool> JsonReader::boolean() const
{
    if (!m_value->is_boolean())
        return refuse("true or false is expected", "type");
    return m_value->get<bool>();
}

Result<std::int64_t> JsonReader::integer() const
{
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    // Every double from -2^53 to 2^53 converts exactly; beyond it only integer tokens are whole.
    constexpr double kDoubleMax = 9007199254740992.0;
    if (m_value->is_number_unsigned() && m_value->get<std::uint64_t>() > std::uint64_t{kMax})
        return refuse("the integer is too large", "type");
    if (m_value->is_number_integer())
        return m_value->get<std::int64_t>();
    if (m_value->is_number_float()) {
        const auto number = m_value->get<double>();
        if (std::trunc(number) == number && std::abs(number) <= kDoubleMax)
            return static_cast<std::int64_t>(number);
    }
    return refuse("an integer is expected", "type");
}

Result<double> JsonReader::number() const
{
    if (!m_value->is_number())
        return refuse("a number is expected", "type");
    return m_value->get<double>();
}

Result<void> JsonReader::expectArray() const
{
    if (!m_value->is_array())
        return refuse("an array is expected", "type");
    return {};
}

Result<void> JsonReader::expectObject(std::span<const std::string_view> keys) const
{
    if (!m_value->is_object())
        return refuse("an object is expected", "type");
    for (const auto& [key, member] : m_value->items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return JsonReader(member, *this, key, 0)
                .refuse("this member is not part of the contract", "additionalProperties");
    }
    return {};
}

Failure JsonReader::refuse(std::string detail, std::string rule) const
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), pointer());
}

Failure JsonReader::refuseMissing(std::string_view key) const
{
    return fail(
        ErrorCode::InvalidInput,
        "the member \"" + std::string(key) + "\" is missing",
        "required",
        pointer() + '/' + pointerToken(key));
}

} // namespace countersign
