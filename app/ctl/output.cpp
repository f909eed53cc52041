#include "app/ctl/output.h"

#include "models/check.h"
#include "models/encoding.h"

#include <array>

namespace countersign::ctl {

namespace {

constexpr int kIndent = 2;

/// Length of the UTF-8 sequence that begins with this byte. The text is well-formed.
std::size_t sequenceLength(unsigned char first)
{
    constexpr unsigned char kTwo = 0xC0;
    constexpr unsigned char kThree = 0xE0;
    constexpr unsigned char kFour = 0xF0;
    if (first >= kFour)
        return 4;
    if (first >= kThree)
        return 3;
    return first >= kTwo ? 2 : 1;
}

std::uint32_t codePoint(std::string_view sequence)
{
    constexpr std::array<unsigned char, 5> kFirstMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    std::uint32_t point =
        static_cast<unsigned char>(sequence.front()) & kFirstMask.at(sequence.size());
    for (const char c : sequence.substr(1))
        point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    return point;
}

/// Controls of C0 and C1, and the embeddings, overrides and isolates of bidirectional text.
bool isTreacherous(std::uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E)
           || (point >= 0x2066 && point <= 0x2069);
}

std::string shownText(std::string_view text, bool keepLineFeeds)
{
    if (!isUtf8(text))
        return "<not UTF-8: " + hexEncode(text) + ">";
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(static_cast<unsigned char>(text[i]));
        const std::string_view sequence = text.substr(i, length);
        i += length;
        const std::uint32_t point = codePoint(sequence);
        if (point == '\n' || point == '\t') {
            result += keepLineFeeds ? static_cast<char>(point) : ' ';
        } else if (isTreacherous(point)) {
            std::array<char, 16> name{};
            std::snprintf(name.data(), name.size(), "<U+%04X>", static_cast<unsigned>(point));
            result += name.data();
        } else {
            result += sequence;
        }
    }
    return result;
}

} // namespace

void Output::line(std::string_view text)
{
    if (m_json)
        return;
    std::fwrite(text.data(), 1, text.size(), m_out);
    std::fputc('\n', m_out);
    std::fflush(m_out);
}

void Output::bytes(std::string_view text)
{
    if (!m_json)
        std::fwrite(text.data(), 1, text.size(), m_out);
}

void Output::document(const Json& json)
{
    if (!m_json)
        return;
    CS_ASSERT(!m_hasDocument);
    m_hasDocument = true;
    // Names of files need not be UTF-8.
    const std::string text = json.dump(kIndent, ' ', false, Json::error_handler_t::replace);
    std::fwrite(text.data(), 1, text.size(), m_out);
    std::fputc('\n', m_out);
}

void Output::complain(const Error& error)
{
    const std::string text = shownLine(error.describe());
    std::fwrite(text.data(), 1, text.size(), m_err);
    std::fputc('\n', m_err);
}

void Output::conclude(const Error& error)
{
    complain(error);
    if (!m_hasDocument)
        document({{"error", errorJson(error)}});
}

Json errorJson(const Error& error)
{
    return {
        {"code", errorCodeName(error.code)},
        {"rule", error.rule},
        {"message", error.detail},
        {"file", error.file},
        {"pointer", error.pointer}};
}

std::string shown(std::string_view text)
{
    return shownText(text, true);
}

std::string shownLine(std::string_view text)
{
    return shownText(text, false);
}

} // namespace countersign::ctl
