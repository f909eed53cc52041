#pragma once

#include "models/json.h"
#include "models/result.h"

#include <string>
#include <vector>

namespace countersign::app {

/// Asks the demo's business systems from outside, past the engine: what stands there, and faults on
/// demand. Blocking.
class SystemsClient
{
public:
    /// `baseUrl` as in the workspace's variables, `token` from its secrets.
    SystemsClient(std::string baseUrl, std::string token);

    /// Every effect that stands, in order. Errors: Unavailable, InvalidInput.
    [[nodiscard]] Result<std::vector<Json>> effects() const;
    /// Asks for a fault, as demo_systems/demo_service.h describes it.
    [[nodiscard]] Result<void> addFault(const Json& fault) const;

private:
    [[nodiscard]] Result<Json>
    ask(const std::string& method, const std::string& path, const Json& body) const;

    std::string m_host;
    int m_port = 0;
    std::string m_token;
};

} // namespace countersign::app
