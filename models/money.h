#pragma once

#include "models/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

/// An exact amount: decimal text and ISO 4217 code (common.schema.json `money`). Never a
/// floating-point number. Kept as a whole number of ten-thousandths and the number of digits it was
/// written with.
class Money
{
public:
    /// `amount` as in the contract: at most 18 digits before and 4 after the point. Errors:
    /// InvalidInput.
    [[nodiscard]] static Result<Money> parse(std::string_view amount, std::string_view currency);

    /// The amount as it was written, e.g. `12500000.00`.
    [[nodiscard]] const std::string& amount() const { return m_amount; }
    [[nodiscard]] const std::string& currency() const { return m_currency; }
    [[nodiscard]] bool isNegative() const { return m_amount.front() == '-'; }

    /// Equal in value and currency; `1.0` equals `1.00`.
    [[nodiscard]] bool operator==(const Money& other) const;
    /// -1, 0 or 1. Errors: InvalidInput when the currencies differ.
    [[nodiscard]] static Result<int> compare(const Money& a, const Money& b);

private:
    Money(std::string amount, std::string currency)
        : m_amount(std::move(amount))
        , m_currency(std::move(currency))
    {}

    std::string m_amount;
    std::string m_currency;
};

} // namespace countersign
