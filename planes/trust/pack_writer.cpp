#include "planes/trust/detail/pack_manifest.h"
#include "planes/trust/detail/zip_file.h"
#include "planes/trust/evidence_pack.h"
#include "planes/trust/tlog_proof.h"

namespace countersign::trust {

namespace {

using Files = std::map<std::string, std::string>;

Result<void> addEntries(
    data::SqlSession& session,
    LedgerReader& ledger,
    const OpenedCheckpoint& head,
    const std::set<std::uint64_t>& indices,
    Files& files)
{
    const auto tree = openStoredTree(session);
    for (const std::uint64_t index : indices) {
        CS_TRY(LedgerEntry entry, ledger.entry(index));
        CS_TRY(std::vector<Digest> path, proveInclusion(*tree, index, head.checkpoint.size));
        const TlogProof proof{std::nullopt, index, std::move(path), head.note.toText()};
        files.emplace(detail::proofName(index), proof.toText());
        files.emplace(detail::leafName(index), std::move(entry.leaf));
        if (entry.body)
            files.emplace(detail::bodyName(index), std::move(*entry.body));
    }
    return {};
}

/// A pack that its own reader would refuse is not written.
Result<void> checkSize(const Files& files)
{
    std::uint64_t byteCount = 0;
    bool fits = files.size() <= kPackFileCountMax;
    for (const auto& [name, bytes] : files) {
        fits = fits && bytes.size() <= kPackFileByteCountMax;
        byteCount += bytes.size();
    }
    if (!fits || byteCount > kPackByteCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the decision has more evidence than one pack holds",
            "pack.limit");
    return {};
}

} // namespace

Result<void> PackWriter::write(const PackContent& content, const std::string& path)
{
    const auto ledger = openLedgerReader(m_session, m_logKey.verifier());
    CS_TRY(const OpenedCheckpoint head, storedHead(m_session, m_logKey.verifier()));
    detail::Manifest manifest{{content.decisionId, content.anchor, head.checkpoint}};
    Files files;
    files.emplace(detail::kCheckpointName, head.note.toText());
    files.emplace(detail::kLogKeyName, m_logKey.verifier().vkey() + '\n');
    files.emplace("roster.json", content.roster);
    files.emplace("policy.json", content.policy);
    files.emplace("report.html", content.report);
    files.emplace("README.txt", detail::packReadme(manifest.about));
    for (const PublicKey& key : content.keys)
        files.emplace(detail::keyName(key.keyId()), key.pem());
    for (const Digest& digest : content.documents) {
        CS_TRY(std::string bytes, ledger->document(digest));
        files.emplace(detail::documentName(digest), std::move(bytes));
    }
    CS_CHECK(addEntries(m_session, *ledger, head, content.entries, files));
    for (const auto& [name, bytes] : files)
        manifest.files.emplace(name, detail::ListedFile{Digest::of(bytes), bytes.size()});
    CS_TRY(std::string signedList, detail::signManifest(manifest, m_logKey));
    files.emplace(detail::kManifestName, std::move(signedList));
    CS_CHECK(checkSize(files));
    return detail::writeZip(path, files);
}

} // namespace countersign::trust
