#include "planes/trust/log_entry.h"

#include "models/encoding.h"
#include "models/json.h"

#include <algorithm>

namespace countersign::trust {

namespace {

constexpr std::string_view kSignatureKind = "hashedrekord";
constexpr std::string_view kSignatureVersion = "0.0.2";
constexpr std::string_view kEventKind = "countersign.event";
constexpr std::string_view kEventVersion = "1";

Failure malformed(const char* detail, std::string pointer = {})
{
    return fail(ErrorCode::InvalidInput, detail, "log_entry.form", std::move(pointer));
}

std::string_view keyDetails(KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case KeyAlgorithm::EcdsaP256:
        return "PKIX_ECDSA_P256_SHA_256";
    case KeyAlgorithm::Ed25519:
        return "PKIX_ED25519";
    }
    return "";
}

Result<std::string> within(std::string bytes)
{
    if (bytes.size() > kLogEntryByteCountMax)
        return fail(
            ErrorCode::LimitExceeded, "a log entry is larger than 65,535 bytes", "log_entry.size");
    return bytes;
}

Result<std::string> textAt(const Json& root, const char* pointer)
{
    const Json* value = valueAt(root, pointer);
    if (value == nullptr || !value->is_string())
        return malformed("a member of the log entry is missing or not text", pointer);
    return value->get<std::string>();
}

Result<std::string> bytesAt(const Json& root, const char* pointer)
{
    CS_TRY(const std::string text, textAt(root, pointer));
    auto bytes = base64Decode(text);
    if (!bytes.ok())
        return malformed("a member of the log entry is not base64", pointer);
    return bytes;
}

Result<LogLeaf> readSignature(const Json& root)
{
    CS_TRY(const std::string digestBytes, bytesAt(root, "/spec/hashedRekordV002/data/digest"));
    CS_TRY(const Digest digest, Digest::fromBytes(digestBytes));
    CS_TRY(std::string signature, bytesAt(root, "/spec/hashedRekordV002/signature/content"));
    CS_TRY(
        const std::string spki,
        bytesAt(root, "/spec/hashedRekordV002/signature/verifier/publicKey/rawBytes"));
    CS_TRY(PublicKey key, PublicKey::fromSpkiDer(spki));
    return LogLeaf(SignatureLeaf{digest, std::move(signature), std::move(key)});
}

Result<LogLeaf> readEvent(const Json& root)
{
    CS_TRY(std::string id, textAt(root, "/id"));
    CS_TRY(std::string type, textAt(root, "/type"));
    CS_TRY(const std::string timeText, textAt(root, "/time"));
    CS_TRY(const Instant time, Instant::parse(timeText));
    CS_TRY(const std::string digestText, textAt(root, "/bodySha256"));
    CS_TRY(const Digest digest, Digest::parse(digestText));
    EventLeaf leaf{std::move(id), std::move(type), time, digest};
    const Json* links = valueAt(root, "/links");
    if (links == nullptr || !links->is_object())
        return malformed("the log entry has no links", "/links");
    for (const auto& [name, value] : links->items()) {
        if (!value.is_string())
            return malformed("a link of the log entry is not text", "/links");
        leaf.links.emplace(name, value.get<std::string>());
    }
    return LogLeaf(std::move(leaf));
}

Result<LogLeaf> readLeaf(const Json& root)
{
    CS_TRY(const std::string kind, textAt(root, "/kind"));
    CS_TRY(const std::string version, textAt(root, "/apiVersion"));
    if (kind == kSignatureKind && version == kSignatureVersion)
        return readSignature(root);
    if (kind == kEventKind && version == kEventVersion)
        return readEvent(root);
    return fail(
        ErrorCode::Unsupported,
        "this version does not read this kind of log entry",
        "log_entry.kind");
}

} // namespace

Result<std::string> SignatureLeaf::toBytes() const
{
    // Every value is base64 or a constant, so plain joining gives canonical JSON.
    std::string bytes =
        R"({"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":)";
    bytes.append(R"({"data":{"algorithm":"SHA2_256","digest":")");
    bytes.append(base64Encode(preAuthDigest.bytes()));
    bytes.append(R"("},"signature":{"content":")").append(base64Encode(signature));
    bytes.append(R"(","verifier":{"keyDetails":")").append(keyDetails(key.algorithm()));
    bytes.append(R"(","publicKey":{"rawBytes":")").append(base64Encode(key.spkiDer()));
    bytes.append(R"("}}}}}})");
    return within(std::move(bytes));
}

Result<void> SignatureLeaf::verify(std::string_view payloadType, std::string_view payload) const
{
    const std::string signedBytes = preAuthEncoding(payloadType, payload);
    if (Digest::of(signedBytes) != preAuthDigest)
        return fail(
            ErrorCode::SignatureInvalid,
            "the log entry commits to another payload",
            "log_entry.digest");
    if (!key.verify(signedBytes, signature))
        return fail(
            ErrorCode::SignatureInvalid,
            "the signature in the log entry does not verify",
            "log_entry.signature");
    return {};
}

Result<std::string> EventLeaf::toBytes() const
{
    Json linkObject = Json::object();
    for (const auto& [name, value] : links) {
        if (name.empty() || !isUtf8(name) || !isUtf8(value))
            return malformed("a link of the log entry has no name or is not UTF-8", "/links");
        linkObject[name] = value;
    }
    if (id.empty() || type.empty() || !isUtf8(id) || !isUtf8(type))
        return malformed("a log entry needs an id and a type in UTF-8");
    return within(canonicalOwnJson(
        {{"apiVersion", kEventVersion},
         {"bodySha256", bodyDigest.hex()},
         {"id", id},
         {"kind", kEventKind},
         {"links", std::move(linkObject)},
         {"time", time.text()},
         {"type", type}}));
}

Result<LogLeaf> parseLogLeaf(std::string_view bytes)
{
    if (bytes.size() > kLogEntryByteCountMax)
        return fail(
            ErrorCode::LimitExceeded, "a log entry is larger than 65,535 bytes", "log_entry.size");
    CS_TRY(const Json root, parseJson(bytes));
    CS_TRY(LogLeaf leaf, readLeaf(root));
    const Result<std::string> written =
        std::visit([](const auto& kind) { return kind.toBytes(); }, leaf);
    if (!written.ok() || *written != bytes)
        return malformed("the log entry is not in its one canonical form");
    return leaf;
}

} // namespace countersign::trust
