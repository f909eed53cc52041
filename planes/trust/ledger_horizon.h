#pragma once

#include "planes/trust/ledger.h"

namespace countersign::trust {

/// A ledger as it was when it had `size` entries: later ones are hidden. Thread: that of the
/// reader.
class LedgerHorizon final : public LedgerReader
{
public:
    LedgerHorizon(LedgerReader& ledger, std::uint64_t size)
        : m_ledger(ledger)
        , m_size(size)
    {}

    /// The newest head: it covers the earlier entries, too.
    Result<Checkpoint> head() override { return m_ledger.head(); }
    Result<LedgerEntry> entry(std::uint64_t index) override;
    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override;
    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override;
    Result<void> forEachOfType(
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override;
    Result<std::string> document(const Digest& digest) override
    {
        return m_ledger.document(digest);
    }

private:
    using OnEntry = std::function<Result<bool>(const LedgerEntry&)>;

    [[nodiscard]] OnEntry before(const OnEntry& onEntry) const;

    LedgerReader& m_ledger;
    std::uint64_t m_size;
};

} // namespace countersign::trust
