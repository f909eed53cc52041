#include "planes/trust/detail/pack_manifest.h"

#include "models/json.h"
#include "planes/trust/dsse.h"
#include "planes/trust/statement.h"

namespace countersign::trust::detail {

namespace {

Failure malformed(std::string what, std::string pointer = {})
{
    return fail(ErrorCode::InvalidInput, std::move(what), "pack.manifest", std::move(pointer));
}

Result<std::uint64_t> numberAt(const Json& object, const std::string& member)
{
    const auto found = object.find(member);
    if (found == object.end() || !found->is_number_unsigned())
        return malformed("a number is missing", "/predicate/" + pointerToken(member));
    return found->get<std::uint64_t>();
}

Result<Digest> digestAt(const Json& object, const char* member)
{
    const auto digest = Digest::parse(textMember(object, member));
    if (!digest.ok())
        return malformed("a digest is missing", std::string("/predicate/") + member);
    return *digest;
}

Result<Manifest> readStatement(const Statement& statement)
{
    if (statement.predicateType != kPackPredicate)
        return malformed("this is not the manifest of an evidence pack", "/predicateType");
    const Json& predicate = statement.predicate;
    const Json log = predicate.value("log", Json::object());
    const Json sizes = predicate.value("sizes", Json::object());
    if (!log.is_object() || !sizes.is_object() || sizes.size() != statement.subjects.size())
        return malformed("its parts do not fit together", "/predicate");
    CS_TRY(const Digest anchor, digestAt(predicate, "anchor"));
    CS_TRY(const Digest root, digestAt(log, "root"));
    CS_TRY(const std::uint64_t size, numberAt(log, "size"));
    Manifest manifest{
        {textMember(predicate, "decision"), anchor, {textMember(log, "origin"), size, root}}};
    for (const Subject& subject : statement.subjects) {
        CS_TRY(const std::uint64_t byteCount, numberAt(sizes, subject.name));
        if (!manifest.files.emplace(subject.name, ListedFile{subject.digest, byteCount}).second)
            return malformed("it names a file twice", "/subject");
    }
    return manifest;
}

} // namespace

std::string leafName(std::uint64_t index)
{
    return "entries/" + std::to_string(index) + ".leaf";
}

std::string bodyName(std::uint64_t index)
{
    return "entries/" + std::to_string(index) + ".body";
}

std::string proofName(std::uint64_t index)
{
    return "proofs/" + std::to_string(index) + ".tlog-proof";
}

std::string documentName(const Digest& digest)
{
    return "documents/" + digest.hex();
}

std::string keyName(const std::string& keyId)
{
    return "keys/" + keyId + ".pem";
}

Result<std::string> signManifest(const Manifest& manifest, const NoteSigner& logKey)
{
    const PackManifest& about = manifest.about;
    Statement statement{{}, std::string(kPackPredicate), Json::object()};
    Json sizes = Json::object();
    for (const auto& [name, listed] : manifest.files) {
        statement.subjects.push_back({name, listed.sha256});
        sizes[name] = listed.size;
    }
    statement.predicate = {
        {"decision", about.decisionId},
        {"anchor", about.anchor.hex()},
        {"log",
         {{"origin", about.head.origin},
          {"size", about.head.size},
          {"root", about.head.root.hex()}}},
        {"sizes", std::move(sizes)}};
    CS_TRY(std::string payload, statement.toJson());
    // A note's signer signs texts that end in a line feed. With one at the end of the payload the
    // encoding that DSSE signs is such a text, and no other door to the key is needed. Neither can
    // be taken for the other: a head begins with the name of a log, which has no blank in it.
    payload += '\n';
    CS_TRY(
        const NoteSignature signature, logKey.sign(preAuthEncoding(kInTotoPayloadType, payload)));
    const Envelope envelope{
        std::move(payload),
        std::string(kInTotoPayloadType),
        {{logKey.verifier().key().keyId(), signature.bytes}}};
    return envelope.toJson();
}

Result<Manifest> openManifest(std::string_view bytes, const NoteVerifier& logKey)
{
    CS_TRY(const Envelope envelope, Envelope::parse(bytes));
    // No signature covers the envelope itself: one form only, so that no byte of it can be another.
    if (envelope.toJson() != bytes || envelope.signatures.size() != 1
        || envelope.signatures.front().keyId != logKey.key().keyId())
        return malformed("it is not one signature of the log's key in canonical form");
    CS_CHECK(verifyEnvelope(envelope, logKey.key()));
    CS_TRY(const Statement statement, parseStatement(envelope.payload));
    return readStatement(statement);
}

} // namespace countersign::trust::detail
