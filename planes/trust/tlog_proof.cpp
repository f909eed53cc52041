#include "planes/trust/tlog_proof.h"

#include "models/encoding.h"
#include "planes/trust/detail/decimal.h"
#include "planes/trust/merkle.h"

#include <set>

namespace countersign::trust {

namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

Failure malformed(const char* detail)
{
    return fail(ErrorCode::InvalidInput, detail, "tlog_proof.form");
}

/// The next line without its line feed. Errors: InvalidInput when there is none.
Result<std::string_view> nextLine(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return malformed("the proof is cut off");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

Result<Digest> readHash(std::string_view line)
{
    const auto bytes = base64Decode(line);
    if (!bytes.ok() || bytes->size() != Digest::kByteCount)
        return malformed("a hash of the proof is not base64 of 32 bytes");
    return Digest::fromBytes(*bytes);
}

/// Different keys, not lines: one witness listed under two names counts once.
std::size_t witnessCount(const OpenedCheckpoint& opened, const std::vector<NoteVerifier>& witnesses)
{
    std::set<PublicKey> keys;
    for (const VerifiedSignature& signature : opened.cosignatures) {
        if (signature.type == NoteKeyType::Cosignature)
            keys.insert(witnesses[signature.verifierIndex].key());
    }
    return keys.size();
}

} // namespace

Result<TlogProof> TlogProof::parse(std::string_view text)
{
    if (text.size() > 2 * kNoteByteCountMax)
        return fail(ErrorCode::LimitExceeded, "the proof is larger than 2 MiB", "tlog_proof.size");
    CS_TRY(const std::string_view header, nextLine(text));
    if (header != kHeader)
        return malformed("this is not a tlog-proof@v1");
    TlogProof proof;
    CS_TRY(std::string_view line, nextLine(text));
    if (line.starts_with(kExtra)) {
        auto extra = base64Decode(line.substr(kExtra.size()));
        if (!extra.ok())
            return malformed("the extra data of the proof is not base64");
        proof.extra = std::move(extra).value();
        CS_TRY(line, nextLine(text));
    }
    if (!line.starts_with(kIndex))
        return malformed("the proof does not name the index of its leaf");
    const auto index = detail::parseDecimal(line.substr(kIndex.size()));
    if (!index.ok())
        return malformed("the index of the proof is not a decimal number");
    proof.index = *index;
    while (true) {
        CS_TRY(line, nextLine(text));
        if (line.empty())
            break;
        if (proof.hashes.size() == kProofHashCountMax)
            return fail(
                ErrorCode::LimitExceeded, "the proof has more than 64 hashes", "tlog_proof.size");
        CS_TRY(const Digest hash, readHash(line));
        proof.hashes.push_back(hash);
    }
    if (text.empty())
        return malformed("the proof has no checkpoint");
    proof.checkpoint = text;
    return proof;
}

std::string TlogProof::toText() const
{
    std::string text = std::string(kHeader) + '\n';
    if (extra)
        text.append(kExtra).append(base64Encode(*extra)).append("\n");
    text.append(kIndex).append(std::to_string(index)).append("\n");
    for (const Digest& hash : hashes)
        text.append(base64Encode(hash.bytes())).append("\n");
    return text.append("\n").append(checkpoint);
}

Result<OpenedCheckpoint>
verifyTlogProof(const TlogProof& proof, std::string_view entry, const HeadTrust& trust)
{
    CS_TRY(
        OpenedCheckpoint opened, openCheckpoint(proof.checkpoint, trust.logKey, trust.witnesses));
    if (witnessCount(opened, trust.witnesses) < trust.quorum)
        return fail(
            ErrorCode::SignatureInvalid,
            "fewer witnesses than asked for cosigned the checkpoint",
            "tlog_proof.quorum");
    CS_CHECK(verifyInclusion(
        proof.index,
        opened.checkpoint.size,
        leafHash(entry),
        proof.hashes,
        opened.checkpoint.root));
    return opened;
}

} // namespace countersign::trust
