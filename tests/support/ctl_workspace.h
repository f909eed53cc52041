#pragma once

#include "app/core/projections.h"
#include "planes/trust/key_store.h"
#include "tests/support/ctl_process.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

#include <string>

namespace countersign::test {

/// A workspace of the demo's company made through countersignctl, in a folder of its own.
class CtlWorkspace
{
public:
    static constexpr const char* kPassphrase = "correct horse";

    CtlWorkspace() { write(QStringLiteral("pass"), QByteArray(kPassphrase) + "\n"); }

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString workspace() const { return path(QStringLiteral("ws")); }

    void write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }

    /// The demo's roster with a fresh key for each person, kept in `keys`. Cheap to unlock.
    [[nodiscard]] Json makeRoster() const
    {
        constexpr trust::UnlockCost kCheap{10};
        Json roster = *parseJson(app::resourceText("demo/roster.json"));
        roster["schema"] = "roster";
        roster["version"] = 1;
        const trust::KeyStore store(path(QStringLiteral("keys")).toStdString());
        for (Json& person : roster["people"]) {
            const auto key = store.create(
                textMember(person, "id"),
                trust::KeyAlgorithm::Ed25519,
                trust::SecretBytes::copyOf(kPassphrase),
                kCheap);
            person["keys"] =
                Json::array({{{"key_id", key->keyId()}, {"public_key_pem", key->pem()}}});
        }
        return roster;
    }

    [[nodiscard]] QStringList passphrase() const
    {
        return {QStringLiteral("--passphrase-file"), path(QStringLiteral("pass"))};
    }

    /// `init` with all founders, and every connector of the demo at `systemsUrl`.
    [[nodiscard]] CtlRun found(const QString& systemsUrl) const
    {
        write(QStringLiteral("roster.json"), QByteArray::fromStdString(makeRoster().dump(2)));
        QStringList line{QStringLiteral("init"), QStringLiteral("--connector")};
        const QDir connectors(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo/connectors"));
        for (const QString& name : connectors.entryList(QDir::Files, QDir::Name))
            line.append(connectors.filePath(name));
        line +=
            {QStringLiteral("--variable"),
             QStringLiteral("SYSTEMS_URL=") + systemsUrl,
             QStringLiteral("DEMO_SYSTEMS_PROGRAM=" COUNTERSIGN_BINARY_DIR
                            "/bin/countersign-demo-systems"),
             QStringLiteral("DEMO_SYSTEMS_STATE=") + path(QStringLiteral("systems.db"))};
        return ctl().runJson(line + founding());
    }

    /// What every `init` here needs besides.
    [[nodiscard]] QStringList founding() const
    {
        return QStringList{
                   QStringLiteral("--name"),
                   QStringLiteral("Northgate"),
                   QStringLiteral("--roster"),
                   path(QStringLiteral("roster.json")),
                   QStringLiteral("--keys"),
                   path(QStringLiteral("keys")),
                   QStringLiteral("--founder-key"),
                   QStringLiteral("greta.holm"),
                   QStringLiteral("noura.alsubaie"),
                   QStringLiteral("priya.raman")}
               + passphrase();
    }

    /// countersignctl for this workspace.
    [[nodiscard]] Ctl ctl() const
    {
        Ctl program;
        program.environment = {{QStringLiteral("COUNTERSIGN_WORKSPACE"), workspace()}};
        return program;
    }

    [[nodiscard]] CtlRun
    sign(const QString& decisionId, const QString& person, const QStringList& answer) const
    {
        return ctl().runJson(
            QStringList{
                QStringLiteral("sign"),
                decisionId,
                QStringLiteral("--key"),
                person,
                QStringLiteral("--keys"),
                path(QStringLiteral("keys"))}
            + answer + passphrase());
    }

    /// The whole ledger, as `audit log` tells it.
    [[nodiscard]] Json log() const
    {
        return ctl()
            .runJson(
                {QStringLiteral("audit"),
                 QStringLiteral("log"),
                 QStringLiteral("--first"),
                 QStringLiteral("0"),
                 QStringLiteral("--limit"),
                 QStringLiteral("10000")})
            .json;
    }

    /// A copy of a demo decision as it is, to be broken.
    [[nodiscard]] QString copyDecision(const QString& name, const QString& as) const
    {
        const QDir from(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo/decisions/") + name);
        const QString to = path(as);
        QDirIterator files(from.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const QString target = QDir(to).filePath(from.relativeFilePath(file));
            QDir().mkpath(QFileInfo(target).path());
            QFile::copy(file, target);
            QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
        }
        return to;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace countersign::test
