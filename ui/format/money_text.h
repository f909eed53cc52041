#pragma once

#include <QString>

#include <string>
#include <string_view>

/// Amounts and estimates as people read them. Always left to right, whatever surrounds them.
namespace countersign::ui {

/// An exact amount, never rounded: `EUR 42,000,000.00`. Text that is no decimal number stays as it
/// is.
[[nodiscard]] QString moneyText(std::string_view amount, std::string_view currency);

/// An estimate, rounded to three digits: `EUR −9.34 million`, `0.12`, `4.1 %` for the unit
/// `fraction`.
[[nodiscard]] QString estimateText(double value, std::string_view unit);

/// The amount as typed by a person, brought to the form of the contract: separators and spaces
/// gone, Arabic digits and separators read. `42 000 000` becomes `42000000`.
[[nodiscard]] std::string typedAmount(const QString& typed);

} // namespace countersign::ui
