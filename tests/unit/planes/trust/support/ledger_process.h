#pragma once

#include "planes/data/blobs.h"
#include "planes/trust/ledger_store.h"
#include "planes/trust/log_entry.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

/// A ledger in memory or in a file, and events to fill it with.
namespace countersign::trust::test {

using countersign::testing::must;

inline constexpr const char* kOrigin = "ledger.example.com/unit";
inline constexpr const char* kDecision = "dec_01KRXBH9A0B2K0HR1V5EEXKCG1";

inline NoteSigner logKey(char fill = 'l')
{
    return must(NoteSigner::make(kOrigin, fixedEd25519(fill)));
}

inline LedgerEvent numbered(std::uint64_t number, const std::string& decisionId = {})
{
    std::string digits = std::to_string(number);
    digits.insert(0, 26 - digits.size(), '0');
    return {
        0,
        "evt_" + digits,
        number % 2 == 0 ? "test.even" : "test.odd",
        Instant::fromUnixSeconds(1'700'000'000 + static_cast<std::int64_t>(number)),
        decisionId,
        {{"number", number}}};
}

inline LedgerWork appendingEvent(LedgerEvent event)
{
    return [event](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
        CS_CHECK(ledger.append(session, event));
        return {};
    };
}

/// Events number `first`, `first + 1` …
inline LedgerWork appending(std::uint64_t first, std::uint64_t count = 1)
{
    return [first, count](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
        for (std::uint64_t i = first; i < first + count; ++i)
            CS_CHECK(ledger.append(session, numbered(i)));
        return {};
    };
}

inline LedgerWork refusing(std::uint64_t first, std::uint64_t count)
{
    return [first, count](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
        CS_CHECK(appending(first, count)(session, ledger));
        return fail(ErrorCode::Refused, "not this one", "test.refused");
    };
}

/// One process's view of a ledger: a connection, a writer, a store.
struct Process
{
    explicit Process(
        const std::string& path = {}, char keyFill = 'l', std::vector<Projector*> projectors = {})
        : writer(logKey(keyFill), std::move(projectors))
    {
        const std::vector<data::Migration> migrations = {
            data::blobMigration(),
            ledgerMigration(),
            {3,
             "for tests",
             {"CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT",
              "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES "
              "parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT"}}};
        database = must(data::Database::open(
            {path, path.empty() ? data::OpenMode::Memory : data::OpenMode::ReadWrite}, migrations));
        store = std::make_unique<LedgerStore>(*database, writer);
    }

    [[nodiscard]] std::unique_ptr<LedgerReader> reader(char keyFill = 'l')
    {
        return openLedgerReader(*database, logKey(keyFill).verifier());
    }
    [[nodiscard]] std::int64_t number(std::string_view sql)
    {
        return must(database->firstInteger(sql)).value_or(-1);
    }
    void tamper(const std::string& sql)
    {
        const auto transaction = must(database->beginWrite());
        QVERIFY(must(transaction->execute(sql)) > 0);
        must(transaction->commit());
    }
    /// Leaves as they are stored, in order.
    [[nodiscard]] LeafTree leaves()
    {
        std::vector<Digest> hashes;
        must(database->forEach(
            "SELECT leaf FROM ledger_entry ORDER BY idx", {}, [&](const data::Row& row) {
                hashes.push_back(leafHash(row.blob(0)));
                return Result<bool>(true);
            }));
        return LeafTree(std::move(hashes));
    }

    std::unique_ptr<data::Database> database;
    LedgerWriter writer;
    std::unique_ptr<LedgerStore> store;
};

/// The signed head covers exactly the stored leaves, by the definition of the tree.
inline bool headIsRight(Process& process)
{
    LeafTree leaves = process.leaves();
    const Checkpoint head = must(process.reader()->head());
    const std::uint64_t size = leaves.leafHashes().size();
    return head.size == size && head.root == leaves.root(0, size)
           && process.number("SELECT MAX(idx) + 1 FROM ledger_entry")
                  == static_cast<std::int64_t>(size);
}

} // namespace countersign::trust::test
