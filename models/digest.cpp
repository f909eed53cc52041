#include "models/digest.h"

#include "models/encoding.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>

namespace countersign {

Digest Digest::of(std::string_view bytes)
{
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())),
        QCryptographicHash::Sha256);
    std::array<char, kByteCount> raw{};
    std::copy_n(hash.constData(), kByteCount, raw.begin());
    return Digest(raw);
}

Result<Digest> Digest::parse(std::string_view hex)
{
    const bool wellFormed =
        hex.size() == 2 * kByteCount && std::all_of(hex.begin(), hex.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        });
    if (!wellFormed)
        return fail(
            ErrorCode::InvalidInput,
            "a SHA-256 digest is 64 lower-case hexadecimal digits",
            "digest.form");
    CS_TRY(const std::string raw, hexDecode(hex));
    return fromBytes(raw);
}

Result<Digest> Digest::fromBytes(std::string_view bytes)
{
    if (bytes.size() != kByteCount)
        return fail(ErrorCode::InvalidInput, "a SHA-256 digest is 32 bytes", "digest.form");
    std::array<char, kByteCount> raw{};
    std::copy_n(bytes.begin(), kByteCount, raw.begin());
    return Digest(raw);
}

std::string Digest::hex() const
{
    return hexEncode(bytes());
}

std::string_view Digest::bytes() const
{
    return {m_bytes.data(), m_bytes.size()};
}

std::string Digest::shortText() const
{
    return groupedText().substr(0, 9);
}

std::string Digest::groupedText() const
{
    constexpr std::size_t kGroupSize = 4;
    const std::string digits = hex();
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += kGroupSize) {
        if (i > 0)
            text += ' ';
        text += digits.substr(i, kGroupSize);
    }
    return text;
}

} // namespace countersign
