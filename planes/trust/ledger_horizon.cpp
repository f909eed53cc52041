#include "planes/trust/ledger_horizon.h"

namespace countersign::trust {

Result<LedgerEntry> LedgerHorizon::entry(std::uint64_t index)
{
    if (index >= m_size)
        return fail(
            ErrorCode::NotFound,
            "the ledger had no entry " + std::to_string(index) + " then",
            "ledger.absent");
    return m_ledger.entry(index);
}

Result<void> LedgerHorizon::forEachOfDecision(const std::string& decisionId, const OnEntry& onEntry)
{
    return m_ledger.forEachOfDecision(decisionId, before(onEntry));
}

Result<void> LedgerHorizon::forEachOfDecision(
    const std::string& decisionId, const std::string& type, const OnEntry& onEntry)
{
    return m_ledger.forEachOfDecision(decisionId, type, before(onEntry));
}

Result<void> LedgerHorizon::forEachOfType(const std::string& type, const OnEntry& onEntry)
{
    return m_ledger.forEachOfType(type, before(onEntry));
}

LedgerHorizon::OnEntry LedgerHorizon::before(const OnEntry& onEntry) const
{
    // Entries come in order: the first later one ends it.
    return [&onEntry, size = m_size](const LedgerEntry& entry) -> Result<bool> {
        if (entry.index >= size)
            return false;
        return onEntry(entry);
    };
}

} // namespace countersign::trust
