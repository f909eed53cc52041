#pragma once

#include "tests/support/sample_decisions.h"
#include "ui/backend.h"

#include <QPromise>

#include <functional>
#include <map>

namespace countersign::tests {

/// The core in memory: answers from what it is given, at once or, with `holds`, when release() is
/// called. Statements are the real ones; signing only checks the passphrase.
class FakeBackend final : public ui::Backend
{
    Q_OBJECT

public:
    std::vector<ui::QueueRow> rows;
    std::map<std::string, ui::DecisionView> decisions;
    std::vector<ui::LocalKey> keys;
    ui::WorkspaceInfo info;
    std::string passphrase = "correct horse battery staple";
    std::optional<Error> queueError;
    std::optional<Error> prepareError;
    bool holds = false;
    /// Declared length of the ledger; rows are made up on demand.
    std::uint64_t logSize = 0;
    std::optional<Error> logError;
    std::map<std::uint64_t, Json> logEntries;
    std::vector<ui::RunView> runList; ///< Newest first; runs of decisions come before.
    std::optional<Error> runsError;
    std::optional<control::Roster> people;
    std::vector<ui::PackRow> packRows;
    std::optional<Error> exportError;
    ui::VerificationReport report;
    std::optional<Error> verifyError;

    std::vector<std::pair<std::uint64_t, int>> logQueries;
    std::vector<std::pair<std::string, std::string>> exports; ///< Decision and path.
    std::vector<std::string> verifiedPacks;
    std::vector<bool> workspaceVerifications; ///< Deep or not.
    std::vector<std::string> newKeyAlgorithms;
    std::string newKeyPassphrase;
    std::vector<ui::QueueQuery> queueQueries;
    std::vector<ui::AnswerIntent> answerIntents;
    std::vector<ui::OrderIntent> orderIntents;
    std::vector<ui::SigningDraft> signedDrafts;

    /// Adds the decision with its row and the keys of who must sign it.
    void add(const ui::DecisionView& view);
    [[nodiscard]] bool isHolding() const { return !m_held.empty(); }
    /// Gives the replies held so far, in the order asked for.
    void release();
    /// The same, newest first: what a slow disk can do.
    void releaseReversed();

    QFuture<Result<ui::WorkspaceInfo>> workspace() override;
    QFuture<Result<ui::QueuePage>> queuePage(ui::QueueQuery query) override;
    QFuture<Result<ui::DecisionView>> decision(std::string decisionId) override;
    QFuture<Result<std::vector<ui::RunView>>> runs(ui::PageCursor after, int limit) override;
    QFuture<Result<ui::RunView>> run(std::string runId) override;
    QFuture<Result<ui::LogPage>> log(std::uint64_t first, int limit) override;
    QFuture<Result<Json>> logEntry(std::uint64_t index) override;
    QFuture<Result<control::Roster>> roster() override;
    QFuture<Result<std::vector<ui::LocalKey>>> localKeys() override;
    QFuture<Result<std::vector<ui::PackRow>>> packs() override;
    QFuture<Result<ui::SigningDraft>> prepareAnswer(ui::AnswerIntent intent) override;
    QFuture<Result<ui::SigningDraft>> prepareOrder(ui::OrderIntent intent) override;
    QFuture<Result<void>>
    sign(ui::SigningDraft draft, std::shared_ptr<const trust::SecretBytes> passphrase) override;
    QFuture<Result<ui::LocalKey>> createKey(
        std::string name,
        std::string algorithm,
        std::shared_ptr<const trust::SecretBytes> passphrase) override;
    QFuture<Result<ui::PackRow>> exportPack(std::string decisionId, std::string path) override;
    QFuture<Result<ui::VerificationReport>> verifyPack(std::string path) override;
    QFuture<Result<ui::VerificationReport>> verifyWorkspace(bool deep) override;
    QFuture<Result<void>> ingest(std::string path) override;

private:
    template <class T>
    QFuture<Result<T>> reply(Result<T> value)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const QFuture<Result<T>> future = promise->future();
        const auto give = [promise, value = std::move(value)] {
            promise->addResult(value);
            promise->finish();
        };
        if (holds)
            m_held.push_back(give);
        else
            give();
        return future;
    }

    static void give(const std::vector<std::function<void()>>& replies);
    [[nodiscard]] const ui::LocalKey* key(const std::string& name) const;

    std::vector<std::function<void()>> m_held;
};

} // namespace countersign::tests
