#pragma once

#include "app/core/core.h"
#include "app/core/workspace_folder.h"

#include <functional>
#include <string>

class QProcess;

/// The demo workspace: an invented company with its people, its keys, its business systems and six
/// decisions.
namespace countersign::app {

/// Every demo key is locked with this word. It protects nothing: it is here to be typed.
inline constexpr std::string_view kDemoPassphrase = "countersign demo";

/// Told what is being made, one English line each.
using DemoProgress = std::function<void(const std::string& line)>;

/// Makes the workspace in a new or empty folder: roster, keys, connectors, the secret. The
/// decisions come with `deliverDemoDecisions`. `systemsProgram`: path of countersign-demo-systems.
[[nodiscard]] Result<void> createDemoWorkspace(
    const WorkspaceFolder& folder,
    const std::string& systemsProgram,
    const Clock& clock,
    EntropySource& entropy,
    const DemoProgress& progress);

/// Hands in the six decisions, brought to the core's now.
[[nodiscard]] Result<void> deliverDemoDecisions(Core& core, const DemoProgress& progress);

/// The business systems as a process that ends with this one.
class DemoSystems
{
public:
    /// Starts them on the port the workspace names. Errors: Unavailable when they do not come up.
    [[nodiscard]] static Result<std::unique_ptr<DemoSystems>> start(const WorkspaceFolder& folder);
    ~DemoSystems();

private:
    explicit DemoSystems(std::unique_ptr<QProcess> process);

    std::unique_ptr<QProcess> m_process;
};

/// Where countersign-demo-systems lies: beside the running program.
[[nodiscard]] std::string demoSystemsProgram();

} // namespace countersign::app
