#include "models/ids.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cstdint>

namespace countersign {

namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
constexpr std::size_t kTimeDigits = 10;
constexpr std::size_t kIdLength = 4 + kUlidLength;

bool isLowerLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

} // namespace

std::string SystemEntropy::bytes(std::size_t byteCount)
{
    std::string result;
    result.reserve(byteCount + 4);
    while (result.size() < byteCount) {
        const quint32 word = QRandomGenerator::system()->generate();
        for (unsigned shift = 0; shift < 32; shift += 8)
            result.push_back(static_cast<char>((word >> shift) & 0xFFU));
    }
    result.resize(byteCount);
    return result;
}

Instant SystemClock::now() const
{
    return Instant(std::chrono::floor<Duration>(std::chrono::system_clock::now()));
}

Result<RecordId> RecordId::parse(std::string_view text)
{
    const bool wellFormed = text.size() == kIdLength
                            && std::all_of(text.begin(), text.begin() + 3, isLowerLetter)
                            && text[3] == '_' && text[4] >= '0' && text[4] <= '7'
                            && std::all_of(text.begin() + 5, text.end(), [](char c) {
                                   return kCrockford.find(c) != std::string_view::npos;
                               });
    if (!wellFormed)
        return fail(
            ErrorCode::InvalidInput,
            "\"" + std::string(text.substr(0, 40))
                + "\" is not a record id (three letters, underscore, ULID)",
            "id.form");
    return RecordId(std::string(text));
}

RecordId RecordId::make(std::string_view kind, Instant now, EntropySource& entropy)
{
    CS_ASSERT(kind.size() == 3 && std::all_of(kind.begin(), kind.end(), isLowerLetter));
    const auto millis = static_cast<std::uint64_t>(now.unixMicros() / 1000);
    std::string text = std::string(kind) + "_";
    for (std::size_t i = 0; i < kTimeDigits; ++i)
        text.push_back(kCrockford[(millis >> (5 * (kTimeDigits - 1 - i))) & 31U]);
    // 80 random bits are sixteen base-32 digits: five bits of each of sixteen bytes are as random
    // as any.
    for (const char c : entropy.bytes(kUlidLength - kTimeDigits))
        text.push_back(kCrockford[static_cast<std::uint8_t>(c) & 31U]);
    return RecordId(std::move(text));
}

Instant RecordId::claimedTime() const
{
    std::int64_t millis = 0;
    for (const char c : std::string_view(m_text).substr(4, kTimeDigits))
        millis = millis * 32 + static_cast<std::int64_t>(kCrockford.find(c));
    return Instant::fromUnixMicros(millis * 1000);
}

} // namespace countersign
