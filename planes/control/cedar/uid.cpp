#include "planes/control/cedar/uid.h"

#include "planes/control/cedar/detail/utf8.h"

#include <algorithm>
#include <array>

namespace countersign::cedar {

namespace {

constexpr std::array<std::string_view, 10> kReserved = {
    "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar"};

bool isIdentifierStart(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isIdentifierPart(char c)
{
    return isIdentifierStart(c) || (c >= '0' && c <= '9');
}

} // namespace

std::uint64_t hashText(std::string_view text)
{
    // Eight bytes at a time; the tail is padded with zeros, so the length is part of the seed.
    std::uint64_t hash = mixHash(0x243F6A8885A308D3ULL, text.size());
    while (!text.empty()) {
        std::uint64_t word = 0;
        const std::size_t count = std::min<std::size_t>(text.size(), 8);
        for (std::size_t i = 0; i < count; ++i)
            word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << (8 * i);
        hash = mixHash(hash, word);
        text.remove_prefix(count);
    }
    return hash;
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && isIdentifierStart(text.front())
           && std::all_of(text.begin(), text.end(), isIdentifierPart);
}

bool isReservedWord(std::string_view text)
{
    return std::find(kReserved.begin(), kReserved.end(), text) != kReserved.end();
}

bool isName(std::string_view text)
{
    return isIdentifier(text) && !isReservedWord(text);
}

bool isTypePath(std::string_view text)
{
    while (true) {
        const std::size_t end = text.find("::");
        if (!isName(text.substr(0, end)))
            return false;
        if (end == std::string_view::npos)
            return true;
        text.remove_prefix(end + 2);
    }
}

std::string_view baseName(std::string_view path)
{
    const std::size_t last = path.rfind("::");
    return last == std::string_view::npos ? path : path.substr(last + 2);
}

std::string_view namespaceOf(std::string_view path)
{
    const std::size_t last = path.rfind("::");
    return last == std::string_view::npos ? std::string_view() : path.substr(0, last);
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty())
        detail::appendEscaped(result, detail::takeCodePoint(text));
    return result + '"';
}

Result<EntityUid> EntityUid::create(std::string type, std::string id)
{
    if (!isTypePath(type))
        return fail(
            ErrorCode::InvalidInput,
            cedar::quoted(type) + " is not the name of an entity type",
            "cedar.type_name");
    UidData data;
    data.type = std::move(type);
    data.id = std::move(id);
    data.typeHash = hashText(data.type);
    data.hash = mixHash(data.typeHash, hashText(data.id));
    return EntityUid(std::make_shared<const UidData>(std::move(data)));
}

std::string EntityUid::text() const
{
    return uidText(*m_data);
}

std::string uidText(const UidData& uid)
{
    return uid.type + "::" + cedar::quoted(uid.id);
}

} // namespace countersign::cedar
