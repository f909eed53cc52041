#pragma once

#include "models/instant.h"
#include "planes/control/foundation.h"
#include "planes/data/database.h"
#include "planes/trust/ledger.h"

namespace countersign::app {

/// What a view is read from. All of one thread.
struct ViewContext
{
    data::SqlSession& session;
    trust::LedgerReader& ledger;
    const control::Foundation& foundation;
    Instant now;
};

} // namespace countersign::app
