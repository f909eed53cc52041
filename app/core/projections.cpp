#include "app/core/projections.h"

#include "planes/data/blobs.h"
#include "planes/data/contracts.h"
#include "planes/trust/ledger.h"

#include <QDir>
#include <QFile>

namespace countersign::app {

std::vector<data::Migration> migrations()
{
    return {
        data::blobMigration(),
        trust::ledgerMigration(),
        decision::documentMigration(),
        control::decisionTableMigration(),
        execution::runTableMigration()};
}

Result<std::unique_ptr<data::Database>>
openDatabase(const WorkspaceFolder& folder, data::OpenMode mode)
{
    const std::vector<data::Migration> steps = migrations();
    return data::Database::open({folder.database().string(), mode}, steps);
}

std::string resourceText(const std::string& path)
{
    QFile file(QString::fromStdString(":/" + path));
    const bool opened = file.open(QIODevice::ReadOnly);
    CS_ASSERT(opened);
    return file.readAll().toStdString();
}

std::vector<std::string> resourceNames(const std::string& folder)
{
    std::vector<std::string> names;
    const QStringList entries =
        QDir(QString::fromStdString(":/" + folder)).entryList(QDir::Files | QDir::Dirs, QDir::Name);
    for (const QString& entry : entries)
        names.push_back(entry.toStdString());
    return names;
}

Result<data::SchemaSet> loadSchemas()
{
    std::vector<std::string> texts;
    for (const std::string& name : resourceNames("schemas")) {
        if (name != "connector_manifest.schema.json")
            texts.push_back(resourceText("schemas/" + name));
    }
    return data::loadContractSchemas(texts);
}

} // namespace countersign::app
