#pragma once

#include "planes/data/database.h"
#include "planes/execution/engine_ports.h"

#include <map>
#include <memory>

namespace countersign::app {

/// Frozen plans from the store of documents, read once each. Thread: that of the database.
class StoredPlans final : public execution::PlanSource
{
public:
    explicit StoredPlans(data::SqlSession& session)
        : m_session(session)
    {}

    [[nodiscard]] Result<std::shared_ptr<const execution::Plan>>
    plan(const Digest& digest) override;

private:
    data::SqlSession& m_session;
    std::map<Digest, std::shared_ptr<const execution::Plan>> m_plans;
};

} // namespace countersign::app
