#include "models/encoding.h"
#include "models/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

// RFC 8785, section 3.2: no white space, members sorted by the UTF-16 code units of their names,
// strings with the fewest escapes, numbers as ECMAScript writes them.

namespace countersign {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 2.0 * kTwoTo63;

/// Rank of a UTF-8 byte such that byte-wise comparison gives the order of UTF-16 code units: the
/// two orders differ only where a character beyond U+FFFF (lead byte F0 to F4, surrogates D800 to
/// DFFF) meets one of U+E000 to U+FFFF (lead byte EE or EF).
unsigned utf16Rank(char c)
{
    const auto byte = static_cast<std::uint8_t>(c);
    return byte == 0xEEU || byte == 0xEFU ? byte + 0x10U : byte;
}

bool precedesInUtf16(std::string_view a, std::string_view b)
{
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return utf16Rank(x) < utf16Rank(y);
    });
}

/// ECMA-262 Number::toString, radix 10, of a finite number.
std::string ecmaScriptNumber(double value)
{
    if (value == 0.0)
        return "0"; // also for -0
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(
        buffer.data(),
        buffer.data() + buffer.size(),
        std::abs(value),
        std::chars_format::scientific);
    const std::string_view shortest(
        buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t mark = shortest.find('e');
    std::string digits(shortest.substr(0, mark));
    std::erase(digits, '.');
    const bool negativeExponent = shortest[mark + 1] == '-';
    int exponent = 0;
    std::from_chars(shortest.data() + mark + 2, written.ptr, exponent);
    if (negativeExponent)
        exponent = -exponent;

    // The value is 0.<digits> times ten to the power of pointPlace ("n" in the standard).
    const int digitCount = static_cast<int>(digits.size());
    const int pointPlace = exponent + 1;
    const std::string sign = value < 0 ? "-" : "";
    if (digitCount <= pointPlace && pointPlace <= 21)
        return sign + digits + std::string(static_cast<std::size_t>(pointPlace - digitCount), '0');
    if (0 < pointPlace && pointPlace <= 21)
        return sign + digits.insert(static_cast<std::size_t>(pointPlace), 1, '.');
    if (-6 < pointPlace && pointPlace <= 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-pointPlace), '0') + digits;
    if (digitCount > 1)
        digits.insert(1, 1, '.');
    return sign + digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

/// Appends the canonical form; every path of a refusal names its place by JSON pointer.
class Writer
{
public:
    Result<void> write(const Json& value)
    {
        switch (value.type()) {
        case Json::value_t::null:
            m_text += "null";
            return {};
        case Json::value_t::boolean:
            m_text += value.get<bool>() ? "true" : "false";
            return {};
        case Json::value_t::string:
            return writeString(value.get_ref<const std::string&>());
        case Json::value_t::number_integer: {
            const auto number = value.get<std::int64_t>();
            const auto rounded = static_cast<double>(number);
            const bool exact = rounded < kTwoTo63 && static_cast<std::int64_t>(rounded) == number;
            return writeInteger(exact, rounded);
        }
        case Json::value_t::number_unsigned: {
            const auto number = value.get<std::uint64_t>();
            const auto rounded = static_cast<double>(number);
            const bool exact = rounded < kTwoTo64 && static_cast<std::uint64_t>(rounded) == number;
            return writeInteger(exact, rounded);
        }
        case Json::value_t::number_float:
            if (!std::isfinite(value.get<double>()))
                return refuse("NaN and infinity have no JSON form", "jcs.number");
            m_text += ecmaScriptNumber(value.get<double>());
            return {};
        case Json::value_t::array:
            return writeArray(value);
        case Json::value_t::object:
            return writeObject(value);
        case Json::value_t::binary:
        case Json::value_t::discarded:
            break;
        }
        return refuse("the value has no JSON form", "jcs.type");
    }

    [[nodiscard]] std::string takeText() { return std::move(m_text); }

private:
    Result<void> writeInteger(bool exact, double value)
    {
        if (!exact)
            return refuse(
                "the integer has no exact double, so its canonical form would be another's",
                "jcs.integer_range");
        m_text += ecmaScriptNumber(value);
        return {};
    }

    Result<void> writeArray(const Json& array)
    {
        const std::size_t pathLength = m_pointer.size();
        m_text += '[';
        for (std::size_t i = 0; i < array.size(); ++i) {
            if (i > 0)
                m_text += ',';
            m_pointer += '/' + std::to_string(i);
            CS_CHECK(write(array[i]));
            m_pointer.resize(pathLength);
        }
        m_text += ']';
        return {};
    }

    Result<void> writeObject(const Json& object)
    {
        const auto& members = object.get_ref<const Json::object_t&>();
        std::vector<const Json::object_t::value_type*> sorted;
        sorted.reserve(members.size());
        for (const auto& member : members)
            sorted.push_back(&member);
        std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
            return precedesInUtf16(a->first, b->first);
        });
        const std::size_t pathLength = m_pointer.size();
        m_text += '{';
        for (const auto* member : sorted) {
            if (member != sorted.front())
                m_text += ',';
            m_pointer += '/' + pointerToken(member->first);
            CS_CHECK(writeString(member->first));
            m_text += ':';
            CS_CHECK(write(member->second));
            m_pointer.resize(pathLength);
        }
        m_text += '}';
        return {};
    }

    Result<void> writeString(const std::string& text)
    {
        if (!isUtf8(text))
            return refuse("the text is not UTF-8", "jcs.utf8");
        m_text += '"';
        std::size_t plainBegin = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (c != '"' && c != '\\' && static_cast<std::uint8_t>(c) >= 0x20U)
                continue;
            m_text.append(text, plainBegin, i - plainBegin);
            writeEscaped(c);
            plainBegin = i + 1;
        }
        m_text.append(text, plainBegin);
        m_text += '"';
        return {};
    }

    void writeEscaped(char c)
    {
        constexpr std::string_view kShortEscaped = "\"\\\b\t\n\f\r";
        constexpr std::string_view kShortEscapes = "\"\\btnfr";
        m_text += '\\';
        if (const std::size_t i = kShortEscaped.find(c); i != std::string_view::npos) {
            m_text += kShortEscapes[i];
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            m_text += "u00";
            m_text += kHexDigits[byte >> 4U];
            m_text += kHexDigits[byte & 0x0FU];
        }
    }

    [[nodiscard]] Failure refuse(std::string detail, std::string rule) const
    {
        return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), m_pointer);
    }

    std::string m_text;
    std::string m_pointer;
};

} // namespace

Result<std::string> canonicalJson(const Json& value)
{
    Writer writer;
    CS_CHECK(writer.write(value));
    return writer.takeText();
}

Result<Digest> canonicalDigest(const Json& value)
{
    CS_TRY(const std::string text, canonicalJson(value));
    return Digest::of(text);
}

std::string canonicalOwnJson(const Json& value)
{
    const Result<std::string> text = canonicalJson(value);
    CS_ASSERT(text.ok());
    return *text;
}

} // namespace countersign
