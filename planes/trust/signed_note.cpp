#include "planes/trust/signed_note.h"

#include "models/encoding.h"

#include <algorithm>
#include <array>

namespace countersign::trust {

namespace {

constexpr std::string_view kLinePrefix = "\xE2\x80\x94 "; // U+2014 and a space
constexpr std::size_t kKeyIdByteCount = 4;
/// A vkey, a name and a signature of any type in use stay far below.
constexpr std::size_t kLineByteCountMax = 16 * 1024;

Failure malformed(const char* detail)
{
    return fail(ErrorCode::InvalidInput, detail, "note.form");
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20U;
}

/// Of Unicode's White_Space property, what is not ASCII: U+0085, U+00A0, U+1680, U+2000 to U+200A,
/// U+2028, U+2029, U+202F, U+205F, U+3000.
bool hasWideSpace(std::string_view text)
{
    constexpr std::array<std::string_view, 8> kSpaces = {
        "\xC2\x85",
        "\xC2\xA0",
        "\xE1\x9A\x80",
        "\xE2\x80\xA8",
        "\xE2\x80\xA9",
        "\xE2\x80\xAF",
        "\xE2\x81\x9F",
        "\xE3\x80\x80"};
    const bool listed = std::any_of(kSpaces.begin(), kSpaces.end(), [text](std::string_view space) {
        return text.find(space) != std::string_view::npos;
    });
    if (listed)
        return true;
    constexpr std::string_view kGeneralPunctuation = "\xE2\x80";
    for (std::size_t at = text.find(kGeneralPunctuation); at != std::string_view::npos;
         at = text.find(kGeneralPunctuation, at + 1)) {
        const auto last = static_cast<unsigned char>(text[at + kGeneralPunctuation.size()]);
        if (last >= 0x80U && last <= 0x8AU)
            return true;
    }
    return false;
}

Result<NoteSignature> readLine(std::string_view line)
{
    if (line.size() > kLineByteCountMax || !line.starts_with(kLinePrefix))
        return malformed("a line below the note is not a signature");
    line.remove_prefix(kLinePrefix.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !isNoteKeyName(line.substr(0, space)))
        return malformed("a signature line has no proper key name");
    const auto bytes = base64Decode(line.substr(space + 1));
    if (!bytes.ok() || bytes->size() <= kKeyIdByteCount)
        return malformed("a signature line has no base64 of a key id and a signature");
    NoteSignature signature;
    signature.name = line.substr(0, space);
    for (std::size_t i = 0; i < kKeyIdByteCount; ++i)
        signature.keyId = (signature.keyId << 8U) | static_cast<std::uint8_t>((*bytes)[i]);
    signature.bytes = bytes->substr(kKeyIdByteCount);
    return signature;
}

} // namespace

bool isNoteKeyName(std::string_view name)
{
    const auto isForbidden = [](char c) {
        return isControl(c) || c == ' ' || c == '+';
    };
    return !name.empty() && isUtf8(name) && std::none_of(name.begin(), name.end(), isForbidden)
           && !hasWideSpace(name);
}

Result<Note> Note::parse(std::string_view bytes)
{
    if (bytes.size() > kNoteByteCountMax)
        return fail(ErrorCode::LimitExceeded, "the note is larger than 1 MiB", "note.size");
    if (!isUtf8(bytes))
        return malformed("the note is not UTF-8");
    if (std::any_of(bytes.begin(), bytes.end(), [](char c) { return isControl(c) && c != '\n'; }))
        return malformed("the note holds a control character");
    const std::size_t split = bytes.rfind("\n\n");
    if (split == std::string_view::npos || bytes.back() != '\n')
        return malformed("the note has no empty line before its signatures");
    std::string_view rest = bytes.substr(split + 2);
    if (rest.empty())
        return malformed("the note has no signature");
    Note note{std::string(bytes.substr(0, split + 1)), {}};
    while (!rest.empty()) {
        if (note.signatures.size() == kNoteSignatureCountMax)
            return fail(
                ErrorCode::LimitExceeded, "the note has more than 100 signatures", "note.size");
        const std::size_t end = rest.find('\n');
        CS_TRY(NoteSignature signature, readLine(rest.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        rest.remove_prefix(end + 1);
    }
    return note;
}

std::string Note::toText() const
{
    std::string bytes = text + '\n';
    for (const NoteSignature& signature : signatures) {
        std::string content;
        for (unsigned i = kKeyIdByteCount; i > 0; --i)
            content.push_back(static_cast<char>((signature.keyId >> (8 * (i - 1))) & 0xFFU));
        content += signature.bytes;
        bytes.append(kLinePrefix).append(signature.name).append(" ");
        bytes.append(base64Encode(content)).append("\n");
    }
    return bytes;
}

} // namespace countersign::trust
