#include "planes/data/detail/schema_text.h"

#include <array>

namespace countersign::data::detail {

std::optional<std::u32string> codePoints(std::string_view text)
{
    // Smallest code point of each length: anything below it is an overlong form.
    constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        std::size_t length = 1;
        if (lead >= 0xF0)
            length = 4;
        else if (lead >= 0xE0)
            length = 3;
        else if (lead >= 0xC0)
            length = 2;
        else if (lead >= 0x80)
            return std::nullopt;
        if (lead >= 0xF8 || text.size() - at < length)
            return std::nullopt;
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xC0U) != 0x80U)
                return std::nullopt;
            point = (point << 6U) | (next & 0x3FU);
        }
        if (point < kSmallest.at(length) || point > 0x10FFFF
            || (point >= 0xD800 && point <= 0xDFFF))
            return std::nullopt;
        points.push_back(point);
        at += length;
    }
    return points;
}

} // namespace countersign::data::detail
