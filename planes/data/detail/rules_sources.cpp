#include "models/encoding.h"
#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <map>

namespace countersign::data::detail {

namespace {

/// A scheme, as RFC 3986 writes it, means that the bytes lie elsewhere.
bool hasScheme(std::string_view uri)
{
    const std::size_t end = uri.find_first_of(":/?#");
    return end != std::string_view::npos && end > 0 && uri[end] == ':';
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const Result<std::string> byte = hexDecode(text.substr(i + 1, 2));
            if (byte.ok()) {
                decoded += *byte;
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

/// Path inside the decision folder of a relative reference from `folder`; nothing when it leaves
/// the folder.
std::optional<std::string> joined(std::string_view folder, std::string_view relative)
{
    std::vector<std::string_view> parts;
    for (std::string_view rest : {folder, relative}) {
        while (!rest.empty()) {
            const std::string_view part = rest.substr(0, rest.find('/'));
            rest.remove_prefix(std::min(rest.size(), part.size() + 1));
            if (part.empty() || part == ".")
                continue;
            if (part != "..") {
                parts.push_back(part);
            } else if (parts.empty()) {
                return std::nullopt;
            } else {
                parts.pop_back();
            }
        }
    }
    std::string path;
    for (const std::string_view part : parts)
        path += (path.empty() ? "" : "/") + std::string(part);
    return path;
}

class SourceChecker
{
public:
    explicit SourceChecker(RuleContext& context)
        : m_context(context)
    {
        for (const IncomingSource& source : context.sources()) {
            m_byPath.emplace(source.path, &source);
            m_byDigest.emplace(source.digest.hex(), &source);
        }
    }

    void check(const IncomingRecord& record, const JsonPlace& stated)
    {
        const JsonPlace sha256 = stated.at("sha256");
        const IncomingSource* file = fileOf(record, stated.at("uri").text());
        if (file == nullptr) {
            const auto same = m_byDigest.find(sha256.text());
            if (same == m_byDigest.end()) {
                if (!isKnown(sha256.text()))
                    m_context.report(
                        record,
                        stated.at("uri").pointer(),
                        "reference.unresolved",
                        "the bytes of this source are neither here nor known");
                return;
            }
            file = same->second;
        }
        if (file->digest.hex() != sha256.text())
            m_context.report(
                record,
                sha256.pointer(),
                "digest.source",
                "the digest of " + file->path + " is " + file->digest.hex());
        const JsonPlace size = stated.at("size_bytes");
        if (size.exists() && size.integer() != static_cast<std::int64_t>(file->bytes.size()))
            m_context.report(
                record,
                size.pointer(),
                "source.size",
                file->path + " has " + std::to_string(file->bytes.size()) + " bytes");
    }

private:
    /// Relative to the document, else to the decision folder.
    [[nodiscard]] const IncomingSource*
    fileOf(const IncomingRecord& record, std::string_view uri) const
    {
        if (hasScheme(uri) || uri.starts_with('/'))
            return nullptr;
        const std::string relative = percentDecoded(uri.substr(0, uri.find_first_of("?#")));
        const std::size_t slash = record.path.rfind('/');
        const std::string folder =
            slash == std::string::npos ? std::string() : record.path.substr(0, slash);
        for (const std::string& base : {folder, std::string()}) {
            const std::optional<std::string> path = joined(base, relative);
            if (!path)
                continue;
            const auto found = m_byPath.find(*path);
            if (found != m_byPath.end())
                return found->second;
        }
        return nullptr;
    }

    [[nodiscard]] bool isKnown(const std::string& sha256) const
    {
        const Result<Digest> digest = Digest::parse(sha256);
        return digest.ok() && m_context.known().sources.contains(*digest);
    }

    RuleContext& m_context;
    std::map<std::string, const IncomingSource*, std::less<>> m_byPath;
    std::map<std::string, const IncomingSource*, std::less<>> m_byDigest;
};

} // namespace

void checkSources(RuleContext& context)
{
    SourceChecker checker(context);
    for (const IncomingRecord* item : context.incoming("evidence_item")) {
        const JsonPlace root(item->content);
        const std::vector<JsonPlace> sources = root.at("sources").elements();
        for (const JsonPlace& source : sources)
            checker.check(*item, source);
        const JsonPlace index = root.in("excerpt/source_index");
        if (index.integer() >= static_cast<std::int64_t>(sources.size()))
            context.report(
                *item,
                index.pointer(),
                "reference.local",
                "there are only " + std::to_string(sources.size()) + " sources");
    }
    for (const IncomingRecord* pack : context.incoming("evidence_pack")) {
        for (const JsonPlace& artifact : JsonPlace(pack->content).at("artifacts").elements())
            checker.check(*pack, artifact);
    }
}

} // namespace countersign::data::detail
