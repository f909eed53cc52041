#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/keys.h"
#include "planes/trust/ledger.h"
#include "planes/trust/signed_note.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Evidence packs: what an auditor takes away, to be checked without this program. A zip of
///
///     manifest.json              DSSE envelope by the log's key: an in-toto statement whose
///                                subjects are all the other files, predicate `{anchor, decision,
///                                log {origin, size, root}, sizes {name: bytes}}`
///     checkpoint, log.vkey       the signed head and the key that signed it
///     entries/<n>.leaf           what the log commits to
///     entries/<n>.body           its body; absent where it was erased
///     proofs/<n>.tlog-proof      that the leaf is entry n under the checkpoint
///     documents/<sha256>         documents and sources, as they came
///     roster.json, policy.json   canonical JSON
///     keys/<key id>.pem          public keys of the roster
///     report.html, README.txt    for people: what happened, how to check it by hand
///
/// A pack proves that what is in it stands in the log. That nothing was left out of it, it cannot
/// prove.
namespace countersign::trust {

inline constexpr std::string_view kPackPredicate = "https://countersign.example/evidence-pack/v1";
inline constexpr std::size_t kPackFileCountMax = 50'000;
inline constexpr std::uint64_t kPackFileByteCountMax = std::uint64_t{64} * 1024 * 1024;
inline constexpr std::uint64_t kPackByteCountMax = std::uint64_t{512} * 1024 * 1024;

/// What goes into a pack, besides what follows from it.
struct PackContent
{
    std::string decisionId;
    /// Digest of the genesis statement.
    Digest anchor;
    /// Indices in the ledger.
    std::set<std::uint64_t> entries = {};
    std::set<Digest> documents = {};
    std::string roster = {};
    std::string policy = {};
    std::vector<PublicKey> keys = {};
    std::string report = {};
};

/// Writes packs of one workspace. The same ledger and content give the same bytes. Thread: that of
/// the session's database.
class PackWriter
{
public:
    /// Both outlive the writer.
    PackWriter(data::SqlSession& session, const NoteSigner& logKey)
        : m_session(session)
        , m_logKey(logKey)
    {}

    /// The whole file or nothing; what stood at `path` is replaced. Every entry and document is
    /// checked on its way out. Errors: as LedgerReader; LimitExceeded (rule `pack.limit`) where a
    /// reader would refuse it; StorageFailed.
    [[nodiscard]] Result<void> write(const PackContent& content, const std::string& path);

private:
    data::SqlSession& m_session;
    const NoteSigner& m_logKey;
};

/// What a pack says it is.
struct PackManifest
{
    std::string decisionId;
    Digest anchor;
    Checkpoint head;
};

/// A pack as a ledger. Everything in it has been checked when open() returns: each file against the
/// manifest, the manifest and the checkpoint against the log's key, each leaf through its proof,
/// each body against its leaf, and the log's key against the genesis statement that `anchor` names.
/// Whether that is the right anchor, and what the entries add up to, is for the caller to judge.
/// Thread: one at a time.
class PackReader : public LedgerReader
{
public:
    /// Errors name the first broken link: `file` inside the pack and `rule` (`zip.*`, `pack.*`,
    /// `dsse.*`, `note.*`, `proof.*`, `tlog_proof.*`, `ledger.*`). NotFound when there is no file.
    [[nodiscard]] static Result<std::unique_ptr<PackReader>> open(const std::string& path);
    /// The same from memory.
    [[nodiscard]] static Result<std::unique_ptr<PackReader>> openBytes(std::string bytes);

    [[nodiscard]] virtual const PackManifest& manifest() const = 0;
    [[nodiscard]] virtual const NoteVerifier& logKey() const = 0;
    /// Names of all files, sorted.
    [[nodiscard]] virtual std::vector<std::string> fileNames() const = 0;
    /// One file, checked against the manifest again. Errors: NotFound, Corrupt, InvalidInput.
    [[nodiscard]] virtual Result<std::string> file(const std::string& name) = 0;
};

} // namespace countersign::trust
