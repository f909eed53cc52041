#include "planes/trust/detail/pem.h"

#include "models/encoding.h"

namespace countersign::trust::detail {

namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

} // namespace

std::string_view pemLabel(std::string_view text)
{
    text = trimmed(text);
    if (!text.starts_with(kBegin))
        return {};
    text.remove_prefix(kBegin.size());
    const std::size_t end = text.find(kDashes);
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

Result<std::string> pemDecode(std::string_view text, std::string_view label)
{
    if (text.size() > kPemByteCountMax)
        return fail(ErrorCode::LimitExceeded, "the PEM text is larger than 16 KiB", "pem");
    const std::string head = std::string(kBegin) + std::string(label) + std::string(kDashes);
    const std::string tail = std::string(kEnd) + std::string(label) + std::string(kDashes);
    std::string_view body = trimmed(text);
    if (body.size() < head.size() + tail.size() || !body.starts_with(head) || !body.ends_with(tail))
        return fail(
            ErrorCode::InvalidInput,
            "this is not one PEM block labelled " + std::string(label),
            "pem");
    body = body.substr(head.size(), body.size() - head.size() - tail.size());
    std::string digits;
    digits.reserve(body.size());
    for (const char c : body) {
        if (kSpace.find(c) == std::string_view::npos)
            digits.push_back(c);
    }
    auto bytes = base64Decode(digits);
    wipe(digits);
    if (!bytes.ok())
        return fail(ErrorCode::InvalidInput, "the PEM block is not base64", "pem");
    return bytes;
}

Result<SecretBytes> pemDecodeSecret(std::string_view text, std::string_view label)
{
    CS_TRY(std::string bytes, pemDecode(text, label));
    return SecretBytes::takeFrom(bytes);
}

std::string pemEncode(std::string_view bytes, std::string_view label)
{
    constexpr std::size_t kLineSize = 64;
    std::string digits = base64Encode(bytes);
    std::string text;
    text.reserve(digits.size() + digits.size() / kLineSize + 2 * label.size() + 64);
    text.append(kBegin).append(label).append(kDashes).append("\n");
    for (std::size_t i = 0; i < digits.size(); i += kLineSize)
        text.append(digits, i, kLineSize).append("\n");
    text.append(kEnd).append(label).append(kDashes).append("\n");
    wipe(digits);
    return text;
}

} // namespace countersign::trust::detail
