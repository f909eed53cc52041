#include "planes/data/detail/schema_regex_class.h"

#include "models/check.h"

#include <array>
#include <charconv>

namespace countersign::data::detail {

namespace {

constexpr char32_t kPointMax = 0x10FFFF;
constexpr char32_t kSurrogateFirst = 0xD800;
constexpr char32_t kSurrogateLast = 0xDFFF;
/// JSON text holds no lone surrogate, so an expression that asks for one never matches.
constexpr auto kNever = "(?:(?!))";

bool isSurrogate(char32_t point)
{
    return point >= kSurrogateFirst && point <= kSurrogateLast;
}

std::string escaped(char32_t point)
{
    if ((point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z')
        || (point >= U'0' && point <= U'9'))
        return std::string(1, static_cast<char>(point));
    std::array<char, 8> digits{};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), static_cast<std::uint32_t>(point), 16);
    CS_ASSERT(written.ec == std::errc());
    return "\\x{" + std::string(digits.data(), written.ptr) + "}";
}

/// The ranges must be sorted and apart.
std::vector<CodePointRange> complement(const std::vector<CodePointRange>& ranges)
{
    std::vector<CodePointRange> rest;
    char32_t next = 0;
    for (const CodePointRange& range : ranges) {
        if (range.first > next)
            rest.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    rest.push_back({next, kPointMax});
    return rest;
}

std::vector<CodePointRange> digitRanges()
{
    return {{U'0', U'9'}};
}

std::vector<CodePointRange> wordRanges()
{
    return {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
}

/// WhiteSpace and LineTerminator of ECMA-262.
std::vector<CodePointRange> spaceRanges()
{
    return {
        {0x9, 0xD},
        {0x20, 0x20},
        {0xA0, 0xA0},
        {0x1680, 0x1680},
        {0x2000, 0x200A},
        {0x2028, 0x2029},
        {0x202F, 0x202F},
        {0x205F, 0x205F},
        {0x3000, 0x3000},
        {0xFEFF, 0xFEFF}};
}

} // namespace

void CharacterClass::add(const CharacterClass& other)
{
    ranges.insert(ranges.end(), other.ranges.begin(), other.ranges.end());
    properties.insert(properties.end(), other.properties.begin(), other.properties.end());
}

CharacterClass classOfEscape(char32_t letter)
{
    CharacterClass set;
    switch (letter) {
    case U'd':
        set.ranges = digitRanges();
        break;
    case U'D':
        set.ranges = complement(digitRanges());
        break;
    case U's':
        set.ranges = spaceRanges();
        break;
    case U'S':
        set.ranges = complement(spaceRanges());
        break;
    case U'w':
        set.ranges = wordRanges();
        break;
    default:
        set.ranges = complement(wordRanges());
        break;
    }
    return set;
}

std::string pcreClass(const CharacterClass& set)
{
    std::string items;
    for (const CodePointRange& range : set.ranges) {
        // PCRE2 refuses a surrogate as the end of a range.
        const char32_t first = isSurrogate(range.first) ? kSurrogateLast + 1 : range.first;
        const char32_t last = isSurrogate(range.last) ? kSurrogateFirst - 1 : range.last;
        if (first <= last)
            items += first == last ? escaped(first) : escaped(first) + "-" + escaped(last);
    }
    for (const std::string& property : set.properties)
        items += property;
    if (!items.empty())
        return (set.isNegated ? "[^" : "[") + items + "]";
    return set.isNegated ? "[" + escaped(0) + "-" + escaped(kPointMax) + "]" : kNever;
}

std::string pcreLiteral(char32_t point)
{
    return isSurrogate(point) ? kNever : escaped(point);
}

} // namespace countersign::data::detail
