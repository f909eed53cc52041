#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/signed_note.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The proof of one entry as a file (`.tlog-proof`), to be checked without the log: C2SP
/// tlog-proof@v1.
///
///     c2sp.org/tlog-proof@v1 LF
///     ["extra " base64 LF]
///     "index " number LF
///     *(base64(hash) LF)          leaf side first
///     LF
///     checkpoint note, verbatim
namespace countersign::trust {

/// A path from leaf to root has at most this many hashes.
inline constexpr std::size_t kProofHashCountMax = 64;

struct TlogProof
{
    /// Not covered by any signature.
    std::optional<std::string> extra = {};
    std::uint64_t index = 0;
    std::vector<Digest> hashes = {};
    /// The signed note, as the log published it.
    std::string checkpoint = {};

    bool operator==(const TlogProof&) const = default;

    /// Errors: InvalidInput (rule `tlog_proof.form`), LimitExceeded.
    [[nodiscard]] static Result<TlogProof> parse(std::string_view text);
    [[nodiscard]] std::string toText() const;
};

/// Whose word is needed for a head.
struct HeadTrust
{
    NoteVerifier logKey;
    std::vector<NoteVerifier> witnesses = {};
    /// How many different witnesses must have cosigned.
    std::size_t quorum = 0;
};

/// That the bytes of `entry` are leaf `proof.index` of the log. Gives the head it was proven
/// against. Errors: InvalidInput (form), SignatureInvalid (rule `proof.inclusion`,
/// `tlog_proof.quorum`, or as openCheckpoint).
[[nodiscard]] Result<OpenedCheckpoint>
verifyTlogProof(const TlogProof& proof, std::string_view entry, const HeadTrust& trust);

} // namespace countersign::trust
