#pragma once

#include "models/json.h"
#include "models/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace countersign {

/// A place in a document, with the way that led there: every refusal names its JSON pointer.
/// Refers to the document and to the reader it came from; both outlive it. Nothing here throws,
/// whatever the document looks like. Errors of all: InvalidInput (rule `type`, `required`,
/// `additionalProperties`), as a schema names them.
class JsonReader
{
public:
    explicit JsonReader(const Json& document)
        : m_value(&document)
    {}

    [[nodiscard]] const Json& value() const { return *m_value; }
    /// RFC 6901; empty for the document itself. Made when asked for.
    [[nodiscard]] std::string pointer() const;

    /// Member `key`, or nothing when it is absent or this is no object. `key` outlives the reader.
    [[nodiscard]] std::optional<JsonReader> find(std::string_view key) const;
    /// Element `index` of an array that has it.
    [[nodiscard]] JsonReader element(std::size_t index) const;

    [[nodiscard]] Result<std::string> text() const;
    [[nodiscard]] Result<bool> boolean() const;
    /// A whole number of 64 bits with sign, also when it is written as `1.0`.
    [[nodiscard]] Result<std::int64_t> integer() const;
    [[nodiscard]] Result<double> number() const;
    [[nodiscard]] Result<void> expectArray() const;
    /// An object with no member but the named ones.
    [[nodiscard]] Result<void> expectObject(std::span<const std::string_view> keys) const;

    /// A refusal that concerns this place.
    [[nodiscard]] Failure refuse(std::string detail, std::string rule) const;
    /// The refusal that `key` is absent; its pointer is where the member would be.
    [[nodiscard]] Failure refuseMissing(std::string_view key) const;
    /// The same result; a refusal in it gets the pointer of this place.
    template <class T>
    [[nodiscard]] Result<T> located(Result<T> result) const
    {
        if (result.ok())
            return result;
        Error error = result.error();
        error.pointer = pointer();
        return fail(std::move(error));
    }

private:
    JsonReader(const Json& value, const JsonReader& parent, std::string_view key, std::size_t index)
        : m_value(&value)
        , m_parent(&parent)
        , m_key(key)
        , m_index(index)
    {}

    const Json* m_value;
    const JsonReader* m_parent = nullptr;
    std::string_view m_key = {};
    std::size_t m_index = 0;
};

} // namespace countersign
