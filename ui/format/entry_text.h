#pragma once

#include <QString>

#include <string_view>

namespace countersign::ui {

/// What a ledger entry records, in words: `request.opened` as `Request opened`, a signed statement
/// by its predicate type. Types this version does not know are shown as they are.
[[nodiscard]] QString entryTypeText(std::string_view type);

} // namespace countersign::ui
