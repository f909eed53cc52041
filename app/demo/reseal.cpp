#include "app/demo/demo_decisions.h"

#include <algorithm>
#include <optional>

namespace countersign::app {

namespace {

/// Documents refer to each other this deep at most: items, pack, packet, next revision.
constexpr int kPassCountMax = 16;

using Documents = std::map<std::string, Json>;
/// `record id @ revision` to digest, of this pass.
using Digests = std::map<std::string, std::string>;

std::string keyOf(const Json& named)
{
    return textMember(named, "record_id") + "@" + std::to_string(named.value("revision", 0));
}

Result<Digests> digestsOf(const Documents& documents)
{
    Digests digests;
    for (const auto& [path, document] : documents) {
        CS_TRY(const Digest digest, canonicalDigest(document));
        digests[keyOf(document["header"])] = digest.hex();
    }
    return digests;
}

bool assign(Json& object, const char* member, const std::string& value)
{
    if (textMember(object, member) == value)
        return false;
    object[member] = value;
    return true;
}

/// References `{schema, record_id, revision, sha256}` and payloads with their digest, wherever they
/// stand.
Result<bool> resealInside(Json& value, const Digests& digests)
{
    bool changed = false;
    if (value.is_object()) {
        if (value.contains("record_id") && value.contains("sha256")) {
            const auto known = digests.find(keyOf(value));
            if (known != digests.end())
                changed = assign(value, "sha256", known->second) || changed;
        }
        if (value.contains("payload") && value.contains("payload_sha256")) {
            CS_TRY(const Digest digest, canonicalDigest(value["payload"]));
            changed = assign(value, "payload_sha256", digest.hex()) || changed;
        }
    }
    if (value.is_structured()) {
        for (Json& item : value) {
            CS_TRY(const bool inner, resealInside(item, digests));
            changed = changed || inner;
        }
    }
    return changed;
}

Result<std::string> listDigest(const Json& references)
{
    std::vector<Digest> digests;
    for (const Json& reference : references) {
        CS_TRY(const Digest digest, Digest::parse(textMember(reference, "sha256")));
        digests.push_back(digest);
    }
    return digestOfList(digests).hex();
}

/// The digest over a list, and those in `followers` that named the same list before.
Result<bool>
resealList(Json& document, const char* list, const char* digestMember, const char* followers)
{
    CS_TRY(const std::string fresh, listDigest(document[list]));
    const std::string before = textMember(document, digestMember);
    bool changed = assign(document, digestMember, fresh);
    if (changed && document.contains(followers)) {
        for (Json& follower : document[followers]) {
            if (textMember(follower, digestMember) == before)
                changed = assign(follower, digestMember, fresh) || changed;
        }
    }
    return changed;
}

Result<bool> resealOne(Json& document, const Digests& digests)
{
    CS_TRY(bool changed, resealInside(document, digests));
    Json& header = document["header"];
    if (header.contains("supersedes_sha256")) {
        const auto before = digests.find(
            textMember(header, "record_id") + "@"
            + std::to_string(header.value("revision", 0) - 1));
        if (before != digests.end())
            changed = assign(header, "supersedes_sha256", before->second) || changed;
    }
    const std::string schema = textMember(header, "schema");
    if (schema == "evidence_pack") {
        CS_TRY(const bool list, resealList(document, "items", "root_sha256", "attestations"));
        changed = changed || list;
    } else if (schema == "approval_request") {
        CS_TRY(const bool list, resealList(document, "packet", "packet_sha256", "votes"));
        changed = changed || list;
    }
    return changed;
}

} // namespace

Result<void> resealDocuments(Documents& documents)
{
    for (int pass = 0; pass < kPassCountMax; ++pass) {
        CS_TRY(const Digests digests, digestsOf(documents));
        bool changed = false;
        for (auto& [path, document] : documents) {
            CS_TRY(const bool one, resealOne(document, digests));
            changed = changed || one;
        }
        if (!changed)
            return {};
    }
    return fail(
        ErrorCode::Corrupt, "the documents refer to each other in a circle", "digest.cycle");
}

} // namespace countersign::app
