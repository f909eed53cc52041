#pragma once

#include "models/instant.h"
#include "models/json.h"

#include <cmath>
#include <string>
#include <vector>

namespace countersign::execution::detail {

/// Reads members of one object and remembers where it stands in the document. Every refusal has
/// the rule `plan.form` and names the place.
class PlanReader
{
public:
    PlanReader(const Json& object, std::string pointer)
        : m_object(object)
        , m_pointer(std::move(pointer))
    {}

    [[nodiscard]] std::string place(const char* key) const { return m_pointer + "/" + key; }

    [[nodiscard]] Failure wrong(const char* key) const
    {
        return fail(
            ErrorCode::InvalidInput,
            std::string("\"") + key + "\" is missing or of the wrong kind",
            "plan.form",
            place(key));
    }

    [[nodiscard]] const Json* find(const char* key) const
    {
        if (!m_object.is_object())
            return nullptr;
        const auto found = m_object.find(key);
        return found == m_object.end() ? nullptr : &*found;
    }

    [[nodiscard]] Result<std::string> text(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_string())
            return wrong(key);
        return value->get<std::string>();
    }

    [[nodiscard]] Result<std::int64_t> integer(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_number())
            return wrong(key);
        if (value->is_number_integer())
            return value->get<std::int64_t>();
        // JSON Schema counts 5.0 as an integer.
        const double number = value->get<double>();
        if (std::abs(number) > 9007199254740992.0 || std::nearbyint(number) != number)
            return wrong(key);
        return static_cast<std::int64_t>(number);
    }

    [[nodiscard]] Result<double> number(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_number())
            return wrong(key);
        return value->get<double>();
    }

    [[nodiscard]] Result<bool> flag(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_boolean())
            return wrong(key);
        return value->get<bool>();
    }

    [[nodiscard]] Result<Instant> instant(const char* key) const
    {
        CS_TRY(const std::string value, text(key));
        const Result<Instant> parsed = Instant::parse(value);
        if (!parsed)
            return wrong(key);
        return parsed;
    }

    [[nodiscard]] Result<PlanReader> object(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_object())
            return wrong(key);
        return PlanReader(*value, place(key));
    }

    [[nodiscard]] Result<const Json*> array(const char* key) const
    {
        const Json* value = find(key);
        if (value == nullptr || !value->is_array())
            return wrong(key);
        return value;
    }

    [[nodiscard]] Result<std::vector<std::string>> texts(const char* key) const
    {
        CS_TRY(const Json* const values, array(key));
        std::vector<std::string> result;
        for (const Json& value : *values) {
            if (!value.is_string())
                return wrong(key);
            result.push_back(value.get<std::string>());
        }
        return result;
    }

private:
    const Json& m_object;
    std::string m_pointer;
};

} // namespace countersign::execution::detail
