#pragma once

#include "models/digest.h"
#include "models/json.h"
#include "models/result.h"
#include "planes/trust/keys.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Signed payloads: DSSE 1.0.2 (Dead Simple Signing Envelope).
///
///     PAE      = "DSSEv1" SP len(type) SP type SP len(payload) SP payload
///     envelope = {"payload": base64, "payloadType": text,
///                 "signatures": [{"keyid": text, "sig": base64}]}
///
/// Lengths are decimal byte counts. Signatures are over the PAE, never over the bare payload.
namespace countersign::trust {

/// The only payload type that counts in this product.
inline constexpr std::string_view kInTotoPayloadType = "application/vnd.in-toto+json";

struct EnvelopeSignature
{
    /// A hint for finding the key; never a reason to trust.
    std::string keyId;
    /// Raw bytes.
    std::string signature;

    bool operator==(const EnvelopeSignature&) const = default;
};

/// `payload` holds the very bytes that the signatures cover: what is read out of it after
/// verification is what was verified.
struct Envelope
{
    std::string payload;
    std::string payloadType;
    std::vector<EnvelopeSignature> signatures;

    bool operator==(const Envelope&) const = default;

    /// Reads JSON; base64 in the standard or the URL-safe alphabet; unknown members are ignored.
    /// Errors: InvalidInput (rule `dsse.form` or as parseJson), LimitExceeded.
    [[nodiscard]] static Result<Envelope> parse(std::string_view json);
    [[nodiscard]] static Result<Envelope> fromJson(const Json& value);

    /// Canonical JSON with standard base64.
    [[nodiscard]] std::string toJson() const;
};

inline constexpr std::size_t kEnvelopeSignatureCountMax = 64;
inline constexpr std::size_t kEnvelopeSignatureByteCountMax = 8 * 1024;

/// The bytes that are signed.
[[nodiscard]] std::string preAuthEncoding(std::string_view payloadType, std::string_view payload);
/// SHA-256 of preAuthEncoding(): what a log entry commits to.
[[nodiscard]] Digest preAuthDigest(std::string_view payloadType, std::string_view payload);

/// An envelope with one signature; its keyid is the key's keyId(). Errors: InvalidInput when the
/// type is not UTF-8, Unavailable.
[[nodiscard]] Result<Envelope>
signEnvelope(std::string_view payload, std::string_view payloadType, const PrivateKey& key);

/// Adds one more signature to the same bytes. Errors: Unavailable.
[[nodiscard]] Result<void> addSignature(Envelope& envelope, const PrivateKey& key);

/// That `key` signed this payload as an in-toto statement. Errors: Refused (rule
/// `dsse.payload_type`), SignatureInvalid (rule `dsse.signature`).
[[nodiscard]] Result<void> verifyEnvelope(const Envelope& envelope, const PublicKey& key);

/// Those of `candidates` that signed, each once however often it stands there or signed. Errors:
/// Refused (rule `dsse.payload_type`).
[[nodiscard]] Result<std::vector<PublicKey>>
signersOf(const Envelope& envelope, std::span<const PublicKey> candidates);

/// How many different keys these are, by SubjectPublicKeyInfo: the number a threshold is compared
/// with.
[[nodiscard]] std::size_t distinctKeyCount(std::span<const PublicKey> keys);

} // namespace countersign::trust
