#pragma once

#include "app/core/core.h"

namespace countersign::app {

/// Checks and stores one delivery, and opens or replaces the request it leads to, all in one
/// transaction. Errors: of the storage.
[[nodiscard]] Result<DeliveryReport> takeDelivery(
    trust::LedgerStore& store,
    control::Foundation& foundation,
    const data::SchemaSet& schemas,
    const execution::ConnectorCatalog& catalog,
    EntropySource& entropy,
    Instant now,
    const std::string& path);

} // namespace countersign::app
