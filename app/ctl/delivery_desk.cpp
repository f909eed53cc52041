#include "app/ctl/delivery_desk.h"

namespace countersign::ctl {

DeliveryDesk::DeliveryDesk(EngineLoop& loop, Output& output)
    : m_loop(loop)
    , m_output(output)
    , m_inbox(loop.core().folder().inbox())
{}

void DeliveryDesk::takeDeliveries()
{
    auto taken = m_inbox.take(m_loop.core().now());
    if (!taken.ok()) {
        m_loop.complainOnce(taken.error());
        return;
    }
    for (decision::Delivery& delivery : *taken)
        m_waiting.push_back(std::move(delivery));
    std::vector<decision::Delivery> again;
    for (decision::Delivery& delivery : m_waiting) {
        if (!take(delivery))
            again.push_back(std::move(delivery));
    }
    m_waiting = std::move(again);
}

bool DeliveryDesk::take(const decision::Delivery& delivery)
{
    const auto report = m_loop.core().ingest(delivery.taken.string());
    if (!report.ok()) {
        m_loop.complainOnce(report.error());
        return false;
    }
    const auto settled = m_inbox.settle(delivery, report->errors, m_loop.core().now());
    if (!settled.ok())
        m_loop.complainOnce(settled.error());
    for (const Error& error : report->errors)
        m_output.complain(error.inFile(delivery.name + "/" + error.file));
    if (report->accepted()) {
        ++m_acceptedCount;
        m_output.line(shownLine("accepted " + delivery.name + "  " + report->decisionId));
    } else {
        ++m_refusedCount;
        m_output.line(shownLine("refused " + delivery.name));
    }
    return true;
}

} // namespace countersign::ctl
