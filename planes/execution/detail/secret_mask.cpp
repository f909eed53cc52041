#include "planes/execution/detail/secret_mask.h"

#include "models/encoding.h"

#include <optional>

namespace countersign::execution::detail {

namespace {

constexpr std::string_view kMasked = "[secret]";
/// Shorter encoded forms stand in innocent text by chance.
constexpr std::size_t kHexLengthMin = 8;
constexpr std::size_t kBase64LengthMin = 6;
constexpr std::size_t kBitsOfByte = 8;
constexpr std::size_t kBitsOfCharacter = 6;

std::optional<unsigned> digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A') + 10;
    return std::nullopt;
}

/// The number that `count` hexadecimal digits at `at` make.
std::optional<unsigned> hexAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at > text.size() || text.size() - at < count)
        return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::optional<unsigned> digit = digitOf(text[at + i]);
        if (!digit)
            return std::nullopt;
        value = value << 4U | *digit;
    }
    return value;
}

/// Length of one spelling of the byte `wanted` at `at`, or 0.
std::size_t spellingAt(std::string_view text, std::size_t at, char wanted)
{
    constexpr std::size_t kPercentLength = 3;
    constexpr std::size_t kEscapeLength = 6;
    if (at >= text.size())
        return 0;
    const unsigned byte = static_cast<unsigned char>(wanted);
    if (text[at] == '%' && hexAt(text, at + 1, 2) == byte)
        return kPercentLength;
    if (text[at] == '\\' && at + 1 < text.size()) {
        if (text[at + 1] == 'u' && hexAt(text, at + 2, 4) == byte)
            return kEscapeLength;
        if (text[at + 1] == wanted && (wanted == '/' || wanted == '"' || wanted == '\\'))
            return 2;
    }
    return text[at] == wanted ? 1 : 0;
}

char standardAlphabet(char c)
{
    return c == '-' ? '+' : c == '_' ? '/' : c;
}

bool isBase64(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+'
           || c == '/' || c == '-' || c == '_' || c == '=';
}

} // namespace

SecretMask::SecretMask(std::string_view secret)
    : m_secret(trust::SecretBytes::copyOf(secret))
{
    for (std::size_t before = 0; before < m_base64.size(); ++before) {
        std::string whole(before, '\0');
        whole.reserve(before + secret.size());
        whole += secret;
        std::string encoded = base64Encode(whole);
        // Characters that bits of a neighbour share in are left out.
        const std::size_t first = (before * kBitsOfByte + kBitsOfCharacter - 1) / kBitsOfCharacter;
        const std::size_t end = whole.size() * kBitsOfByte / kBitsOfCharacter;
        if (end >= first + kBase64LengthMin)
            m_base64[before] =
                trust::SecretBytes::copyOf(std::string_view(encoded).substr(first, end - first));
        trust::wipe(encoded);
        trust::wipe(whole);
    }
}

std::string SecretMask::masked(std::string_view text) const
{
    if (m_secret.empty())
        return std::string(text);
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = matchAt(text, at);
        if (length == 0) {
            clean += text[at++];
        } else {
            clean += kMasked;
            at += length;
        }
    }
    return clean;
}

std::string SecretMask::maskedBody(std::string_view body) const
{
    std::string clean = masked(body);
    if (clean == body || parseJson(clean).ok())
        return clean;
    Result<Json> parsed = parseJson(body);
    if (!parsed.ok())
        return clean;
    maskValue(*parsed);
    return parsed->dump();
}

/// Depth is bounded by the limits of parseJson().
void SecretMask::maskValue(Json& value) const
{
    if (value.is_string()) {
        value = masked(value.get_ref<const std::string&>());
    } else if (value.is_array()) {
        for (Json& item : value)
            maskValue(item);
    } else if (value.is_object()) {
        Json::object_t members;
        for (auto& [key, member] : value.get_ref<Json::object_t&>()) {
            maskValue(member);
            members[masked(key)] = std::move(member);
        }
        value = std::move(members);
    } else if (value.is_number() && value.dump() == m_secret.view()) {
        value = kMasked;
    }
}

std::size_t SecretMask::matchAt(std::string_view text, std::size_t at) const
{
    if (const std::size_t length = matchSpelled(text, at); length > 0)
        return length;
    if (const std::size_t length = matchHex(text, at); length > 0)
        return length;
    return matchBase64(text, at);
}

std::size_t SecretMask::matchSpelled(std::string_view text, std::size_t at) const
{
    std::size_t place = at;
    for (const char wanted : m_secret.view()) {
        const std::size_t length = spellingAt(text, place, wanted);
        if (length == 0)
            return 0;
        place += length;
    }
    return place - at;
}

std::size_t SecretMask::matchHex(std::string_view text, std::size_t at) const
{
    if (2 * m_secret.size() < kHexLengthMin)
        return 0;
    std::size_t place = at;
    for (const char wanted : m_secret.view()) {
        if (hexAt(text, place, 2) != static_cast<unsigned char>(wanted))
            return 0;
        place += 2;
    }
    return place - at;
}

std::size_t SecretMask::matchBase64(std::string_view text, std::size_t at) const
{
    for (std::size_t before = 0; before < m_base64.size(); ++before) {
        const std::string_view form = m_base64[before].view();
        // The character before the form holds the first bits of the secret, where it shares one.
        const std::size_t lead = before == 0 ? 0 : 1;
        if (form.empty() || text.size() - at < lead + form.size())
            continue;
        std::size_t same = 0;
        while (same < form.size() && standardAlphabet(text[at + lead + same]) == form[same])
            ++same;
        if (same < form.size())
            continue;
        // So may the one after it, and the filling.
        std::size_t end = at + lead + form.size();
        for (int i = 0;
             i < 3 && end < text.size() && isBase64(text[end]) && (i == 0 || text[end] == '=');
             ++i)
            ++end;
        return end - at;
    }
    return 0;
}

} // namespace countersign::execution::detail
