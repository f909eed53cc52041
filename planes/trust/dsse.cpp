#include "planes/trust/dsse.h"

#include "models/encoding.h"

#include <algorithm>
#include <set>

namespace countersign::trust {

namespace {

Failure malformed(std::string detail, std::string pointer)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), "dsse.form", std::move(pointer));
}

Result<std::string> textAt(const Json& object, const char* member, const std::string& pointer)
{
    const auto found = object.find(member);
    if (found == object.end() || !found->is_string())
        return malformed(
            std::string("the member \"") + member + "\" is missing or not text",
            pointer + '/' + member);
    return found->get<std::string>();
}

Result<std::string> bytesAt(const Json& object, const char* member, const std::string& pointer)
{
    CS_TRY(const std::string text, textAt(object, member, pointer));
    auto bytes = base64Decode(text, Base64Alphabet::StandardOrUrl);
    if (!bytes.ok())
        return malformed(bytes.error().detail, pointer + '/' + member);
    return bytes;
}

Result<EnvelopeSignature> readSignature(const Json& value, const std::string& pointer)
{
    if (!value.is_object())
        return malformed("a signature is not an object", pointer);
    EnvelopeSignature signature;
    if (value.contains("keyid")) {
        CS_TRY(signature.keyId, textAt(value, "keyid", pointer));
    }
    CS_TRY(signature.signature, bytesAt(value, "sig", pointer));
    if (signature.signature.size() > kEnvelopeSignatureByteCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "a signature is larger than 8 KiB",
            "dsse.signature_size",
            pointer + "/sig");
    return signature;
}

bool isSignedBy(const Envelope& envelope, const std::string& signedBytes, const PublicKey& key)
{
    return std::any_of(
        envelope.signatures.begin(),
        envelope.signatures.end(),
        [&](const EnvelopeSignature& signature) {
            return key.verify(signedBytes, signature.signature);
        });
}

Result<void> checkPayloadType(const Envelope& envelope)
{
    if (envelope.payloadType != kInTotoPayloadType)
        return fail(
            ErrorCode::Refused,
            "the envelope does not hold an in-toto statement",
            "dsse.payload_type",
            "/payloadType");
    return {};
}

} // namespace

Result<Envelope> Envelope::parse(std::string_view json)
{
    CS_TRY(const Json value, parseJson(json));
    return fromJson(value);
}

Result<Envelope> Envelope::fromJson(const Json& value)
{
    if (!value.is_object())
        return malformed("the envelope is not an object", "");
    Envelope envelope;
    CS_TRY(envelope.payload, bytesAt(value, "payload", ""));
    CS_TRY(envelope.payloadType, textAt(value, "payloadType", ""));
    const auto signatures = value.find("signatures");
    if (signatures == value.end() || !signatures->is_array() || signatures->empty())
        return malformed("the envelope has no list of signatures", "/signatures");
    if (signatures->size() > kEnvelopeSignatureCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the envelope has more than 64 signatures",
            "dsse.signature_count",
            "/signatures");
    for (std::size_t i = 0; i < signatures->size(); ++i) {
        CS_TRY(
            EnvelopeSignature signature,
            readSignature((*signatures)[i], "/signatures/" + std::to_string(i)));
        envelope.signatures.push_back(std::move(signature));
    }
    return envelope;
}

std::string Envelope::toJson() const
{
    Json list = Json::array();
    for (const EnvelopeSignature& signature : signatures)
        list.push_back({{"keyid", signature.keyId}, {"sig", base64Encode(signature.signature)}});
    return canonicalOwnJson(
        {{"payload", base64Encode(payload)},
         {"payloadType", payloadType},
         {"signatures", std::move(list)}});
}

std::string preAuthEncoding(std::string_view payloadType, std::string_view payload)
{
    std::string bytes = "DSSEv1 ";
    bytes.reserve(payloadType.size() + payload.size() + 64);
    bytes.append(std::to_string(payloadType.size())).append(" ").append(payloadType);
    bytes.append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
    return bytes;
}

Digest preAuthDigest(std::string_view payloadType, std::string_view payload)
{
    return Digest::of(preAuthEncoding(payloadType, payload));
}

Result<Envelope>
signEnvelope(std::string_view payload, std::string_view payloadType, const PrivateKey& key)
{
    if (!isUtf8(payloadType))
        return malformed("the payload type is not UTF-8", "/payloadType");
    Envelope envelope{std::string(payload), std::string(payloadType), {}};
    CS_CHECK(addSignature(envelope, key));
    return envelope;
}

Result<void> addSignature(Envelope& envelope, const PrivateKey& key)
{
    CS_TRY(
        std::string signature, key.sign(preAuthEncoding(envelope.payloadType, envelope.payload)));
    envelope.signatures.push_back({key.publicKey().keyId(), std::move(signature)});
    return {};
}

Result<void> verifyEnvelope(const Envelope& envelope, const PublicKey& key)
{
    CS_CHECK(checkPayloadType(envelope));
    if (!isSignedBy(envelope, preAuthEncoding(envelope.payloadType, envelope.payload), key))
        return fail(
            ErrorCode::SignatureInvalid,
            "no signature of the envelope is one of key " + key.keyId(),
            "dsse.signature");
    return {};
}

Result<std::vector<PublicKey>>
signersOf(const Envelope& envelope, std::span<const PublicKey> candidates)
{
    CS_CHECK(checkPayloadType(envelope));
    const std::string signedBytes = preAuthEncoding(envelope.payloadType, envelope.payload);
    std::vector<PublicKey> signers;
    for (const PublicKey& key : candidates) {
        if (std::find(signers.begin(), signers.end(), key) == signers.end()
            && isSignedBy(envelope, signedBytes, key))
            signers.push_back(key);
    }
    return signers;
}

std::size_t distinctKeyCount(std::span<const PublicKey> keys)
{
    return std::set<PublicKey>(keys.begin(), keys.end()).size();
}

} // namespace countersign::trust
