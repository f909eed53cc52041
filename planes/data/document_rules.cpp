#include "planes/data/document_rules.h"

#include "planes/data/detail/rule_context.h"

namespace countersign::data {

std::vector<Error> documentFindings(
    const std::vector<IncomingRecord>& records,
    const std::vector<IncomingSource>& sources,
    const KnownContext& known)
{
    detail::RuleContext context(records, sources, known);
    detail::checkIdentity(context);
    detail::checkReferences(context);
    detail::checkDigests(context);
    detail::checkSources(context);
    detail::checkMetrics(context);
    detail::checkOrders(context);
    detail::checkCorrelations(context);
    detail::checkScenarios(context);
    detail::checkPlans(context);
    detail::checkRequests(context);
    detail::checkReceipts(context);
    detail::checkScores(context);
    detail::checkRisks(context);
    detail::checkForecasts(context);
    detail::checkOutcomes(context);
    return context.takeFindings();
}

} // namespace countersign::data
