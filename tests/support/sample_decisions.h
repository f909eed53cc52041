#pragma once

#include "models/ids.h"
#include "ui/backend.h"

#include <string>
#include <vector>

namespace countersign::tests {

/// A clock that stands until it is set.
class StandingClock final : public Clock
{
public:
    explicit StandingClock(Instant at)
        : m_now(at)
    {}

    [[nodiscard]] Instant now() const override { return m_now; }
    void set(Instant at) { m_now = at; }

private:
    Instant m_now;
};

[[nodiscard]] Instant at(const char* text);

/// One of the demo decisions as the core would hand it over: request built from the documents, the
/// first of the roles needed has signed. `name` is its folder.
[[nodiscard]] ui::DecisionView sampleDecision(const std::string& name, Instant now);
[[nodiscard]] std::vector<std::string> sampleNames();
[[nodiscard]] ui::QueueRow queueRow(const ui::DecisionView& view);
/// Keys of the people who must sign `view` and have not.
[[nodiscard]] std::vector<ui::LocalKey> keysFor(const ui::DecisionView& view);
/// A run of the plan that waits at its first gate.
[[nodiscard]] ui::RunView gatedRun(const ui::DecisionView& view, Instant now);

/// A made-up row of the ledger, always the same for one index; every seventh is a statement.
[[nodiscard]] ui::LogRow logRow(std::uint64_t index);
/// What logEntry() gives for an event at `index` of a ledger of `size` entries.
[[nodiscard]] Json eventEntry(std::uint64_t index, std::uint64_t size);

} // namespace countersign::tests
