#pragma once

#include "app/core/core.h"
#include "planes/decision/inbox.h"

#include <functional>
#include <string>
#include <vector>

namespace countersign::app {

/// What became of one delivery of the inbox.
struct SettledDelivery
{
    std::string name; ///< As it was handed in.
    DeliveryReport report;
};

struct InboxTurn
{
    std::vector<SettledDelivery> settled;
    /// Of the storage or the folder; what they concern is tried again.
    std::vector<Error> troubles;
};

/// Takes what lies in the inbox of a working process: the one rule of when a delivery is settled. A
/// verdict on the delivery settles it; a storage that could not take it does not, so a database
/// that is merely busy rejects nothing. Thread: that of the core.
class InboxDesk
{
public:
    /// As Core::ingest: an error is the storage's, what is wrong with the delivery is in the
    /// report.
    using Ingest = std::function<Result<DeliveryReport>(const std::string& path)>;

    explicit InboxDesk(std::filesystem::path folder);

    /// Takes and settles every delivery that is ready. One that the storage could not take is tried
    /// again with the next call, before what came after it.
    [[nodiscard]] InboxTurn take(Instant now, const Ingest& ingest);

private:
    decision::Inbox m_inbox;
    std::vector<decision::Delivery> m_waiting;
};

} // namespace countersign::app
