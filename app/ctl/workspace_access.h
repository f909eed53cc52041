#pragma once

#include "app/core/core.h"
#include "app/core/stored_plans.h"
#include "app/ctl/command.h"
#include "app/views/view_context.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace countersign::ctl {

/// The workspace that was named. Errors: InvalidInput (rule `usage`) when none was.
[[nodiscard]] Result<app::WorkspaceFolder> workspaceOf(const Invocation& invocation);

/// The folder of keys: `--keys`, otherwise that of the workspace. Errors: as workspaceOf.
[[nodiscard]] Result<std::filesystem::path> keyFolderOf(const Invocation& invocation);

/// Ids of the people whose keys lie in the folder.
[[nodiscard]] Result<std::vector<std::string>>
localPeople(const std::filesystem::path& keyFolder, const control::Roster& roster);

/// A workspace opened for reading only. Thread: one.
class ReadingRoom
{
public:
    /// Errors: as WorkspaceFolder::readSettings, Database::open and loadFoundation.
    [[nodiscard]] static Result<std::unique_ptr<ReadingRoom>> open(const Invocation& invocation);

    [[nodiscard]] app::ViewContext context();
    [[nodiscard]] execution::PlanSource& plans() { return m_plans; }
    [[nodiscard]] const app::WorkspaceFolder& folder() const { return m_folder; }
    [[nodiscard]] const app::WorkspaceSettings& settings() const { return m_settings; }
    [[nodiscard]] const trust::NoteVerifier& logKey() const { return m_logKey; }
    [[nodiscard]] const control::Foundation& foundation() const { return m_foundation; }
    [[nodiscard]] data::Database& database() { return *m_database; }

private:
    ReadingRoom(
        app::WorkspaceFolder folder,
        app::WorkspaceSettings settings,
        trust::NoteVerifier logKey,
        std::unique_ptr<data::Database> database,
        std::unique_ptr<trust::LedgerReader> ledger,
        control::Foundation foundation);

    app::WorkspaceFolder m_folder;
    app::WorkspaceSettings m_settings;
    trust::NoteVerifier m_logKey;
    std::unique_ptr<data::Database> m_database;
    std::unique_ptr<trust::LedgerReader> m_ledger;
    control::Foundation m_foundation;
    app::StoredPlans m_plans;
};

/// Opens the workspace for writing. Errors: as Core::open.
[[nodiscard]] Result<std::unique_ptr<app::Core>>
openCore(const Invocation& invocation, bool engine = false, std::function<void()> wake = {});

} // namespace countersign::ctl
