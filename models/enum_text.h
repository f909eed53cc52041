#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace countersign {

/// The texts of an enumeration in the documents, in the order of its enumerators, which count from
/// zero. An enumeration of a contract specializes it right below its declaration.
template <class Enum>
inline constexpr std::array<std::string_view, 0> kTextsOf{};

template <class Enum>
concept ContractEnum = std::is_enum_v<Enum> && !kTextsOf<Enum>.empty();

/// The word that the contract uses, e.g. `ready_for_review`.
template <ContractEnum Enum>
[[nodiscard]] constexpr std::string_view text(Enum value)
{
    return kTextsOf<Enum>.at(static_cast<std::size_t>(value));
}

/// The enumerator of a contract's word, or nothing.
template <ContractEnum Enum>
[[nodiscard]] constexpr std::optional<Enum> enumOf(std::string_view word)
{
    const auto& texts = kTextsOf<Enum>;
    const auto found = std::find(texts.begin(), texts.end(), word);
    if (found == texts.end())
        return std::nullopt;
    return static_cast<Enum>(found - texts.begin());
}

} // namespace countersign
