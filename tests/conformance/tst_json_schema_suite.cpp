#include "models/json.h"
#include "planes/data/contracts.h"
#include "planes/data/json_schema.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

using namespace countersign;
using data::FormatMode;
using data::SchemaSet;
using data::SchemaViolation;

namespace {

constexpr auto kTestUri = "urn:countersign:suite-case";

QString folder(const char* variable, const char* fallback)
{
    const QString named = qEnvironmentVariable(variable);
    return named.isEmpty() ? QDir::cleanPath(
               QStringLiteral(COUNTERSIGN_SOURCE_DIR) + QString::fromLatin1(fallback))
                           : named;
}

QString suiteFolder()
{
    return folder("COUNTERSIGN_CONFORMANCE_DIR", "/../shared/conformance")
           + QStringLiteral("/json-schema");
}

QString samplesFolder()
{
    return folder("COUNTERSIGN_SHARED_SAMPLES_DIR", "/../shared/samples");
}

QStringList jsonFiles(const QString& path, bool recursive)
{
    QStringList files;
    QDirIterator it(
        path,
        {QStringLiteral("*.json")},
        QDir::Files,
        recursive ? QDirIterator::Subdirectories : QDirIterator::NoIteratorFlags);
    while (it.hasNext())
        files.append(it.next());
    files.sort();
    return files;
}

std::string readBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// A text that is no JSON fails the test that asks for it, by being no schema and no list of cases.
Json readJson(const QString& path)
{
    auto value = parseJson(readBytes(path));
    if (value.ok())
        return *std::move(value);
    qWarning().noquote() << path << QString::fromStdString(value.error().describe());
    return nullptr;
}

struct Remote
{
    std::string uri;
    Json schema;
};

std::vector<Remote> readRemotes()
{
    std::vector<Remote> remotes;
    const QString root = suiteFolder() + QStringLiteral("/remotes/");
    for (const QString& path : jsonFiles(root, true))
        remotes.push_back(
            {"http://localhost:1234/" + path.mid(root.size()).toStdString(), readJson(path)});
    for (const QString& path : jsonFiles(suiteFolder() + QStringLiteral("/metaschema"), true))
        remotes.push_back({{}, readJson(path)});
    return remotes;
}

/// Counts and names what the suite expects otherwise.
struct Tally
{
    int caseCount = 0;
    QStringList failures;
};

void runGroup(
    const std::vector<Remote>& remotes,
    const QString& file,
    const Json& group,
    FormatMode mode,
    Tally& tally)
{
    const QString groupName =
        file + QStringLiteral(" / ") + QString::fromStdString(textMember(group, "description"));
    const Json& schema = group["schema"];
    SchemaSet::Builder builder;
    std::optional<Error> refusal;
    for (const Remote& remote : remotes)
        if (const auto added = builder.add(remote.schema, remote.uri); !added.ok())
            refusal = added.error();
    if (const auto added = builder.add(schema, kTestUri); !added.ok())
        refusal = added.error();
    const auto set = builder.build(mode);
    if (!set.ok())
        refusal = set.error();
    if (refusal) {
        ++tally.caseCount;
        tally.failures.append(
            groupName + QStringLiteral(": ") + QString::fromStdString(refusal->describe()));
        return;
    }
    for (const Json& test : group["tests"]) {
        ++tally.caseCount;
        const QString name = groupName + QStringLiteral(" / ")
                             + QString::fromStdString(textMember(test, "description"));
        const auto violations = set->validate(kTestUri, test["data"]);
        if (!violations.ok())
            tally.failures.append(
                name + QStringLiteral(": ")
                + QString::fromStdString(violations.error().describe()));
        else if (violations->empty() != test["valid"].get<bool>())
            tally.failures.append(
                name + QStringLiteral(": expected ")
                + (test["valid"].get<bool>()
                       ? QStringLiteral("valid, got: ")
                             + QString::fromStdString(violations->front().message)
                       : QStringLiteral("invalid")));
    }
}

Tally runFolder(const QString& path, FormatMode mode)
{
    Tally tally;
    const auto remotes = readRemotes();
    for (const QString& file : jsonFiles(path, false)) {
        const Json groups = readJson(file);
        if (!groups.is_array() || groups.empty())
            tally.failures.append(file + QStringLiteral(": no list of cases"));
        else
            for (const Json& group : groups)
                runGroup(remotes, QFileInfo(file).fileName(), group, mode, tally);
    }
    for (const QString& failure : std::as_const(tally.failures))
        qWarning().noquote() << failure;
    qInfo("%d cases, %d failures", tally.caseCount, static_cast<int>(tally.failures.size()));
    return tally;
}

} // namespace

class TestJsonSchemaSuite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithEveryRequiredCase();
    void agreesWithEveryFormatCaseWhenFormatsAreAsserted();
    void namesTheCauseInEveryInvalidSample_data();
    void namesTheCauseInEveryInvalidSample();
};

void TestJsonSchemaSuite::agreesWithEveryRequiredCase()
{
    const QString path = suiteFolder() + QStringLiteral("/tests");
    if (!QDir(path).exists())
        QSKIP(qPrintable(QStringLiteral("required cases skipped: no folder ") + path));
    const Tally tally = runFolder(path, FormatMode::Annotate);
    QVERIFY(tally.caseCount > 0);
    QCOMPARE(tally.failures, QStringList());
}

void TestJsonSchemaSuite::agreesWithEveryFormatCaseWhenFormatsAreAsserted()
{
    const QString path = suiteFolder() + QStringLiteral("/tests/optional/format");
    if (!QDir(path).exists())
        QSKIP(qPrintable(QStringLiteral("format cases skipped: no folder ") + path));
    const Tally tally = runFolder(path, FormatMode::Assert);
    QVERIFY(tally.caseCount > 0);
    QCOMPARE(tally.failures, QStringList());
}

void TestJsonSchemaSuite::namesTheCauseInEveryInvalidSample_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("contract");
    QTest::addColumn<QString>("instancePointer");
    QTest::addColumn<QString>("keyword");

    const QString root = samplesFolder() + QStringLiteral("/decisions/_invalid/");
    if (!QDir(root).exists())
        QSKIP(qPrintable(QStringLiteral("invalid samples skipped: no folder ") + root));
    const Json manifest = readJson(root + QStringLiteral("manifest.json"));
    QVERIFY(manifest.is_array() && !manifest.empty());
    for (const Json& entry : manifest) {
        const auto text = [&entry](const char* key) {
            return QString::fromStdString(textMember(entry, key));
        };
        const QString file = text("file");
        QTest::newRow(qPrintable(file))
            << root + file << text("schema") << text("instance_path") << text("keyword");
    }
}

void TestJsonSchemaSuite::namesTheCauseInEveryInvalidSample()
{
    QFETCH(const QString, path);
    QFETCH(const QString, contract);
    QFETCH(const QString, instancePointer);
    QFETCH(const QString, keyword);

    std::vector<std::string> texts;
    for (const QString& file :
         jsonFiles(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/schemas"), false))
        texts.push_back(readBytes(file));
    const auto set = data::loadContractSchemas(texts);
    QVERIFY2(set.ok(), set.ok() ? "" : set.error().describe().c_str());

    const auto violations =
        set->validate(data::contractSchemaUri(contract.toStdString()), readJson(path));
    QVERIFY2(violations.ok(), violations.ok() ? "" : violations.error().describe().c_str());
    QStringList found;
    for (const SchemaViolation& violation : *violations)
        found.append(QString::fromStdString(violation.instancePointer + " " + violation.keyword));
    QVERIFY2(
        found.contains(instancePointer + QStringLiteral(" ") + keyword),
        qPrintable(found.join(QStringLiteral("; "))));
}

QTEST_GUILESS_MAIN(TestJsonSchemaSuite)
#include "tst_json_schema_suite.moc"
