#include "planes/trust/detail/decimal.h"

#include <charconv>

namespace countersign::trust::detail {

Result<std::uint64_t> parseDecimal(std::string_view text)
{
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    const bool leadingZero = text.size() > 1 && text.front() == '0';
    if (text.empty() || problem != std::errc() || stop != end || leadingZero)
        return fail(
            ErrorCode::InvalidInput,
            "a number is decimal digits without leading zeros, below 2^64",
            "decimal");
    return value;
}

} // namespace countersign::trust::detail
