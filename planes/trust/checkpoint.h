#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "models/result.h"
#include "planes/trust/signed_note.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Heads of the ledger: C2SP tlog-checkpoint 1.0 in a signed note.
///
///     text = origin LF size LF base64(root) LF *(extension LF)
///
/// The origin is the log's name and equals the name of the key that signs it.
namespace countersign::trust {

struct Checkpoint
{
    std::string origin;
    std::uint64_t size = 0;
    Digest root;
    /// Of foreign logs. Ours have none, since newer kinds of cosignature do not cover them.
    std::vector<std::string> extensionLines = {};

    bool operator==(const Checkpoint&) const = default;

    /// Errors: InvalidInput (rule `checkpoint.form`).
    [[nodiscard]] static Result<Checkpoint> parse(std::string_view text);
    [[nodiscard]] std::string toText() const;
};

/// A checkpoint whose signatures were verified, and the note it came in.
struct OpenedCheckpoint
{
    Checkpoint checkpoint;
    Note note;
    /// Cosignatures of the witnesses that were given, by their position there.
    std::vector<VerifiedSignature> cosignatures;
};

/// The note. Errors: InvalidInput (rule `checkpoint.origin`) when the origin is not the signer's
/// name; Unavailable.
[[nodiscard]] Result<std::string>
signCheckpoint(const Checkpoint& checkpoint, const NoteSigner& logKey);

/// Adds a line `cosignature/v1` to a checkpoint's note. Whether the checkpoint deserves it is the
/// caller's to know. Errors: InvalidInput, Unavailable.
[[nodiscard]] Result<std::string>
cosignCheckpoint(std::string_view noteBytes, const NoteSigner& witness, Instant time);

/// Opens a head signed by the log. Errors: InvalidInput (form), SignatureInvalid (the log's
/// signature is missing or bad, a witness's line is bad, or the origin is not the log's name).
[[nodiscard]] Result<OpenedCheckpoint> openCheckpoint(
    std::string_view noteBytes,
    const NoteVerifier& logKey,
    std::span<const NoteVerifier> witnesses = {});

/// Opens a head of `origin` on the word of witnesses alone, as mirrors publish it. Errors: as
/// openCheckpoint.
[[nodiscard]] Result<OpenedCheckpoint> openWitnessedCheckpoint(
    std::string_view noteBytes, std::string_view origin, std::span<const NoteVerifier> witnesses);

} // namespace countersign::trust
