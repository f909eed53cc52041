#pragma once

#include "app/console/core_thread.h"
#include "app/console/reader_thread.h"
#include "planes/trust/key_store.h"
#include "ui/backend.h"

#include <memory>

namespace countersign::app {

/// The console's backend on this machine: commands go to the core's thread, reading to a thread
/// with a read-only connection, unlocking keys to a pool.
class LocalBackend final : public ui::Backend
{
    Q_OBJECT

public:
    /// Opens the workspace. `engine`: run the engine here if nobody else does. Errors: as
    /// Core::open.
    [[nodiscard]] static Result<std::unique_ptr<LocalBackend>>
    open(const WorkspaceFolder& folder, bool engine);
    ~LocalBackend() override;

    [[nodiscard]] QFuture<Result<ui::WorkspaceInfo>> workspace() override;
    [[nodiscard]] QFuture<Result<ui::QueuePage>> queuePage(ui::QueueQuery query) override;
    [[nodiscard]] QFuture<Result<ui::DecisionView>> decision(std::string decisionId) override;
    [[nodiscard]] QFuture<Result<std::vector<ui::RunView>>>
    runs(ui::PageCursor after, int limit) override;
    [[nodiscard]] QFuture<Result<ui::RunView>> run(std::string runId) override;
    [[nodiscard]] QFuture<Result<ui::LogPage>> log(std::uint64_t first, int limit) override;
    [[nodiscard]] QFuture<Result<Json>> logEntry(std::uint64_t index) override;
    [[nodiscard]] QFuture<Result<control::Roster>> roster() override;
    [[nodiscard]] QFuture<Result<std::vector<ui::LocalKey>>> localKeys() override;
    [[nodiscard]] QFuture<Result<std::vector<ui::PackRow>>> packs() override;
    [[nodiscard]] QFuture<Result<ui::SigningDraft>> prepareAnswer(ui::AnswerIntent intent) override;
    [[nodiscard]] QFuture<Result<ui::SigningDraft>> prepareOrder(ui::OrderIntent intent) override;
    [[nodiscard]] QFuture<Result<void>>
    sign(ui::SigningDraft draft, std::shared_ptr<const trust::SecretBytes> passphrase) override;
    [[nodiscard]] QFuture<Result<ui::LocalKey>> createKey(
        std::string name,
        std::string algorithm,
        std::shared_ptr<const trust::SecretBytes> passphrase) override;
    [[nodiscard]] QFuture<Result<ui::PackRow>>
    exportPack(std::string decisionId, std::string path) override;
    [[nodiscard]] QFuture<Result<ui::VerificationReport>> verifyPack(std::string path) override;
    [[nodiscard]] QFuture<Result<ui::VerificationReport>> verifyWorkspace(bool deep) override;
    [[nodiscard]] QFuture<Result<void>> ingest(std::string path) override;

private:
    explicit LocalBackend(const WorkspaceFolder& folder, bool engine);
    [[nodiscard]] Result<void> start();

    WorkspaceFolder m_folder;
    CoreThread m_core;
    ReaderThread m_reader;
    trust::KeyStore m_keys;
};

} // namespace countersign::app
