#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"
#include "planes/trust/signed_note.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// A workspace is a folder. What lies where:
///
///     workspace.json   name, tenant, the log's public key, the anchor (genesis digest), variables
///     countersign.db   the ledger, the documents and what follows from them
///     log.key.pem      the log's signing key, mode 0600
///     keys/            people's own keys, each under its passphrase
///     secrets.vault    secrets of connectors, sealed; .lock and .next beside it
///     secrets.key      what opens them, where the vault is under a key file inside the workspace
///     secrets/         secrets in plain files, one each: sealed and destroyed when they are seen
///     connectors/      manifests
///     inbox/           deliveries; accepted/ and rejected/ below it
///     packs/           exported evidence packs
///     engine.lock      held by the process that runs the engine
namespace countersign::app {

struct WorkspaceSettings
{
    std::string name;
    std::string tenantId;
    std::string logVkey;
    Digest anchor;
    /// Replaced in manifests, e.g. `SYSTEMS_URL`. `WORKSPACE` is always the folder itself.
    std::map<std::string, std::string> variables = {};
};

class WorkspaceFolder
{
public:
    explicit WorkspaceFolder(std::filesystem::path root);

    [[nodiscard]] const std::filesystem::path& root() const { return m_root; }
    [[nodiscard]] std::filesystem::path database() const { return m_root / "countersign.db"; }
    [[nodiscard]] std::filesystem::path logKey() const { return m_root / "log.key.pem"; }
    [[nodiscard]] std::filesystem::path keys() const { return m_root / "keys"; }
    [[nodiscard]] std::filesystem::path vault() const { return m_root / "secrets.vault"; }
    [[nodiscard]] std::filesystem::path plainSecrets() const { return m_root / "secrets"; }
    [[nodiscard]] std::filesystem::path connectors() const { return m_root / "connectors"; }
    [[nodiscard]] std::filesystem::path inbox() const { return m_root / "inbox"; }
    [[nodiscard]] std::filesystem::path packs() const { return m_root / "packs"; }
    [[nodiscard]] std::filesystem::path engineLock() const { return m_root / "engine.lock"; }

    [[nodiscard]] bool exists() const;

    /// Makes the folders. Errors: Conflict when there is a workspace or another file already,
    /// StorageFailed.
    [[nodiscard]] Result<void> make() const;

    /// Errors: NotFound (rule `workspace.absent`), InvalidInput, StorageFailed.
    [[nodiscard]] Result<WorkspaceSettings> readSettings() const;
    [[nodiscard]] Result<void> writeSettings(const WorkspaceSettings& settings) const;

    /// Makes the log's key and keeps it. Errors: StorageFailed, Conflict.
    [[nodiscard]] Result<trust::NoteSigner> createLogKey(const std::string& origin) const;
    /// Errors: Refused (rule `key.permissions`), Corrupt, NotFound.
    [[nodiscard]] Result<trust::NoteSigner> loadLogKey(const std::string& origin) const;

    /// Variables for manifests, `WORKSPACE` included.
    [[nodiscard]] std::map<std::string, std::string>
    manifestVariables(const WorkspaceSettings& settings) const;

private:
    std::filesystem::path m_root;
};

/// Replaces a file at once: temporary file, fsync, rename. Errors: StorageFailed.
[[nodiscard]] Result<void> writeFileWhole(
    const std::filesystem::path& path, std::string_view bytes, bool onlyForOwner = false);
/// Errors: NotFound, StorageFailed, LimitExceeded.
[[nodiscard]] Result<std::string>
readFileWhole(const std::filesystem::path& path, std::uint64_t byteCountMax);

} // namespace countersign::app
