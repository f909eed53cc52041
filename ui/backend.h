#pragma once

#include "planes/control/roster.h"
#include "planes/trust/secret.h"
#include "ui/views.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <string>
#include <vector>

/// What the console asks of the core. The application implements it; tests implement it with a
/// fake. Every call returns at once; the future finishes on another thread, so take the reply with
/// whenReplied() (ui/reply.h). Values only, no rules here.
namespace countersign::ui {

class Backend : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Reading.
    [[nodiscard]] virtual QFuture<Result<WorkspaceInfo>> workspace() = 0;
    [[nodiscard]] virtual QFuture<Result<QueuePage>> queuePage(QueueQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<DecisionView>> decision(std::string decisionId) = 0;
    /// Newest first.
    [[nodiscard]] virtual QFuture<Result<std::vector<RunView>>>
    runs(PageCursor after, int limit) = 0;
    [[nodiscard]] virtual QFuture<Result<RunView>> run(std::string runId) = 0;
    /// Rows [first, first+limit) by ledger index.
    [[nodiscard]] virtual QFuture<Result<LogPage>> log(std::uint64_t first, int limit) = 0;
    /// The leaf and body of one entry with its inclusion proof, as JSON for reading.
    [[nodiscard]] virtual QFuture<Result<Json>> logEntry(std::uint64_t index) = 0;
    [[nodiscard]] virtual QFuture<Result<control::Roster>> roster() = 0;
    [[nodiscard]] virtual QFuture<Result<std::vector<LocalKey>>> localKeys() = 0;
    [[nodiscard]] virtual QFuture<Result<std::vector<PackRow>>> packs() = 0;

    // Signing: prepare, show, sign.
    [[nodiscard]] virtual QFuture<Result<SigningDraft>> prepareAnswer(AnswerIntent intent) = 0;
    [[nodiscard]] virtual QFuture<Result<SigningDraft>> prepareOrder(OrderIntent intent) = 0;
    /// Unlocks the key, signs the draft's payload and hands it in. Errors as control::verifyAnswer,
    /// PassphraseWrong.
    [[nodiscard]] virtual QFuture<Result<void>>
    sign(SigningDraft draft, std::shared_ptr<const trust::SecretBytes> passphrase) = 0;

    // Keys.
    [[nodiscard]] virtual QFuture<Result<LocalKey>> createKey(
        std::string name,
        std::string algorithm,
        std::shared_ptr<const trust::SecretBytes> passphrase) = 0;

    // Evidence.
    [[nodiscard]] virtual QFuture<Result<PackRow>>
    exportPack(std::string decisionId, std::string path) = 0;
    [[nodiscard]] virtual QFuture<Result<VerificationReport>> verifyPack(std::string path) = 0;
    [[nodiscard]] virtual QFuture<Result<VerificationReport>> verifyWorkspace(bool deep) = 0;

    /// Takes a decision folder or files, as the inbox does.
    [[nodiscard]] virtual QFuture<Result<void>> ingest(std::string path) = 0;

Q_SIGNALS:
    /// Something was committed, up to this ledger size. Queued to the console's thread.
    void changed(quint64 ledgerSize);
    /// A long task's progress, 0..1, by name (`export`, `verify`).
    void progressed(const QString& task, double fraction);
    /// E.g. the inbox refused a folder. Queued to the console's thread.
    void noticed(const countersign::ui::Notice& notice);
};

} // namespace countersign::ui
