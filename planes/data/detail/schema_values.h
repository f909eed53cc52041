#pragma once

#include "models/json.h"

#include <compare>
#include <cstdint>
#include <string_view>

/// How JSON Schema compares values (draft 2020-12 core, section 4.2.2): mathematically, never
/// through a rounded double.
namespace countersign::data::detail {

/// Both values are numbers. Exact for every mix of int64, uint64 and double.
[[nodiscard]] std::strong_ordering compareNumbers(const Json& left, const Json& right);

/// A number without a fraction; `1.0` is one.
[[nodiscard]] bool isInteger(const Json& value);

/// Both values are numbers and `divisor` is positive. Exact for the decimal text a number was
/// written with, e.g. 0.0075 is a multiple of 0.0001.
[[nodiscard]] bool isMultipleOf(const Json& value, const Json& divisor);

/// A total order of JSON values in which equal means equal in the sense of the draft.
[[nodiscard]] std::strong_ordering compareValues(const Json& left, const Json& right);

/// Number of Unicode code points in valid UTF-8.
[[nodiscard]] std::uint64_t codePointCount(std::string_view text);

struct ValueSize
{
    std::size_t depth = 0; ///< 1 for a value that holds no other.
    std::size_t valueCount = 0;
};

/// Size of the whole value, measured without recursion. Stops counting beyond `depthMax`; the depth
/// returned is then greater than `depthMax`.
[[nodiscard]] ValueSize measureValue(const Json& value, std::size_t depthMax);

} // namespace countersign::data::detail
