#include "app/ctl/delivery_desk.h"

namespace countersign::ctl {

DeliveryDesk::DeliveryDesk(EngineLoop& loop, Output& output)
    : m_loop(loop)
    , m_output(output)
    , m_desk(loop.core().folder().inbox())
{}

void DeliveryDesk::takeDeliveries()
{
    app::Core& core = m_loop.core();
    const app::InboxTurn turn =
        m_desk.take(core.now(), [&](const std::string& path) { return core.ingest(path); });
    for (const Error& trouble : turn.troubles)
        m_loop.complainOnce(trouble);
    for (const app::SettledDelivery& delivery : turn.settled)
        tell(delivery);
}

void DeliveryDesk::tell(const app::SettledDelivery& delivery)
{
    for (const Error& error : delivery.report.errors)
        m_output.complain(error.inFile(delivery.name + "/" + error.file));
    if (delivery.report.accepted()) {
        ++m_acceptedCount;
        m_output.line(shownLine("accepted " + delivery.name + "  " + delivery.report.decisionId));
    } else {
        ++m_refusedCount;
        m_output.line(shownLine("refused " + delivery.name));
    }
}

} // namespace countersign::ctl
