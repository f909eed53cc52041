#include "app/ctl/workspace_access.h"

#include "app/core/projections.h"
#include "planes/trust/key_store.h"

#include <algorithm>

namespace countersign::ctl {

Result<app::WorkspaceFolder> workspaceOf(const Invocation& invocation)
{
    if (invocation.workspace.empty())
        return usageFailure("which workspace? Give --workspace DIR or set COUNTERSIGN_WORKSPACE in "
                            "the environment");
    return app::WorkspaceFolder(invocation.workspace);
}

Result<std::filesystem::path> keyFolderOf(const Invocation& invocation)
{
    if (const auto given = invocation.optionalValue("keys"))
        return std::filesystem::path(*given);
    if (invocation.workspace.empty())
        return usageFailure("which keys? Give --keys DIR or --workspace DIR");
    return app::WorkspaceFolder(invocation.workspace).keys();
}

Result<std::vector<std::string>>
localPeople(const std::filesystem::path& keyFolder, const control::Roster& roster)
{
    std::vector<std::string> people;
    CS_TRY(const std::vector<trust::StoredKey> keys, trust::KeyStore(keyFolder).list());
    for (const trust::StoredKey& key : keys) {
        const control::Person* holder =
            key.publicKey ? roster.holderOf(key.publicKey->keyId()) : nullptr;
        if (holder != nullptr
            && std::find(people.begin(), people.end(), holder->id) == people.end())
            people.push_back(holder->id);
    }
    return people;
}

ReadingRoom::ReadingRoom(
    app::WorkspaceFolder folder,
    app::WorkspaceSettings settings,
    trust::NoteVerifier logKey,
    std::unique_ptr<data::Database> database,
    std::unique_ptr<trust::LedgerReader> ledger,
    control::Foundation foundation)
    : m_folder(std::move(folder))
    , m_settings(std::move(settings))
    , m_logKey(std::move(logKey))
    , m_database(std::move(database))
    , m_ledger(std::move(ledger))
    , m_foundation(std::move(foundation))
    , m_plans(*m_database)
{}

Result<std::unique_ptr<ReadingRoom>> ReadingRoom::open(const Invocation& invocation)
{
    CS_TRY(app::WorkspaceFolder folder, workspaceOf(invocation));
    CS_TRY(app::WorkspaceSettings settings, folder.readSettings());
    CS_TRY(trust::NoteVerifier logKey, trust::NoteVerifier::parse(settings.logVkey));
    CS_TRY(auto database, app::openDatabase(folder, data::OpenMode::ReadOnly));
    auto ledger = trust::openLedgerReader(*database, logKey);
    CS_TRY(control::Foundation foundation, control::loadFoundation(*ledger, settings.anchor));
    return std::unique_ptr<ReadingRoom>(new ReadingRoom(
        std::move(folder),
        std::move(settings),
        std::move(logKey),
        std::move(database),
        std::move(ledger),
        std::move(foundation)));
}

app::ViewContext ReadingRoom::context()
{
    return {*m_database, *m_ledger, m_foundation, SystemClock().now()};
}

Result<std::unique_ptr<app::Core>>
openCore(const Invocation& invocation, bool engine, std::function<void()> wake)
{
    CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
    return app::Core::open(
        folder,
        {.engine = engine,
         .clock = std::make_shared<SystemClock>(),
         .entropy = std::make_shared<SystemEntropy>(),
         .wake = std::move(wake)});
}

} // namespace countersign::ctl
