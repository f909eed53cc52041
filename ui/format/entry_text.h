#pragma once

#include "ui/views.h"

#include <QString>

#include <string_view>

namespace countersign::ui {

/// What a ledger entry records, in words: `request.opened` as `Request opened`, a signed statement
/// by its predicate type. Types this version does not know are shown as they are.
[[nodiscard]] QString entryTypeText(std::string_view type);

/// What an entry is about: the person, the answer, the step …, joined by dots. Words of the core
/// are said in the language of now, names and titles are shown as they are.
[[nodiscard]] QString entrySummary(const LogRow& row);

} // namespace countersign::ui
