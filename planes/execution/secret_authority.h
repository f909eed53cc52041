#pragma once

#include "planes/execution/connector_catalog.h"
#include "planes/execution/engine_ports.h"
#include "planes/execution/secret_source.h"

#include <memory>
#include <optional>
#include <string>

namespace countersign::execution {

/// Asks for the authority, then whether the connector's secret is at hand. Where it is not, nothing
/// is dispatched and nothing fails: the run is blocked, names the rule (`secret.locked`,
/// `secret.absent`), and goes on once Engine::authorityChanged() was called. No value is opened
/// here. Thread: core.
class SecretAuthority final : public AuthoritySource
{
public:
    /// All outlive it.
    SecretAuthority(
        AuthoritySource& authority,
        PlanSource& plans,
        std::shared_ptr<const ConnectorCatalog> catalog,
        std::shared_ptr<SecretSource> secrets);

    /// Errors: those of the authority; Unauthorized and NotFound as SecretSource::ready().
    [[nodiscard]] Result<AuthorityGrant> authorize(
        const RunId& runId,
        const PlanRef& plan,
        const std::string& stepId,
        CallPhase phase,
        Instant now) override;

private:
    AuthoritySource& m_authority;
    PlanSource& m_plans;
    std::shared_ptr<const ConnectorCatalog> m_catalog;
    std::shared_ptr<SecretSource> m_secrets;
};

/// The secret that calls of a connector carry, if any.
[[nodiscard]] std::optional<std::string> secretNameOf(const ConnectorManifest& manifest);

} // namespace countersign::execution
