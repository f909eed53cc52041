#pragma once

#include "models/json.h"
#include "models/result.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace countersign::execution::detail {

/// Reads the members of one JSON object by name and, at the end, refuses those nobody asked for.
/// Errors are InvalidInput with the pointer of the place and the JSON Schema keyword that failed.
class ObjectReader
{
public:
    using TextCheck = bool (*)(std::string_view);

    /// Keeps a reference to `value`.
    [[nodiscard]] static Result<ObjectReader> open(const Json& value, std::string pointer);

    /// The member, or nullptr. Counts as asked for.
    [[nodiscard]] const Json* find(const std::string& key);
    [[nodiscard]] Result<const Json*> member(const std::string& key);
    /// Text that passes `check`.
    [[nodiscard]] Result<std::string> text(const std::string& key, TextCheck check);
    [[nodiscard]] Result<std::string>
    textOr(const std::string& key, TextCheck check, std::string fallback);
    [[nodiscard]] Result<bool> boolean(const std::string& key);
    [[nodiscard]] Result<std::int64_t>
    integer(const std::string& key, std::int64_t minimum, std::int64_t maximum);
    [[nodiscard]] Result<ObjectReader> object(const std::string& key);

    /// Calls `onMember` with each member's name, value and pointer; all count as asked for.
    [[nodiscard]] Result<void>
    forEach(const std::function<Result<void>(
                const std::string& key, const Json& value, const std::string& pointer)>& onMember);

    /// Refuses members that were not asked for (rule `additionalProperties`).
    [[nodiscard]] Result<void> finish() const;

    [[nodiscard]] std::string pointerTo(const std::string& key) const;
    [[nodiscard]] const std::string& pointer() const { return m_pointer; }

private:
    ObjectReader(const Json& value, std::string pointer)
        : m_value(&value)
        , m_pointer(std::move(pointer))
    {}

    const Json* m_value;
    std::string m_pointer;
    std::set<std::string> m_asked;
};

} // namespace countersign::execution::detail
