#pragma once

#include "app/ctl/engine_loop.h"
#include "planes/decision/inbox.h"

#include <cstddef>
#include <vector>

namespace countersign::ctl {

/// Takes what lies in the inbox of a working process. Thread: that of the core.
class DeliveryDesk
{
public:
    /// Both outlive the desk.
    DeliveryDesk(EngineLoop& loop, Output& output);

    /// Takes and settles every delivery that is ready. One that the storage could not take is tried
    /// again with the next call.
    void takeDeliveries();

    [[nodiscard]] std::size_t acceptedCount() const { return m_acceptedCount; }
    [[nodiscard]] std::size_t refusedCount() const { return m_refusedCount; }

private:
    /// False when it must be tried again.
    [[nodiscard]] bool take(const decision::Delivery& delivery);

    EngineLoop& m_loop;
    Output& m_output;
    decision::Inbox m_inbox;
    std::vector<decision::Delivery> m_waiting;
    std::size_t m_acceptedCount = 0;
    std::size_t m_refusedCount = 0;
};

} // namespace countersign::ctl
