#pragma once

#include "app/core/core.h"
#include "app/demo/demo_decisions.h"
#include "app/demo/demo_workspace.h"
#include "planes/trust/key_store.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace countersign::testing {

/// A demo workspace in a temporary folder, with or without its business systems.
class DemoFixture
{
public:
    /// Errors: of making it.
    [[nodiscard]] Result<void> make();
    [[nodiscard]] Result<void> startSystems();
    void stopSystems() { m_systems.reset(); }

    [[nodiscard]] app::WorkspaceFolder folder() const;
    [[nodiscard]] Result<std::unique_ptr<app::Core>> open(bool engine = false) const;

    /// Signs an approval with the person's demo key. Errors: as Core::submitAnswer.
    [[nodiscard]] Result<control::AnswerOutcome>
    approve(app::Core& core, const std::string& decisionId, const std::string& person) const;
    /// Signs an order with the person's demo key.
    [[nodiscard]] Result<void> order(
        app::Core& core,
        const std::string& runId,
        const std::string& stepId,
        control::RunOrderKind kind,
        const std::string& person) const;
    [[nodiscard]] trust::PrivateKey key(const std::string& person) const;
    /// What the business systems ask their callers for.
    [[nodiscard]] std::string token() const;

private:
    QTemporaryDir m_parent;
    std::unique_ptr<app::DemoSystems> m_systems;
};

/// The documents of a demo decision, ready for a change; `seal` puts them back into files.
struct DraftDecision
{
    std::map<std::string, Json> documents;
    std::map<std::string, std::string> sources;

    [[nodiscard]] static DraftDecision load(const std::string& name, Instant now);
    /// Gives it and all its records new ids, so that it stands beside the original. Metric
    /// definitions stay behind: they belong to the tenant.
    void rename(EntropySource& entropy, Instant now);
    [[nodiscard]] std::map<std::string, std::string> seal();
    [[nodiscard]] std::string decisionId() const;
};

} // namespace countersign::testing
