#include "app/core/inbox_desk.h"

#include <iterator>
#include <utility>

namespace countersign::app {

InboxDesk::InboxDesk(std::filesystem::path folder)
    : m_inbox(std::move(folder))
{}

InboxTurn InboxDesk::take(Instant now, const Ingest& ingest)
{
    InboxTurn turn;
    auto taken = m_inbox.take(now);
    if (taken.ok())
        m_waiting.insert(
            m_waiting.end(),
            std::make_move_iterator(taken->begin()),
            std::make_move_iterator(taken->end()));
    else
        turn.troubles.push_back(taken.error());
    std::vector<decision::Delivery> again;
    for (decision::Delivery& delivery : m_waiting) {
        auto report = ingest(delivery.taken.string());
        if (!report.ok()) {
            turn.troubles.push_back(report.error());
            again.push_back(std::move(delivery));
            continue;
        }
        // The verdict stands in the ledger by now; a folder that cannot be moved does not change
        // it.
        const auto settled = m_inbox.settle(delivery, report->errors, now);
        if (!settled.ok())
            turn.troubles.push_back(settled.error());
        turn.settled.push_back({std::move(delivery.name), std::move(report).value()});
    }
    m_waiting = std::move(again);
    return turn;
}

} // namespace countersign::app
