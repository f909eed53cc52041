#pragma once

#include "models/instant.h"
#include "models/result.h"
#include "planes/trust/keys.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Signed text: C2SP signed-note 1.0.
///
///     note = text LF *(U+2014 SP name SP base64(4-byte key id || signature) LF)
///
/// The text ends in LF itself, so an empty line stands before the signatures; the last empty line
/// of the note is that one. A verifier key is written `name+hex(id)+base64(type || key)`.
namespace countersign::trust {

/// Key types that this version verifies. Lines and keys of other types are passed over.
enum class NoteKeyType : std::uint8_t {
    Ed25519 = 0x01,     ///< Pure Ed25519 over the text.
    EcdsaP256 = 0x02,   ///< ECDSA over SHA-256 of the text, DER; as Rekor writes them.
    Cosignature = 0x04, ///< cosignature/v1: Ed25519 over a time and the text.
};

inline constexpr std::size_t kNoteByteCountMax = std::size_t{1} << 20U;
inline constexpr std::size_t kNoteSignatureCountMax = 100;

/// One signature line.
struct NoteSignature
{
    std::string name;
    std::uint32_t keyId = 0;
    /// What follows the key id; for a cosignature 8 bytes of time and the signature.
    std::string bytes;

    bool operator==(const NoteSignature&) const = default;
};

/// A note whose form is right; nothing in it is verified yet.
struct Note
{
    /// Ends in LF.
    std::string text;
    std::vector<NoteSignature> signatures;

    bool operator==(const Note&) const = default;

    /// Errors: InvalidInput (rule `note.form`), LimitExceeded.
    [[nodiscard]] static Result<Note> parse(std::string_view bytes);
    [[nodiscard]] std::string toText() const;
};

/// True for a key name: not empty, UTF-8, no Unicode space, no control character, no `+`.
[[nodiscard]] bool isNoteKeyName(std::string_view name);

/// The public key of a note's signer. A value. Thread: any.
class NoteVerifier
{
public:
    /// From its text form. Errors: InvalidInput (rule `note.vkey`), Unsupported for a key type that
    /// this version does not verify.
    [[nodiscard]] static Result<NoteVerifier> parse(std::string_view vkey);
    /// Errors: InvalidInput when the name is not one or the key is not of the type's algorithm.
    [[nodiscard]] static Result<NoteVerifier>
    make(std::string name, NoteKeyType type, PublicKey key);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] NoteKeyType type() const { return m_type; }
    [[nodiscard]] std::uint32_t keyId() const { return m_keyId; }
    [[nodiscard]] const PublicKey& key() const { return m_key; }
    /// The text form.
    [[nodiscard]] std::string vkey() const;

    /// Whether the line claims to be of this key.
    [[nodiscard]] bool isNamedBy(const NoteSignature& signature) const;
    /// Whether it is.
    [[nodiscard]] bool verify(std::string_view text, const NoteSignature& signature) const;

    bool operator==(const NoteVerifier&) const = default;

private:
    NoteVerifier(std::string name, NoteKeyType type, PublicKey key);

    std::string m_name;
    NoteKeyType m_type;
    std::uint32_t m_keyId;
    PublicKey m_key;
};

/// Signs notes under a name. Thread: one at a time.
class NoteSigner
{
public:
    /// A log's or author's key; the type follows from the algorithm. Errors: InvalidInput (name).
    [[nodiscard]] static Result<NoteSigner> make(std::string name, PrivateKey key);
    /// A witness's key, which makes cosignatures. Errors: InvalidInput (name, or not Ed25519).
    [[nodiscard]] static Result<NoteSigner> makeWitness(std::string name, PrivateKey key);

    [[nodiscard]] const NoteVerifier& verifier() const { return m_verifier; }

    /// A line over the text. Errors: InvalidInput (the text does not end in LF; the key makes
    /// cosignatures only), Unavailable.
    [[nodiscard]] Result<NoteSignature> sign(std::string_view text) const;
    /// A cosignature/v1 line: at `time` (whole seconds), this text was the newest seen and
    /// consistent with all before. Errors: InvalidInput (the key makes none; the time lies
    /// before 1970), Unavailable.
    [[nodiscard]] Result<NoteSignature> cosign(std::string_view text, Instant time) const;

private:
    NoteSigner(NoteVerifier verifier, PrivateKey key);

    NoteVerifier m_verifier;
    PrivateKey m_key;
};

/// A line that was verified.
struct VerifiedSignature
{
    /// Position in the verifiers that were given.
    std::size_t verifierIndex = 0;
    std::string name;
    NoteKeyType type = NoteKeyType::Ed25519;
    /// Cosignatures only: what the witness says its clock showed.
    std::optional<Instant> witnessedAt;
};

/// One result for each verifier that signed (of several cosignatures of one witness, the latest).
/// Lines of unknown keys count for nothing. Errors: SignatureInvalid (rule `note.signature`) when a
/// line of a known key does not verify, whatever other lines say; (rule `note.no_known_signature`)
/// when no known key signed.
[[nodiscard]] Result<std::vector<VerifiedSignature>>
verifyNote(const Note& note, std::span<const NoteVerifier> verifiers);

} // namespace countersign::trust
