#pragma once

#include "models/json.h"
#include "models/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// JSON Schema draft 2020-12 (core and validation), compiled once and then only run.
namespace countersign::data {

namespace detail {
struct CompiledSchemas;
class SchemaRegistry;
} // namespace detail

/// What the keyword `format` does (validation, section 7.2). A dialect that names the
/// format-assertion vocabulary asserts in both modes.
enum class FormatMode {
    Annotate, ///< Nothing.
    Assert    ///< All 19 formats of the draft are checked; other names assert nothing.
};

/// One reason why a document is not valid.
struct SchemaViolation
{
    std::string instancePointer; ///< RFC 6901; for a member name, that of the object holding it.
    std::string keyword;         ///< e.g. `required`, at the object; `false` for a schema `false`.
    std::string schemaPointer;   ///< Absolute keyword location: `<$id>#/properties/…/minimum`.
    std::string message;         ///< One English sentence for logs and countersignctl.

    bool operator==(const SchemaViolation&) const = default;
};

/// Schemas that may refer to each other. Immutable once built, cheap to copy; `validate` may run on
/// any number of threads at once.
class SchemaSet
{
public:
    class Builder;

    /// At most this many violations are returned; a longer list is cut, never emptied.
    static constexpr std::size_t kViolationCountMax = 1000;
    /// Instances and schemas nest at most this deep.
    static constexpr std::size_t kDepthMax = 256;

    /// All violations of `instance` against the schema at `schemaUri`; none when it is valid. The
    /// URI is that of a schema resource, or a place inside one (`<$id>#/$defs/money`). A failed
    /// `anyOf` or `oneOf` is followed by the causes inside the branches that came closest.
    /// Errors: NotFound for an unknown URI; LimitExceeded (rule `schema.depth`, `schema.steps`);
    /// InvalidInput (rule `schema.cycle`) for schemas that refer to each other for ever on this
    /// instance.
    [[nodiscard]] Result<std::vector<SchemaViolation>>
    validate(const std::string& schemaUri, const Json& instance) const;

private:
    explicit SchemaSet(std::shared_ptr<const detail::CompiledSchemas> compiled);

    std::shared_ptr<const detail::CompiledSchemas> m_compiled;
};

/// Collects schemas, then compiles all of them together. One thread.
class SchemaSet::Builder
{
public:
    Builder();
    Builder(Builder&&) noexcept;
    Builder& operator=(Builder&&) noexcept;
    ~Builder();

    /// Adds one document, known by its `$id` and by `retrievalUri`; one of them is needed, and the
    /// first is resolved against the second. Errors: InvalidInput (rule `schema.type`,
    /// `schema.id`, `schema.duplicate_id`), LimitExceeded (rule `schema.depth`), Unsupported (rule
    /// `schema.dialect`) for another draft.
    [[nodiscard]] Result<void> add(Json schema, std::string_view retrievalUri = {});

    /// Compiles what was added and leaves the builder empty. A document whose `$schema` is in the
    /// set must be valid against it. Errors, each naming the schema in `file` and the place in
    /// `pointer`: InvalidInput (rule `schema.ref`, `schema.cycle`, `schema.keyword`,
    /// `schema.regex`, `schema.meta`, `schema.id`, `schema.duplicate_id`), Unsupported (rule
    /// `schema.vocabulary`, `schema.dialect`, `schema.regex`).
    [[nodiscard]] Result<SchemaSet> build(FormatMode formats);

private:
    std::unique_ptr<detail::SchemaRegistry> m_registry;
};

} // namespace countersign::data
