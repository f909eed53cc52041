#include "app/core/stored_plans.h"

#include "planes/decision/documents.h"

namespace countersign::app {

Result<std::shared_ptr<const execution::Plan>> StoredPlans::plan(const Digest& digest)
{
    constexpr std::size_t kPlansKeptMax = 1000;
    if (const auto kept = m_plans.find(digest); kept != m_plans.end())
        return kept->second;
    CS_TRY(const decision::StoredDocument document, decision::storedDocument(m_session, digest));
    CS_TRY(const Json content, decision::documentContent(m_session, document));
    CS_TRY(execution::Plan parsed, execution::parsePlan(content));
    if (m_plans.size() >= kPlansKeptMax)
        m_plans.clear();
    return m_plans.emplace(digest, std::make_shared<const execution::Plan>(std::move(parsed)))
        .first->second;
}

} // namespace countersign::app
