#include "planes/data/detail/schema_uri.h"

#include "planes/data/detail/schema_text.h"

namespace countersign::data::detail {

namespace {

/// RFC 3986 section 5.2.4.
std::string withoutDotSegments(std::string_view input)
{
    std::string output;
    const auto dropLast = [&output] {
        const auto slash = output.rfind('/');
        output.erase(slash == std::string::npos ? 0 : slash);
    };
    while (!input.empty()) {
        if (input.starts_with("../")) {
            input.remove_prefix(3);
        } else if (input.starts_with("./") || input.starts_with("/./")) {
            input.remove_prefix(2);
        } else if (input == "/.") {
            input = "/";
        } else if (input.starts_with("/../")) {
            input.remove_prefix(3);
            dropLast();
        } else if (input == "/..") {
            input = "/";
            dropLast();
        } else if (input == "." || input == "..") {
            input = {};
        } else {
            const auto end = input.find('/', 1);
            output += input.substr(0, end);
            input.remove_prefix(end == std::string_view::npos ? input.size() : end);
        }
    }
    return output;
}

/// RFC 3986 section 5.2.3.
std::string mergedPath(const Uri& base, const std::string& path)
{
    if (base.authority && base.path.empty())
        return "/" + path;
    const auto slash = base.path.rfind('/');
    return slash == std::string::npos ? path : base.path.substr(0, slash + 1) + path;
}

std::optional<std::string> optionalText(std::string_view text)
{
    return std::string(text);
}

} // namespace

Uri splitUri(std::string_view text)
{
    Uri uri;
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        uri.fragment = optionalText(text.substr(hash + 1));
        text = text.substr(0, hash);
    }
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        uri.query = optionalText(text.substr(mark + 1));
        text = text.substr(0, mark);
    }
    const auto colon = text.find_first_of(":/");
    if (colon != std::string_view::npos && colon > 0 && text[colon] == ':') {
        uri.scheme = optionalText(text.substr(0, colon));
        text.remove_prefix(colon + 1);
    }
    if (text.starts_with("//")) {
        const auto slash = text.find('/', 2);
        uri.authority =
            optionalText(text.substr(2, slash == std::string_view::npos ? slash : slash - 2));
        text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash);
    }
    uri.path = std::string(text);
    return uri;
}

std::string joinUri(const Uri& uri)
{
    std::string text;
    if (uri.scheme)
        text += *uri.scheme + ":";
    if (uri.authority)
        text += "//" + *uri.authority;
    text += uri.path;
    if (uri.query)
        text += "?" + *uri.query;
    if (uri.fragment)
        text += "#" + *uri.fragment;
    return text;
}

Uri resolveUri(const Uri& base, const Uri& reference)
{
    Uri target;
    target.fragment = reference.fragment;
    if (reference.scheme) {
        target.scheme = reference.scheme;
        target.authority = reference.authority;
        // The path of a URN is opaque: "urn:a:." means what it says.
        target.path = reference.authority || reference.path.starts_with('/')
                          ? withoutDotSegments(reference.path)
                          : reference.path;
        target.query = reference.query;
        return target;
    }
    target.scheme = base.scheme;
    if (reference.authority) {
        target.authority = reference.authority;
        target.path = withoutDotSegments(reference.path);
        target.query = reference.query;
        return target;
    }
    target.authority = base.authority;
    if (reference.path.empty()) {
        target.path = base.path;
        target.query = reference.query ? reference.query : base.query;
        return target;
    }
    target.path = withoutDotSegments(
        reference.path.starts_with('/') ? reference.path : mergedPath(base, reference.path));
    target.query = reference.query;
    return target;
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            bytes.push_back(text[at]);
            continue;
        }
        if (text.size() - at < 3 || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2]))
            return std::nullopt;
        bytes.push_back(static_cast<char>(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2])));
        at += 2;
    }
    return bytes;
}

} // namespace countersign::data::detail
