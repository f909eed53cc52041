#pragma once

#include "models/instant.h"
#include "models/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::data::detail {

/// A value inside a document together with its JSON pointer, so that a rule can say where. Reading
/// an absent member or another type gives an empty value, never a crash. Refers to the document,
/// which outlives it.
class JsonPlace
{
public:
    explicit JsonPlace(const Json& document)
        : m_value(&document)
    {}
    JsonPlace(const Json* value, std::string pointer)
        : m_value(value)
        , m_pointer(std::move(pointer))
    {}

    [[nodiscard]] bool exists() const { return m_value != nullptr; }
    /// Null when it does not exist.
    [[nodiscard]] const Json& value() const;
    [[nodiscard]] const std::string& pointer() const { return m_pointer; }

    /// Member `key`; where it would stand when it is absent.
    [[nodiscard]] JsonPlace at(std::string_view key) const;
    /// `at(a).at(b)…` for a path such as `header/record_id`; keys hold no `/` or `~`.
    [[nodiscard]] JsonPlace in(std::string_view path) const;
    [[nodiscard]] std::vector<JsonPlace> elements() const;

    [[nodiscard]] std::string text() const;
    /// Zero when it is not a number.
    [[nodiscard]] double number() const;
    /// Cut to what a double holds exactly.
    [[nodiscard]] std::int64_t integer() const;
    [[nodiscard]] bool flag() const;
    [[nodiscard]] std::optional<Instant> instant() const;
    [[nodiscard]] std::vector<std::string> texts() const;

private:
    const Json* m_value;
    std::string m_pointer = {};
};

/// All places that `pattern` names, in order: `/claims/*/evidence_ids/*`, where `*` stands for
/// every element of an array. Empty stands for `root` itself.
[[nodiscard]] std::vector<JsonPlace> placesOf(const JsonPlace& root, std::string_view pattern);

} // namespace countersign::data::detail
