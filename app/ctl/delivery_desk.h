#pragma once

#include "app/core/inbox_desk.h"
#include "app/ctl/engine_loop.h"

#include <cstddef>

namespace countersign::ctl {

/// Takes what lies in the inbox of a working process, and says so. Thread: that of the core.
class DeliveryDesk
{
public:
    /// Both outlive the desk.
    DeliveryDesk(EngineLoop& loop, Output& output);

    /// As InboxDesk::take.
    void takeDeliveries();

    [[nodiscard]] std::size_t acceptedCount() const { return m_acceptedCount; }
    [[nodiscard]] std::size_t refusedCount() const { return m_refusedCount; }

private:
    void tell(const app::SettledDelivery& delivery);

    EngineLoop& m_loop;
    Output& m_output;
    app::InboxDesk m_desk;
    std::size_t m_acceptedCount = 0;
    std::size_t m_refusedCount = 0;
};

} // namespace countersign::ctl
