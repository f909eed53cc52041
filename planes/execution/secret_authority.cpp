#include "planes/execution/secret_authority.h"

namespace countersign::execution {

SecretAuthority::SecretAuthority(
    AuthoritySource& authority,
    PlanSource& plans,
    std::shared_ptr<const ConnectorCatalog> catalog,
    std::shared_ptr<SecretSource> secrets)
    : m_authority(authority)
    , m_plans(plans)
    , m_catalog(std::move(catalog))
    , m_secrets(std::move(secrets))
{}

Result<AuthorityGrant> SecretAuthority::authorize(
    const RunId& runId,
    const PlanRef& planRef,
    const std::string& stepId,
    CallPhase phase,
    Instant now)
{
    CS_TRY(const AuthorityGrant grant, m_authority.authorize(runId, planRef, stepId, phase, now));
    CS_TRY(const std::shared_ptr<const Plan> plan, m_plans.plan(planRef.planDigest));
    const auto step = plan->find(stepId);
    // Whoever granted it has found both.
    CS_ASSERT(step.has_value());
    const PlanStep& planned = plan->steps[*step];
    const PlanCall& call =
        phase == CallPhase::Compensation ? planned.compensation.call.value() : planned.call;
    const ConnectorManifest* manifest = m_catalog->find(call.connector, call.connectorVersion);
    CS_ASSERT(manifest != nullptr);
    if (const auto name = secretNameOf(*manifest))
        CS_CHECK(m_secrets->ready(*name));
    return grant;
}

std::optional<std::string> secretNameOf(const ConnectorManifest& manifest)
{
    const auto* http = std::get_if<HttpAddress>(&manifest.address);
    if (http == nullptr || http->auth == AuthKind::None)
        return std::nullopt;
    return http->secretName;
}

} // namespace countersign::execution
