#pragma once

#include "models/result.h"
#include "planes/data/database.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/merkle.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Where the events of a decision and of a type stand, learnt from the leaves alone. The columns
/// beside a leaf are an index that whoever can write the database can bend: an order to cancel or
/// a newer revision of a request could be hidden from a reader that searches by them. What acts on
/// the ledger therefore looks places up here.
namespace countersign::trust {

/// Keeps 24 bytes of memory an event. Thread: that of the session it follows.
class LedgerIndex
{
public:
    /// Takes up what was appended since the last call, and checks that all leaves together have
    /// the root of `head`. Reads each leaf once, so the first call takes time in proportion to the
    /// ledger. A head that does not continue what was read before (a rollback) is refused as long
    /// as it stands; after any other error the index is empty and begins anew. Errors: Corrupt
    /// (rule `ledger.index`), as the session.
    [[nodiscard]] Result<void> follow(data::SqlSession& session, const Checkpoint& head);

    /// Events of a decision, in order; all of them, or those of one type.
    [[nodiscard]] std::vector<std::uint64_t> ofDecision(const std::string& decisionId) const;
    [[nodiscard]] std::vector<std::uint64_t>
    ofDecision(const std::string& decisionId, const std::string& type) const;
    /// Events of a type, in order.
    [[nodiscard]] std::vector<std::uint64_t> ofType(const std::string& type) const;

    [[nodiscard]] std::uint64_t size() const { return m_tree.size(); }

private:
    struct Place
    {
        std::uint64_t index = 0;
        std::uint16_t type = 0;
    };

    Result<void> take(std::uint64_t index, std::string_view leaf);
    [[nodiscard]] Result<std::uint16_t> numberOf(const std::string& type);

    CompactRange m_tree;
    std::map<std::string, std::uint16_t, std::less<>> m_typeNumbers;
    std::unordered_map<std::string, std::vector<Place>> m_byDecision;
    std::vector<std::vector<std::uint64_t>> m_byType;
};

} // namespace countersign::trust
