#pragma once

#include "models/json.h"

#include <QString>

#include <vector>

/// A JSON value as rows that a person reads in full: nothing folded, nothing cut.
namespace countersign::ui {

enum class FieldType {
    Text,
    Number,
    Boolean,
    Null,
    EmptyObject,
    EmptyList,
};

struct FieldRow
{
    std::string pointer; ///< RFC 6901 within the value.
    QString path;        ///< `price › amount`, `signers › 2`
    QString value;       ///< Text as it is; numbers as JSON writes them.
    FieldType type = FieldType::Text;

    bool operator==(const FieldRow&) const = default;
};

/// One row for each leaf, in the order of the document.
[[nodiscard]] std::vector<FieldRow> fieldRows(const Json& value);

/// `text`, `number`, `yes or no` …
[[nodiscard]] QString fieldTypeName(FieldType type);

struct FieldChange
{
    QString path;
    QString before; ///< Empty with `added`.
    QString after;  ///< Empty with `removed`.
    bool added = false;
    bool removed = false;

    bool operator==(const FieldChange&) const = default;
};

/// Leaves that differ, by pointer, in the order of `after`; then what is gone.
[[nodiscard]] std::vector<FieldChange> fieldChanges(const Json& before, const Json& after);

} // namespace countersign::ui
