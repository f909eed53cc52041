#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "models/result.h"
#include "planes/trust/dsse.h"
#include "planes/trust/keys.h"

#include <map>
#include <string>
#include <string_view>
#include <variant>

/// What the leaves of the ledger commit to. Two kinds; both hold ids, types, times and digests
/// only, so that a body can be erased and every proof stays.
///
/// A signature, as Rekor v2 logs it (`hashedrekord` 0.0.2), RFC 8785 JSON:
///
///     {"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":
///     "SHA2_256","digest":base64(SHA-256(PAE))},"signature":{"content":base64,"verifier":{
///     "keyDetails":"PKIX_ECDSA_P256_SHA_256"|"PKIX_ED25519","publicKey":{"rawBytes":base64(SPKI)}}}}}}
///
/// Any other event, RFC 8785 JSON:
///
///     {"apiVersion":"1","bodySha256":hex,"id":text,"kind":"countersign.event","links":{name:
///     text},
///      "time":RFC 3339,"type":text}
namespace countersign::trust {

/// The tile format gives an entry's length 16 bits.
inline constexpr std::size_t kLogEntryByteCountMax = 65'535;

/// One signature of one key over one payload.
struct SignatureLeaf
{
    /// preAuthDigest() of the envelope.
    Digest preAuthDigest;
    std::string signature;
    PublicKey key;

    bool operator==(const SignatureLeaf&) const = default;

    /// Errors: LimitExceeded.
    [[nodiscard]] Result<std::string> toBytes() const;

    /// Whether it commits to this payload, and its signature over it is good. Errors:
    /// SignatureInvalid (rule `log_entry.digest`, `log_entry.signature`).
    [[nodiscard]] Result<void> verify(std::string_view payloadType, std::string_view payload) const;
};

/// One change of state, whose body is kept elsewhere.
struct EventLeaf
{
    std::string id;
    std::string type;
    Instant time;
    /// Of the body's bytes.
    Digest bodyDigest;
    /// Ids and digests the event refers to, by name, e.g. `decision`. Never personal data.
    std::map<std::string, std::string> links = {};

    bool operator==(const EventLeaf&) const = default;

    /// Errors: InvalidInput when a text is not UTF-8 or empty, LimitExceeded.
    [[nodiscard]] Result<std::string> toBytes() const;
};

using LogLeaf = std::variant<SignatureLeaf, EventLeaf>;

/// Reads either kind. Only the very bytes that toBytes() would write are accepted, so a leaf has
/// one meaning and one encoding. Errors: InvalidInput (rule `log_entry.form`, or as parseJson and
/// PublicKey), Unsupported (another kind of entry or key), LimitExceeded.
[[nodiscard]] Result<LogLeaf> parseLogLeaf(std::string_view bytes);

} // namespace countersign::trust
