#pragma once

#include "models/json.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>
#include <string>
#include <vector>

/// Reads the public cases of the Cedar policy language, which lie outside the project.
namespace countersign::cedar::test {

/// Deeper than any case is.
inline constexpr JsonLimits kSuiteLimits = {std::size_t{64} << 20U, 2'000, 10'000'000};

inline QString suiteFolder()
{
    return qEnvironmentVariable(
               "COUNTERSIGN_CONFORMANCE_DIR",
               QStringLiteral(COUNTERSIGN_SOURCE_DIR "/../shared/conformance"))
           + QStringLiteral("/cedar");
}

inline std::string readBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

inline Json readSuiteJson(const std::string& bytes)
{
    return parseJson(bytes, kSuiteLimits).value();
}

/// One JSON value a line.
inline std::vector<Json> readLines(const std::string& bytes)
{
    std::vector<Json> lines;
    std::istringstream stream(bytes);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(readSuiteJson(line));
    return lines;
}

inline std::vector<Json> readProbes(const char* file)
{
    return readLines(
        readBytes(suiteFolder() + QStringLiteral("/probes/") + QString::fromLatin1(file)));
}

inline QByteArray runTool(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        qFatal("%s failed: %s", qPrintable(program), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

/// One case with its files.
struct SuiteCase
{
    std::string name; ///< As in formats.jsonl.gz.
    QString root;     ///< What its paths are relative to.
    Json content;

    [[nodiscard]] bool has(const char* member) const { return content.contains(member); }
    [[nodiscard]] std::string file(const char* member) const
    {
        return readBytes(
            root + QLatin1Char('/')
            + QString::fromStdString(content.at(member).get<std::string>()));
    }
};

/// The cases of the suite, in three groups; archives are unpacked into a temporary folder.
class Suite
{
public:
    Suite()
    {
        for (const char* archive : {"corpus-tests.tar.gz", "generated.tar.gz"})
            runTool(
                QStringLiteral("tar"),
                {QStringLiteral("-xzf"),
                 suiteFolder() + QLatin1Char('/') + QString::fromLatin1(archive),
                 QStringLiteral("-C"),
                 m_unpacked.path()});
    }

    [[nodiscard]] std::vector<SuiteCase> handWritten() const
    {
        return cases(suiteFolder(), QStringLiteral("tests"), suiteFolder());
    }
    [[nodiscard]] std::vector<SuiteCase> corpus() const
    {
        return cases(m_unpacked.path(), QStringLiteral("corpus-tests"), m_unpacked.path());
    }
    [[nodiscard]] std::vector<SuiteCase> generated() const
    {
        const QString root = m_unpacked.filePath(QStringLiteral("generated"));
        return cases(root, QString(), root);
    }
    /// The case's policies and schema in JSON.
    [[nodiscard]] static std::vector<Json> formats()
    {
        return readLines(
            runTool(
                QStringLiteral("gzip"),
                {QStringLiteral("-dc"), suiteFolder() + QStringLiteral("/formats.jsonl.gz")})
                .toStdString());
    }

private:
    static std::vector<SuiteCase>
    cases(const QString& base, const QString& folder, const QString& root)
    {
        QStringList paths;
        QDirIterator place(
            base + QLatin1Char('/') + folder,
            {QStringLiteral("*.json")},
            QDir::Files,
            QDirIterator::Subdirectories);
        while (place.hasNext())
            paths.append(place.next());
        paths.sort();
        std::vector<SuiteCase> found;
        for (const QString& path : std::as_const(paths)) {
            Json content = readSuiteJson(readBytes(path));
            if (!content.is_object() || !content.contains("requests"))
                continue; // entities and links
            const QString name = QDir::cleanPath(QDir(base).relativeFilePath(path)).chopped(5);
            found.push_back({name.toStdString(), root, std::move(content)});
        }
        return found;
    }

    QTemporaryDir m_unpacked;
};

/// Counts the cases and keeps the names of those that differ.
class Tally
{
public:
    void add(bool agrees, const std::string& difference)
    {
        ++m_caseCount;
        if (!agrees)
            m_failures.append(QString::fromStdString(difference));
    }
    [[nodiscard]] int caseCount() const { return m_caseCount; }
    /// Prints the count and returns what differs.
    [[nodiscard]] QStringList report(const char* name) const
    {
        for (const QString& failure : m_failures)
            qWarning().noquote() << failure;
        qInfo("%s: %d cases, %d differ", name, m_caseCount, static_cast<int>(m_failures.size()));
        return m_failures;
    }

private:
    int m_caseCount = 0;
    QStringList m_failures;
};

} // namespace countersign::cedar::test

/// Leaves the test function, saying so, where the cases are not installed.
#define CEDAR_SKIP_WITHOUT_SUITE()                                                                 \
    do {                                                                                           \
        if (!QDir(countersign::cedar::test::suiteFolder()).exists())                               \
            QSKIP(qPrintable(                                                                      \
                QStringLiteral("skipped, no folder ") + countersign::cedar::test::suiteFolder())); \
    } while (false)
