#include "planes/trust/checkpoint.h"

#include "models/encoding.h"
#include "planes/trust/detail/decimal.h"

#include <algorithm>

namespace countersign::trust {

namespace {

Failure malformed(const char* detail, unsigned line)
{
    return fail(ErrorCode::InvalidInput, detail, "checkpoint.form", "line " + std::to_string(line));
}

Failure otherOrigin(std::string_view name)
{
    return fail(
        ErrorCode::SignatureInvalid,
        "the checkpoint is not one of the log \"" + std::string(name) + '"',
        "checkpoint.origin");
}

/// Cuts the next line off, without its line feed; `text` ends in one or is empty.
std::string_view nextLine(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

} // namespace

Result<Checkpoint> Checkpoint::parse(std::string_view text)
{
    if (text.empty() || text.back() != '\n')
        return malformed("the checkpoint does not end in a line feed", 1);
    if (!isUtf8(text))
        return malformed("the checkpoint is not UTF-8", 1);
    const std::string_view origin = nextLine(text);
    if (origin.empty())
        return malformed("the checkpoint has no origin", 1);
    const auto size = detail::parseDecimal(nextLine(text));
    if (!size.ok())
        return malformed("the size of the checkpoint is not a decimal number", 2);
    const auto rootBytes = base64Decode(nextLine(text));
    if (!rootBytes.ok() || rootBytes->size() != Digest::kByteCount)
        return malformed("the root of the checkpoint is not base64 of 32 bytes", 3);
    CS_TRY(const Digest root, Digest::fromBytes(*rootBytes));
    Checkpoint checkpoint{std::string(origin), *size, root};
    for (unsigned line = 4; !text.empty(); ++line) {
        const std::string_view extension = nextLine(text);
        if (extension.empty())
            return malformed("an extension line of the checkpoint is empty", line);
        checkpoint.extensionLines.emplace_back(extension);
    }
    return checkpoint;
}

std::string Checkpoint::toText() const
{
    std::string text =
        origin + '\n' + std::to_string(size) + '\n' + base64Encode(root.bytes()) + '\n';
    for (const std::string& line : extensionLines)
        text += line + '\n';
    return text;
}

Result<std::string> signCheckpoint(const Checkpoint& checkpoint, const NoteSigner& logKey)
{
    if (checkpoint.origin != logKey.verifier().name())
        return fail(
            ErrorCode::InvalidInput,
            "the origin of a checkpoint is the name of the key that signs it",
            "checkpoint.origin");
    Note note{checkpoint.toText(), {}};
    CS_TRY(NoteSignature signature, logKey.sign(note.text));
    note.signatures.push_back(std::move(signature));
    return note.toText();
}

Result<std::string>
cosignCheckpoint(std::string_view noteBytes, const NoteSigner& witness, Instant time)
{
    CS_TRY(Note note, Note::parse(noteBytes));
    CS_CHECK(Checkpoint::parse(note.text));
    CS_TRY(NoteSignature signature, witness.cosign(note.text, time));
    note.signatures.push_back(std::move(signature));
    return note.toText();
}

Result<OpenedCheckpoint> openCheckpoint(
    std::string_view noteBytes, const NoteVerifier& logKey, std::span<const NoteVerifier> witnesses)
{
    CS_TRY(Note note, Note::parse(noteBytes));
    CS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    std::vector<NoteVerifier> verifiers(witnesses.begin(), witnesses.end());
    verifiers.push_back(logKey);
    CS_TRY(std::vector<VerifiedSignature> verified, verifyNote(note, verifiers));
    const std::size_t removedCount =
        std::erase_if(verified, [&witnesses](const VerifiedSignature& signature) {
            return signature.verifierIndex == witnesses.size();
        });
    if (removedCount == 0)
        return fail(
            ErrorCode::SignatureInvalid,
            "the log \"" + logKey.name() + "\" did not sign the checkpoint",
            "checkpoint.log_signature");
    if (checkpoint.origin != logKey.name())
        return otherOrigin(logKey.name());
    return OpenedCheckpoint{std::move(checkpoint), std::move(note), std::move(verified)};
}

Result<OpenedCheckpoint> openWitnessedCheckpoint(
    std::string_view noteBytes, std::string_view origin, std::span<const NoteVerifier> witnesses)
{
    CS_TRY(Note note, Note::parse(noteBytes));
    CS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    const bool onlyWitnesses =
        std::all_of(witnesses.begin(), witnesses.end(), [](const NoteVerifier& witness) {
            return witness.type() == NoteKeyType::Cosignature;
        });
    if (!onlyWitnesses)
        return fail(
            ErrorCode::InvalidInput, "a key given as a witness's is none", "checkpoint.witness");
    CS_TRY(std::vector<VerifiedSignature> verified, verifyNote(note, witnesses));
    if (checkpoint.origin != origin)
        return otherOrigin(origin);
    return OpenedCheckpoint{std::move(checkpoint), std::move(note), std::move(verified)};
}

} // namespace countersign::trust
