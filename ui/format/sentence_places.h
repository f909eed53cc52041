#pragma once

#include <QString>

#include <cstddef>
#include <functional>

namespace countersign::ui {

/// A translated sentence with its places `%1` … `%9` filled in one pass: a value can hold what
/// looks like a place. Places beyond `count` stay as they are.
[[nodiscard]] QString fillPlaces(
    const QString& sentence,
    std::size_t count,
    const std::function<QString(std::size_t place)>& valueAt);

} // namespace countersign::ui
