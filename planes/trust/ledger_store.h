#pragma once

#include "planes/data/database.h"
#include "planes/trust/ledger.h"
#include "planes/trust/ledger_index.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// Writing to the ledger, whole: lock, synchronize, work, seal the head, commit. The only way in.
namespace countersign::trust {

/// What happens inside one transaction. A refusal undoes all it did and nothing else.
using LedgerWork = std::function<Result<void>(data::SqlSession& session, LedgerWriter& ledger)>;

/// Thread: that of the database.
class LedgerStore
{
public:
    /// Both outlive the store.
    LedgerStore(data::Database& database, LedgerWriter& ledger);

    /// Called after each commit that appended, with the new size.
    void onCommitted(std::function<void(std::uint64_t size)> listener);

    /// One transaction for one piece of work. Errors: those of the work; StorageBusy,
    /// StorageFailed, Corrupt.
    [[nodiscard]] Result<void> write(const LedgerWork& work);

    /// Group commit: all of them in one transaction under one signed head, each undone alone when
    /// it refuses. When the commit itself fails, or the database gives up the whole transaction
    /// (disk full), all of them have failed.
    [[nodiscard]] std::vector<Result<void>> writeAll(const std::vector<LedgerWork>& works);

    /// From now on readers find events by their leaves: for whoever acts on what they find. Takes
    /// time in proportion to the ledger. Errors: as LedgerIndex::follow().
    [[nodiscard]] Result<void> keepIndex();
    /// A reader of the committed ledger. It must not outlive the store.
    [[nodiscard]] std::unique_ptr<LedgerReader> openReader();

    [[nodiscard]] data::Database& database() { return m_database; }
    [[nodiscard]] const NoteVerifier& logKey() const { return m_ledger.logKey(); }

    [[nodiscard]] const NoteSigner& logSigner() const { return m_ledger.logSigner(); }

private:
    /// Adds what became of the work to `outcomes`. Errors: the transaction is no longer what it
    /// was; nothing of it may be committed.
    [[nodiscard]] Result<void> runInSavepoint(
        data::Transaction& transaction,
        const LedgerWork& work,
        std::vector<Result<void>>& outcomes);

    data::Database& m_database;
    LedgerWriter& m_ledger;
    std::optional<LedgerIndex> m_index;
    std::function<void(std::uint64_t)> m_committed;
};

} // namespace countersign::trust
