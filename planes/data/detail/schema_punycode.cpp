#include "planes/data/detail/schema_idna.h"
#include "planes/data/detail/schema_text.h"

#include <algorithm>
#include <limits>

namespace countersign::data::detail {

namespace {

// RFC 3492 section 5.
constexpr std::uint32_t kBase = 36;
constexpr std::uint32_t kThresholdMin = 1;
constexpr std::uint32_t kThresholdMax = 26;
constexpr std::uint32_t kSkew = 38;
constexpr std::uint32_t kDamp = 700;
constexpr std::uint32_t kInitialBias = 72;
constexpr std::uint32_t kInitialPoint = 0x80;
constexpr std::uint32_t kPointMax = 0x10FFFF;
/// A label has at most 63 octets; longer text is no label whatever it encodes.
constexpr std::size_t kTextLengthMax = 1024;

std::uint32_t adapted(std::uint32_t delta, std::uint32_t pointCount, bool first)
{
    delta = first ? delta / kDamp : delta / 2;
    delta += delta / pointCount;
    std::uint32_t steps = 0;
    for (; delta > (kBase - kThresholdMin) * kThresholdMax / 2; steps += kBase)
        delta /= kBase - kThresholdMin;
    return steps + (kBase - kThresholdMin + 1) * delta / (delta + kSkew);
}

std::uint32_t threshold(std::uint32_t position, std::uint32_t bias)
{
    if (position <= bias)
        return kThresholdMin;
    return std::min(position - bias, kThresholdMax);
}

std::optional<std::uint32_t> digitValue(char c)
{
    if (isDigit(c))
        return static_cast<std::uint32_t>(c - '0') + 26;
    if (isLetter(c))
        return static_cast<std::uint32_t>((c | 0x20) - 'a');
    return std::nullopt;
}

char digitCharacter(std::uint32_t value)
{
    return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

/// Reads one generalized variable-length integer and adds it to `index`; false when the text ends
/// or the number overflows.
bool readDelta(std::string_view& text, std::uint32_t bias, std::uint32_t& index)
{
    constexpr auto kMax = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t weight = 1;
    for (std::uint32_t position = kBase;; position += kBase) {
        const auto digit = text.empty() ? std::nullopt : digitValue(text.front());
        if (!digit || *digit > (kMax - index) / weight)
            return false;
        text.remove_prefix(1);
        index += *digit * weight;
        const std::uint32_t limit = threshold(position, bias);
        if (*digit < limit)
            return true;
        if (weight > kMax / (kBase - limit))
            return false;
        weight *= kBase - limit;
    }
}

void writeDelta(std::string& text, std::uint32_t bias, std::uint32_t delta)
{
    for (std::uint32_t position = kBase;; position += kBase) {
        const std::uint32_t limit = threshold(position, bias);
        if (delta < limit)
            break;
        text.push_back(digitCharacter(limit + (delta - limit) % (kBase - limit)));
        delta = (delta - limit) / (kBase - limit);
    }
    text.push_back(digitCharacter(delta));
}

} // namespace

std::optional<std::u32string> punycodeDecoded(std::string_view text)
{
    if (text.size() > kTextLengthMax || !std::all_of(text.begin(), text.end(), isAscii))
        return std::nullopt;
    std::u32string label;
    if (const auto delimiter = text.rfind('-'); delimiter != std::string_view::npos) {
        label.assign(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(delimiter));
        text.remove_prefix(delimiter + 1);
    }
    std::uint32_t point = kInitialPoint;
    std::uint32_t bias = kInitialBias;
    std::uint32_t index = 0;
    while (!text.empty()) {
        const std::uint32_t before = index;
        if (!readDelta(text, bias, index))
            return std::nullopt;
        const auto count = static_cast<std::uint32_t>(label.size()) + 1;
        bias = adapted(index - before, count, before == 0);
        if (index / count > kPointMax - point)
            return std::nullopt;
        point += index / count;
        index %= count;
        if (point >= 0xD800 && point <= 0xDFFF)
            return std::nullopt;
        label.insert(label.begin() + static_cast<std::ptrdiff_t>(index), point);
        ++index;
    }
    return label;
}

std::string punycodeEncoded(const std::u32string& label)
{
    std::string text;
    for (const char32_t point : label)
        if (point < kInitialPoint)
            text.push_back(static_cast<char>(point));
    auto handled = static_cast<std::uint32_t>(text.size());
    const std::uint32_t basicCount = handled;
    if (basicCount > 0)
        text.push_back('-');
    std::uint32_t point = kInitialPoint;
    std::uint32_t bias = kInitialBias;
    std::uint32_t delta = 0;
    while (handled < label.size()) {
        std::uint32_t next = kPointMax;
        for (const char32_t candidate : label)
            if (candidate >= point)
                next = std::min(next, static_cast<std::uint32_t>(candidate));
        delta += (next - point) * (handled + 1);
        point = next;
        for (const char32_t candidate : label) {
            if (candidate < point)
                ++delta;
            if (candidate != point)
                continue;
            writeDelta(text, bias, delta);
            bias = adapted(delta, handled + 1, handled == basicCount);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++point;
    }
    return text;
}

} // namespace countersign::data::detail
