#include "planes/trust/ledger_index.h"

#include "planes/trust/ledger.h"
#include "planes/trust/log_entry.h"

#include <limits>

namespace countersign::trust {

namespace {

constexpr std::string_view kSelectLeaves =
    "SELECT idx, leaf FROM ledger_entry WHERE idx >= :from AND idx < :size ORDER BY idx";

Failure broken(const std::string& why)
{
    return fail(ErrorCode::Corrupt, why, "ledger.index");
}

} // namespace

Result<void> LedgerIndex::follow(data::SqlSession& session, const Checkpoint& head)
{
    if (head.size == m_tree.size() && head.root == m_tree.root())
        return {};
    if (head.size <= m_tree.size())
        return broken("the signed head does not continue the ledger that was read before");
    const auto read = session.forEach(
        kSelectLeaves,
        {{":from", static_cast<std::int64_t>(m_tree.size())},
         {":size", static_cast<std::int64_t>(head.size)}},
        [&](const data::Row& row) -> Result<bool> {
            if (row.integer(0) != static_cast<std::int64_t>(m_tree.size()))
                return broken("ledger entry " + std::to_string(m_tree.size()) + " is not there");
            CS_CHECK(take(m_tree.size(), row.blob(1)));
            return true;
        });
    Result<void> outcome = read.ok() ? Result<void>() : Result<void>(read.failure());
    if (outcome.ok() && (m_tree.size() != head.size || m_tree.root() != head.root))
        outcome = broken("the entries do not have the root that was signed");
    // What was taken up cannot be told from what was there before.
    if (!outcome.ok())
        *this = LedgerIndex();
    return outcome;
}

Result<void> LedgerIndex::take(std::uint64_t index, std::string_view leaf)
{
    CS_TRY(const LogLeaf parsed, parseLogLeaf(leaf));
    if (const auto* event = std::get_if<EventLeaf>(&parsed)) {
        CS_TRY(const std::uint16_t type, numberOf(event->type));
        m_byType[type].push_back(index);
        if (const auto link = event->links.find(std::string(kDecisionLink));
            link != event->links.end())
            m_byDecision[link->second].push_back({index, type});
    }
    m_tree.append(leafHash(leaf));
    return {};
}

Result<std::uint16_t> LedgerIndex::numberOf(const std::string& type)
{
    const auto known = m_typeNumbers.find(type);
    if (known != m_typeNumbers.end())
        return known->second;
    if (m_byType.size() > std::numeric_limits<std::uint16_t>::max())
        return fail(
            ErrorCode::LimitExceeded, "the ledger has too many types of event", "ledger.index");
    const auto number = static_cast<std::uint16_t>(m_byType.size());
    m_typeNumbers.emplace(type, number);
    m_byType.emplace_back();
    return number;
}

std::vector<std::uint64_t> LedgerIndex::ofDecision(const std::string& decisionId) const
{
    std::vector<std::uint64_t> indices;
    if (const auto found = m_byDecision.find(decisionId); found != m_byDecision.end()) {
        indices.reserve(found->second.size());
        for (const Place& place : found->second)
            indices.push_back(place.index);
    }
    return indices;
}

std::vector<std::uint64_t>
LedgerIndex::ofDecision(const std::string& decisionId, const std::string& type) const
{
    std::vector<std::uint64_t> indices;
    const auto number = m_typeNumbers.find(type);
    const auto found = m_byDecision.find(decisionId);
    if (number == m_typeNumbers.end() || found == m_byDecision.end())
        return indices;
    for (const Place& place : found->second) {
        if (place.type == number->second)
            indices.push_back(place.index);
    }
    return indices;
}

std::vector<std::uint64_t> LedgerIndex::ofType(const std::string& type) const
{
    const auto number = m_typeNumbers.find(type);
    return number == m_typeNumbers.end() ? std::vector<std::uint64_t>() : m_byType[number->second];
}

} // namespace countersign::trust
