#include "planes/trust/ledger_store.h"

#include <algorithm>

namespace countersign::trust {

LedgerStore::LedgerStore(data::Database& database, LedgerWriter& ledger)
    : m_database(database)
    , m_ledger(ledger)
{}

void LedgerStore::onCommitted(std::function<void(std::uint64_t)> listener)
{
    m_committed = std::move(listener);
}

Result<void> LedgerStore::keepIndex()
{
    CS_TRY(const OpenedCheckpoint head, storedHead(m_database, logKey()));
    m_index.emplace();
    return m_index->follow(m_database, head.checkpoint);
}

std::unique_ptr<LedgerReader> LedgerStore::openReader()
{
    return openLedgerReader(m_database, logKey(), m_index ? &*m_index : nullptr);
}

Result<void> LedgerStore::write(const LedgerWork& work)
{
    return std::move(writeAll({work}).front());
}

Result<void> LedgerStore::runInSavepoint(
    data::Transaction& transaction, const LedgerWork& work, std::vector<Result<void>>& outcomes)
{
    CS_CHECK(transaction.savepoint());
    const LedgerWriter::Mark mark = m_ledger.mark();
    outcomes.push_back(work(transaction, m_ledger));
    if (outcomes.back().ok())
        return transaction.releaseSavepoint();
    m_ledger.restore(mark);
    return transaction.rollbackToSavepoint();
}

std::vector<Result<void>> LedgerStore::writeAll(const std::vector<LedgerWork>& works)
{
    std::vector<Result<void>> outcomes;
    outcomes.reserve(works.size());
    const auto allFailed = [&](const Error& error) {
        outcomes.assign(works.size(), Result<void>(fail(error)));
        return outcomes;
    };
    auto begun = m_database.beginWrite();
    if (!begun.ok())
        return allFailed(begun.error());
    const std::unique_ptr<data::Transaction> transaction = std::move(begun).value();
    if (const auto ready = m_ledger.synchronize(*transaction); !ready.ok())
        return allFailed(ready.error());
    const LedgerWriter::Mark before = m_ledger.mark();
    Result<void> whole;
    for (const LedgerWork& work : works) {
        whole = runInSavepoint(*transaction, work, outcomes);
        if (!whole.ok())
            break;
    }
    const bool appended = m_ledger.size() != before.tree.size();
    if (whole.ok())
        whole = m_ledger.seal(*transaction);
    if (whole.ok())
        whole = transaction->commit();
    if (!whole.ok()) {
        // The next transaction synchronizes with what the database really holds.
        m_ledger.restore(LedgerWriter::Mark{before.tree, 0});
        return allFailed(whole.error());
    }
    if (appended && m_committed)
        m_committed(m_ledger.size());
    return outcomes;
}

} // namespace countersign::trust
