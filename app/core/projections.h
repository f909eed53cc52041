#pragma once

#include "app/core/workspace_folder.h"
#include "planes/control/decision_table.h"
#include "planes/data/database.h"
#include "planes/data/json_schema.h"
#include "planes/decision/documents.h"
#include "planes/execution/run_table.h"

#include <memory>
#include <vector>

namespace countersign::app {

/// Everything that derives tables from the ledger, in the order it is applied.
class Projections
{
public:
    [[nodiscard]] std::vector<trust::Projector*> all()
    {
        return {&m_documents, &m_decisions, &m_runs};
    }

private:
    decision::DocumentProjector m_documents;
    control::DecisionProjector m_decisions;
    execution::RunProjector m_runs;
};

/// The schema of a workspace's database, oldest first.
[[nodiscard]] std::vector<data::Migration> migrations();

[[nodiscard]] Result<std::unique_ptr<data::Database>>
openDatabase(const WorkspaceFolder& folder, data::OpenMode mode);

/// The record contracts, from the program's resources.
[[nodiscard]] Result<data::SchemaSet> loadSchemas();

/// A file from the program's resources. It is part of the program: its absence is a programmer's
/// error.
[[nodiscard]] std::string resourceText(const std::string& path);
/// Names of the files in a folder of the resources, sorted.
[[nodiscard]] std::vector<std::string> resourceNames(const std::string& folder);

} // namespace countersign::app
