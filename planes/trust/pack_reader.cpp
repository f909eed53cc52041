#include "models/json.h"
#include "planes/trust/detail/pack_manifest.h"
#include "planes/trust/detail/zip_file.h"
#include "planes/trust/evidence_pack.h"
#include "planes/trust/log_entry.h"
#include "planes/trust/statement.h"
#include "planes/trust/tlog_proof.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace countersign::trust {

namespace {

constexpr std::string_view kEntryFolder = "entries/";
constexpr std::string_view kProofFolder = "proofs/";
constexpr std::string_view kDocumentFolder = "documents/";
constexpr std::string_view kKeyFolder = "keys/";
constexpr std::string_view kLeafSuffix = ".leaf";
constexpr std::string_view kBodySuffix = ".body";
constexpr std::string_view kProofSuffix = ".tlog-proof";
constexpr std::string_view kPemSuffix = ".pem";
constexpr std::size_t kLogKeyByteCountMax = 1024;

Failure broken(std::string what, std::string rule, std::string file)
{
    return fail(Error{ErrorCode::Corrupt, std::move(what), std::move(rule), std::move(file), {}});
}

/// The same refusal, naming the file it concerns unless it names one already.
template <class T>
Result<T> inFile(Result<T> result, const std::string& name)
{
    if (result.ok() || !result.error().file.empty())
        return result;
    return fail(result.error().inFile(name));
}

/// What stands between a folder and a suffix, or nothing.
std::optional<std::string>
stemOf(const std::string& name, std::string_view folder, std::string_view suffix)
{
    if (name.size() <= folder.size() + suffix.size() || !name.starts_with(folder)
        || !name.ends_with(suffix))
        return std::nullopt;
    return name.substr(folder.size(), name.size() - folder.size() - suffix.size());
}

/// A number as we write it, so that each entry has one name only.
std::optional<std::uint64_t>
indexOf(const std::string& name, std::string_view folder, std::string_view suffix)
{
    const auto stem = stemOf(name, folder, suffix);
    if (!stem)
        return std::nullopt;
    std::uint64_t index = 0;
    const char* const end = stem->data() + stem->size();
    const auto [stopped, error] = std::from_chars(stem->data(), end, index);
    if (error != std::errc() || stopped != end || std::to_string(index) != *stem)
        return std::nullopt;
    return index;
}

bool isSingleFile(const std::string& name)
{
    static constexpr std::string_view kNames[] = {
        detail::kCheckpointName,
        detail::kLogKeyName,
        "README.txt",
        "policy.json",
        "report.html",
        "roster.json"};
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

class ZippedPack final : public PackReader
{
public:
    explicit ZippedPack(detail::ZipReader zip)
        : m_zip(std::move(zip))
    {}

    Result<void> check()
    {
        CS_CHECK(inFile(readLogKey(), std::string(detail::kLogKeyName)));
        CS_CHECK(inFile(readManifest(), std::string(detail::kManifestName)));
        CS_CHECK(inFile(readCheckpoint(), std::string(detail::kCheckpointName)));
        for (const auto& [name, listed] : m_manifest->files)
            CS_CHECK(inFile(takeIn(name), name));
        for (auto& [index, entry] : m_entries)
            CS_CHECK(checkEntry(index, entry));
        fileStatements();
        return checkAnchor();
    }

    const PackManifest& manifest() const override { return m_manifest->about; }
    const NoteVerifier& logKey() const override { return *m_logKey; }
    std::vector<std::string> fileNames() const override { return m_zip.names(); }

    Result<std::string> file(const std::string& name) override
    {
        CS_TRY(std::string bytes, m_zip.read(name));
        if (name == detail::kManifestName)
            return bytes;
        const detail::ListedFile& listed = m_manifest->files.at(name);
        if (bytes.size() != listed.size || Digest::of(bytes) != listed.sha256)
            return broken("the file is not the one in the signed list", "pack.digest", name);
        return bytes;
    }

    Result<Checkpoint> head() override { return m_manifest->about.head; }

    Result<LedgerEntry> entry(std::uint64_t index) override
    {
        const auto found = m_entries.find(index);
        if (found == m_entries.end())
            return fail(
                ErrorCode::NotFound,
                "the pack lacks ledger entry " + std::to_string(index),
                "pack.entry_absent");
        return found->second;
    }

    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        return forEach(
            [&](const LedgerEntry& entry) { return entry.decisionId == decisionId; }, onEntry);
    }

    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        return forEach(
            [&](const LedgerEntry& entry) {
                return entry.decisionId == decisionId && entry.type == type;
            },
            onEntry);
    }

    Result<void> forEachOfType(
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        return forEach([&](const LedgerEntry& entry) { return entry.type == type; }, onEntry);
    }

    Result<std::string> document(const Digest& digest) override
    {
        const std::string name = detail::documentName(digest);
        if (!m_manifest->files.contains(name))
            return fail(Error{
                ErrorCode::NotFound,
                "the pack lacks this document",
                "pack.document_absent",
                name,
                {}});
        return file(name);
    }

private:
    template <class Wanted>
    Result<void>
    forEach(const Wanted& wanted, const std::function<Result<bool>(const LedgerEntry&)>& onEntry)
    {
        for (const auto& [index, entry] : m_entries) {
            if (!wanted(entry))
                continue;
            CS_TRY(const bool more, onEntry(entry));
            if (!more)
                break;
        }
        return {};
    }

    Result<void> readLogKey()
    {
        CS_TRY(const std::string bytes, m_zip.read(std::string(detail::kLogKeyName)));
        if (bytes.size() > kLogKeyByteCountMax || !bytes.ends_with('\n'))
            return broken("this is not the key of a log", "pack.log_key", {});
        CS_TRY(m_logKey, NoteVerifier::parse(std::string_view(bytes).substr(0, bytes.size() - 1)));
        return {};
    }

    Result<void> readManifest()
    {
        CS_TRY(const std::string bytes, m_zip.read(std::string(detail::kManifestName)));
        CS_TRY(m_manifest, detail::openManifest(bytes, *m_logKey));
        const std::vector<std::string> names = m_zip.names();
        for (const std::string& name : names) {
            if (name != detail::kManifestName && !m_manifest->files.contains(name))
                return broken("the signed list does not name this file", "pack.unlisted", name);
        }
        for (const auto& [name, listed] : m_manifest->files) {
            if (!std::binary_search(names.begin(), names.end(), name))
                return broken("the pack lacks this file of its list", "pack.absent", name);
        }
        for (const char* name : {"checkpoint", "log.vkey", "policy.json", "roster.json"}) {
            if (!m_manifest->files.contains(name))
                return broken("a pack without this file proves nothing", "pack.absent", name);
        }
        return {};
    }

    Result<void> readCheckpoint()
    {
        CS_TRY(m_checkpoint, file(std::string(detail::kCheckpointName)));
        CS_TRY(const OpenedCheckpoint opened, openCheckpoint(m_checkpoint, *m_logKey));
        if (opened.checkpoint != m_manifest->about.head)
            return broken("the signed list names another head", "pack.head", {});
        return {};
    }

    /// Every file is compared with the list; entries are kept, the rest is read when it is wanted.
    Result<void> takeIn(const std::string& name)
    {
        CS_TRY(std::string bytes, file(name));
        if (const auto leaf = indexOf(name, kEntryFolder, kLeafSuffix)) {
            m_entries[*leaf].leaf = std::move(bytes);
        } else if (const auto body = indexOf(name, kEntryFolder, kBodySuffix)) {
            m_entries[*body].body = std::move(bytes);
        } else if (const auto document = stemOf(name, kDocumentFolder, {})) {
            if (Digest::of(bytes).hex() != *document)
                return broken("a document has another digest than its name", "pack.document", {});
        } else if (const auto keyId = stemOf(name, kKeyFolder, kPemSuffix)) {
            CS_TRY(const PublicKey key, PublicKey::fromPem(bytes));
            if (key.keyId() != *keyId || key.pem() != bytes)
                return broken("a key has another id than its name", "pack.key", {});
        } else if (!indexOf(name, kProofFolder, kProofSuffix) && !isSingleFile(name)) {
            return broken("a pack has no such file", "pack.name", {});
        }
        return {};
    }

    Result<void> checkEntry(std::uint64_t index, LedgerEntry& entry)
    {
        const std::string leafName = detail::leafName(index);
        const std::string proofName = detail::proofName(index);
        entry.index = index;
        if (entry.leaf.empty())
            return broken("a body without its leaf proves nothing", "pack.absent", leafName);
        if (!m_manifest->files.contains(proofName))
            return broken("a leaf without its proof proves nothing", "pack.absent", proofName);
        CS_CHECK(inFile(checkProof(index, entry.leaf), proofName));
        CS_TRY(const LogLeaf leaf, inFile(parseLogLeaf(entry.leaf), leafName));
        return inFile(describe(leaf, entry), entry.body ? detail::bodyName(index) : leafName);
    }

    Result<void> checkProof(std::uint64_t index, const std::string& leaf)
    {
        CS_TRY(const std::string bytes, file(detail::proofName(index)));
        CS_TRY(const TlogProof proof, TlogProof::parse(bytes));
        if (proof.index != index || proof.extra || proof.checkpoint != m_checkpoint)
            return broken("the proof is of another entry or another head", "pack.proof", {});
        CS_CHECK(verifyTlogProof(proof, leaf, {*m_logKey}));
        return {};
    }

    /// Type and decision as the leaf or the body says them; the body against the leaf.
    Result<void> describe(const LogLeaf& leaf, LedgerEntry& entry)
    {
        if (const auto* event = std::get_if<EventLeaf>(&leaf)) {
            entry.kind = EntryKind::Event;
            entry.type = event->type;
            if (const auto link = event->links.find("decision"); link != event->links.end())
                entry.decisionId = link->second;
            if (!entry.body)
                return {};
            CS_TRY(const LedgerEvent read, readEvent(entry));
            if (!read.body.is_object())
                return broken("the body of an event is an object", "ledger.body", {});
            return {};
        }
        entry.kind = EntryKind::Statement;
        if (!entry.body)
            return {};
        CS_TRY(const Envelope envelope, Envelope::parse(*entry.body));
        CS_TRY(const Statement statement, parseStatement(envelope.payload));
        entry.type = statement.predicateType;
        CS_CHECK(readStatement(entry));
        return {};
    }

    /// A statement belongs to the decision of the event that refers to it.
    void fileStatements()
    {
        for (const auto& [index, entry] : m_entries) {
            if (entry.kind != EntryKind::Event || entry.decisionId.empty() || !entry.body)
                continue;
            const auto event = readEvent(entry);
            const Json* statement = event.ok() ? valueAt(event->body, "/statement_index") : nullptr;
            if (statement == nullptr || !statement->is_number_unsigned())
                continue;
            const auto found = m_entries.find(statement->get<std::uint64_t>());
            if (found != m_entries.end() && found->second.kind == EntryKind::Statement
                && found->first < index)
                found->second.decisionId = entry.decisionId;
        }
    }

    /// The log's key is worth what the founders say about it.
    Result<void> checkAnchor()
    {
        for (const auto& [index, entry] : m_entries) {
            if (entry.kind != EntryKind::Statement || !entry.body)
                continue;
            CS_TRY(const Envelope envelope, readStatement(entry));
            if (Digest::of(envelope.payload) != m_manifest->about.anchor)
                continue;
            CS_TRY(const Statement statement, parseStatement(envelope.payload));
            if (textMember(statement.predicate, "log") != m_logKey->vkey())
                return broken(
                    "the genesis names another log key than this",
                    "pack.log_key",
                    std::string(detail::kLogKeyName));
            return {};
        }
        return broken(
            "the pack lacks the genesis that its manifest names",
            "pack.anchor",
            std::string(detail::kManifestName));
    }

    detail::ZipReader m_zip;
    std::optional<NoteVerifier> m_logKey;
    std::optional<detail::Manifest> m_manifest;
    std::string m_checkpoint;
    std::map<std::uint64_t, LedgerEntry> m_entries;
};

Result<std::unique_ptr<PackReader>> checked(Result<detail::ZipReader> zip)
{
    if (!zip.ok())
        return zip.failure();
    auto pack = std::make_unique<ZippedPack>(std::move(zip).value());
    CS_CHECK(pack->check());
    return std::unique_ptr<PackReader>(std::move(pack));
}

constexpr detail::ZipLimits kLimits{kPackFileCountMax, kPackFileByteCountMax, kPackByteCountMax};

} // namespace

Result<std::unique_ptr<PackReader>> PackReader::open(const std::string& path)
{
    return checked(detail::ZipReader::openFile(path, kLimits));
}

Result<std::unique_ptr<PackReader>> PackReader::openBytes(std::string bytes)
{
    return checked(detail::ZipReader::openBytes(std::move(bytes), kLimits));
}

} // namespace countersign::trust
