#include "models/encoding.h"
#include "planes/trust/signed_note.h"

#include <algorithm>

namespace countersign::trust {

namespace {

constexpr std::size_t kKeyIdByteCount = 4;
constexpr std::size_t kTimeByteCount = 8;
constexpr std::size_t kEd25519SignatureByteCount = 64;
/// Seconds at 10000-01-01T00:00:00Z: no witness means a later time, and no RFC 3339 text has it.
constexpr std::uint64_t kTimeEnd = 253'402'300'800;

Failure badVkey(const char* detail)
{
    return fail(ErrorCode::InvalidInput, detail, "note.vkey");
}

std::string bigEndian(std::uint64_t value, unsigned byteCount)
{
    std::string bytes;
    for (unsigned i = byteCount; i > 0; --i)
        bytes.push_back(static_cast<char>((value >> (8 * (i - 1))) & 0xFFU));
    return bytes;
}

std::uint64_t fromBigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    return value;
}

KeyAlgorithm algorithmOf(NoteKeyType type)
{
    return type == NoteKeyType::EcdsaP256 ? KeyAlgorithm::EcdsaP256 : KeyAlgorithm::Ed25519;
}

std::string typedKey(NoteKeyType type, const PublicKey& key)
{
    std::string bytes(1, static_cast<char>(type));
    bytes += type == NoteKeyType::EcdsaP256 ? std::string_view(key.spkiDer()) : key.raw();
    return bytes;
}

std::uint32_t keyIdOf(const std::string& name, NoteKeyType type, const PublicKey& key)
{
    // Type 0x02 is older than the rule and hashes the key alone.
    const Digest digest = type == NoteKeyType::EcdsaP256
                              ? key.fingerprint()
                              : Digest::of(name + '\n' + typedKey(type, key));
    return static_cast<std::uint32_t>(fromBigEndian(digest.bytes().substr(0, kKeyIdByteCount)));
}

std::string cosignedMessage(std::uint64_t seconds, std::string_view text)
{
    return "cosignature/v1\ntime " + std::to_string(seconds) + '\n' + std::string(text);
}

Result<PublicKey> readKey(NoteKeyType type, std::string_view bytes)
{
    return type == NoteKeyType::EcdsaP256 ? PublicKey::fromSpkiDer(bytes)
                                          : PublicKey::fromRawEd25519(bytes);
}

std::optional<NoteKeyType> typeFromByte(char byte)
{
    for (const NoteKeyType type :
         {NoteKeyType::Ed25519, NoteKeyType::EcdsaP256, NoteKeyType::Cosignature}) {
        if (static_cast<std::uint8_t>(byte) == static_cast<std::uint8_t>(type))
            return type;
    }
    return std::nullopt;
}

Result<void> checkText(std::string_view text)
{
    if (text.empty() || text.back() != '\n')
        return fail(ErrorCode::InvalidInput, "the text of a note ends in a line feed", "note.form");
    return {};
}

} // namespace

NoteVerifier::NoteVerifier(std::string name, NoteKeyType type, PublicKey key)
    : m_name(std::move(name))
    , m_type(type)
    , m_keyId(keyIdOf(m_name, type, key))
    , m_key(std::move(key))
{}

Result<NoteVerifier> NoteVerifier::make(std::string name, NoteKeyType type, PublicKey key)
{
    if (!isNoteKeyName(name))
        return badVkey("the name of a note key is empty or has a space or a plus sign");
    if (key.algorithm() != algorithmOf(type))
        return badVkey("the key is not of the algorithm of this type of note key");
    return NoteVerifier(std::move(name), type, std::move(key));
}

Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey)
{
    constexpr std::size_t kVkeyByteCountMax = 4096;
    constexpr std::size_t kIdDigitCount = 2 * kKeyIdByteCount;
    // The base64 part may hold plus signs, so only the first two cut.
    const std::size_t first = vkey.find('+');
    if (vkey.size() > kVkeyByteCountMax || first == std::string_view::npos
        || vkey.size() < first + kIdDigitCount + 2 || vkey[first + 1 + kIdDigitCount] != '+')
        return badVkey("a note key is written name+id+key");
    const std::string_view idText = vkey.substr(first + 1, kIdDigitCount);
    const auto id = hexDecode(idText);
    const auto bytes = base64Decode(vkey.substr(first + kIdDigitCount + 2));
    if (!id.ok() || hexEncode(*id) != idText || !bytes.ok() || bytes->empty())
        return badVkey("the id or the key of a note key is not well formed");
    const std::optional<NoteKeyType> type = typeFromByte(bytes->front());
    if (!type)
        return fail(
            ErrorCode::Unsupported, "this version does not verify notes of this key", "note.vkey");
    auto key = readKey(*type, std::string_view(*bytes).substr(1));
    if (!key.ok())
        return badVkey("the key of a note key is not one of its type");
    CS_TRY(
        NoteVerifier verifier,
        make(std::string(vkey.substr(0, first)), *type, std::move(key).value()));
    if (verifier.m_keyId != fromBigEndian(*id))
        return badVkey("the id of a note key is not that of its key");
    return verifier;
}

std::string NoteVerifier::vkey() const
{
    return m_name + '+' + hexEncode(bigEndian(m_keyId, kKeyIdByteCount)) + '+'
           + base64Encode(typedKey(m_type, m_key));
}

bool NoteVerifier::isNamedBy(const NoteSignature& signature) const
{
    return signature.name == m_name && signature.keyId == m_keyId;
}

bool NoteVerifier::verify(std::string_view text, const NoteSignature& signature) const
{
    if (!isNamedBy(signature))
        return false;
    const std::string_view bytes = signature.bytes;
    switch (m_type) {
    case NoteKeyType::Ed25519:
    case NoteKeyType::EcdsaP256:
        return m_key.verify(text, bytes);
    case NoteKeyType::Cosignature: {
        if (bytes.size() != kTimeByteCount + kEd25519SignatureByteCount)
            return false;
        const std::uint64_t seconds = fromBigEndian(bytes.substr(0, kTimeByteCount));
        return seconds < kTimeEnd
               && m_key.verify(cosignedMessage(seconds, text), bytes.substr(kTimeByteCount));
    }
    }
    return false;
}

NoteSigner::NoteSigner(NoteVerifier verifier, PrivateKey key)
    : m_verifier(std::move(verifier))
    , m_key(std::move(key))
{}

Result<NoteSigner> NoteSigner::make(std::string name, PrivateKey key)
{
    const NoteKeyType type =
        key.algorithm() == KeyAlgorithm::EcdsaP256 ? NoteKeyType::EcdsaP256 : NoteKeyType::Ed25519;
    CS_TRY(NoteVerifier verifier, NoteVerifier::make(std::move(name), type, key.publicKey()));
    return NoteSigner(std::move(verifier), std::move(key));
}

Result<NoteSigner> NoteSigner::makeWitness(std::string name, PrivateKey key)
{
    CS_TRY(
        NoteVerifier verifier,
        NoteVerifier::make(std::move(name), NoteKeyType::Cosignature, key.publicKey()));
    return NoteSigner(std::move(verifier), std::move(key));
}

Result<NoteSignature> NoteSigner::sign(std::string_view text) const
{
    CS_CHECK(checkText(text));
    if (m_verifier.type() == NoteKeyType::Cosignature)
        return fail(
            ErrorCode::InvalidInput, "a witness's key makes cosignatures only", "note.key_type");
    CS_TRY(std::string bytes, m_key.sign(text));
    return NoteSignature{m_verifier.name(), m_verifier.keyId(), std::move(bytes)};
}

Result<NoteSignature> NoteSigner::cosign(std::string_view text, Instant time) const
{
    CS_CHECK(checkText(text));
    const std::int64_t seconds =
        std::chrono::floor<std::chrono::seconds>(time.point()).time_since_epoch().count();
    if (m_verifier.type() != NoteKeyType::Cosignature)
        return fail(
            ErrorCode::InvalidInput, "this key does not make cosignatures", "note.key_type");
    if (seconds < 0 || static_cast<std::uint64_t>(seconds) >= kTimeEnd)
        return fail(
            ErrorCode::InvalidInput, "the time of a cosignature is not after 1970", "note.time");
    const auto stamp = static_cast<std::uint64_t>(seconds);
    CS_TRY(const std::string signature, m_key.sign(cosignedMessage(stamp, text)));
    return NoteSignature{
        m_verifier.name(), m_verifier.keyId(), bigEndian(stamp, kTimeByteCount) + signature};
}

namespace {

VerifiedSignature
describe(std::size_t index, const NoteVerifier& verifier, const NoteSignature& line)
{
    VerifiedSignature verified{index, verifier.name(), verifier.type(), std::nullopt};
    if (verifier.type() == NoteKeyType::Cosignature)
        verified.witnessedAt = Instant::fromUnixSeconds(static_cast<std::int64_t>(
            fromBigEndian(std::string_view(line.bytes).substr(0, kTimeByteCount))));
    return verified;
}

void keepLatest(std::vector<VerifiedSignature>& all, VerifiedSignature verified)
{
    const auto same = std::find_if(all.begin(), all.end(), [&verified](const auto& other) {
        return other.verifierIndex == verified.verifierIndex;
    });
    if (same == all.end())
        all.push_back(std::move(verified));
    else if (same->witnessedAt < verified.witnessedAt)
        *same = std::move(verified);
}

} // namespace

Result<std::vector<VerifiedSignature>>
verifyNote(const Note& note, std::span<const NoteVerifier> verifiers)
{
    std::vector<VerifiedSignature> all;
    for (const NoteSignature& line : note.signatures) {
        bool known = false;
        bool good = false;
        for (std::size_t i = 0; i < verifiers.size(); ++i) {
            if (!verifiers[i].isNamedBy(line))
                continue;
            known = true;
            if (verifiers[i].verify(note.text, line)) {
                good = true;
                keepLatest(all, describe(i, verifiers[i], line));
            }
        }
        if (known && !good)
            return fail(
                ErrorCode::SignatureInvalid,
                "the signature of \"" + line.name + "\" under the note does not verify",
                "note.signature");
    }
    if (all.empty())
        return fail(
            ErrorCode::SignatureInvalid, "no known key signed the note", "note.no_known_signature");
    return all;
}

} // namespace countersign::trust
