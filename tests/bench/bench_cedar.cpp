#include "planes/control/cedar/authorize.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/schema_text.h"
#include "planes/control/cedar/validate.h"
#include "tests/support/result_text.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

using namespace countersign;
using namespace countersign::cedar;
using countersign::testing::must;

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kDecisionsPerSecondMin = 200'000;
constexpr double kSlowestPercentUsMax = 50;
constexpr double kLoadMsMax = 10;
constexpr int kDecisionCount = 1'000'000;
constexpr int kLoadCount = 50;
constexpr int kPeerSeconds = 5;

const QString kFolder = QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/policy/default");

std::string readBytes(const std::string& name)
{
    QFile file(kFolder + QLatin1Char('/') + QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

double msSince(SteadyClock::time_point start)
{
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// The texts, so that loading measures no file system.
struct Texts
{
    Json suite = must(parseJson(readBytes("countersign.json")));
    std::string policies = readBytes(textMember(suite, "policies"));
    std::string links = readBytes(textMember(suite, "links"));
    std::string schema = readBytes(textMember(suite, "schema"));
    std::string entities = readBytes(textMember(suite, "entities"));
};

PolicySet loadPolicies(const Texts& texts)
{
    PolicyDocument document;
    document.policies = must(readPolicies(texts.policies));
    must(nameByAnnotation(document.policies));
    document.links = must(linksFromJson(must(parseJson(texts.links))));
    return must(PolicySet::create(std::move(document)));
}

Schema loadSchema(const Texts& texts)
{
    return must(Schema::resolve(must(parseSchemaText(texts.schema))));
}

/// The median of some runs, in milliseconds.
template <class Work>
double medianMs(Work work)
{
    std::vector<double> times;
    for (int i = 0; i < kLoadCount; ++i) {
        const auto start = SteadyClock::now();
        work();
        times.push_back(msSince(start));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

struct Figures
{
    double perSecond = 0;
    double medianUs = 0;
    double slowestPercentUs = 0;
};

/// Calls `decide(i)` for each request again and again: first as a whole, then one by one.
template <class Decide>
Figures measure(std::size_t requestCount, int decisionCount, Decide decide)
{
    for (std::size_t i = 0; i < 10 * requestCount; ++i)
        decide(i % requestCount);
    const auto start = SteadyClock::now();
    for (int i = 0; i < decisionCount; ++i)
        decide(static_cast<std::size_t>(i) % requestCount);
    const double elapsedMs = msSince(start);
    std::vector<double> times;
    times.reserve(static_cast<std::size_t>(decisionCount));
    for (int i = 0; i < decisionCount; ++i) {
        const auto before = SteadyClock::now();
        decide(static_cast<std::size_t>(i) % requestCount);
        times.push_back(1'000 * msSince(before));
    }
    std::sort(times.begin(), times.end());
    return {
        decisionCount / elapsedMs * 1'000, times[times.size() / 2], times[times.size() / 100 * 99]};
}

void print(const char* what, const Figures& figures)
{
    qInfo(
        "%-46s %10.0f decisions/s   p50 %8.2f us   p99 %8.2f us",
        what,
        figures.perSecond,
        figures.medianUs,
        figures.slowestPercentUs);
}

/// Runs the npm reference in the build folder; nothing when node or the package cannot be had.
std::optional<Json> askPeer(QString& whyNot)
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    if (node.isEmpty() || npm.isEmpty()) {
        whyNot = QStringLiteral("node and npm are not installed");
        return std::nullopt;
    }
    const QDir source(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/tests/bench/peers/cedar"));
    const QDir work(QStringLiteral(COUNTERSIGN_BINARY_DIR "/bench/peers/cedar"));
    work.mkpath(QStringLiteral("."));
    for (const char* name : {"package.json", "decide.js"}) {
        const QString file = QString::fromLatin1(name);
        QFile::remove(work.filePath(file));
        QFile::copy(source.filePath(file), work.filePath(file));
    }
    const auto run = [&](const QString& program,
                         const QStringList& arguments) -> std::optional<QByteArray> {
        QProcess process;
        process.setWorkingDirectory(work.path());
        process.start(program, arguments);
        if (!process.waitForFinished(180'000) || process.exitStatus() != QProcess::NormalExit
            || process.exitCode() != 0) {
            whyNot = program + QStringLiteral(" failed: ")
                     + QString::fromUtf8(process.readAllStandardError().left(300));
            return std::nullopt;
        }
        return process.readAllStandardOutput();
    };
    if (!run(
            npm,
            {QStringLiteral("install"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund")}))
        return std::nullopt;
    const auto output =
        run(node, {QStringLiteral("decide.js"), kFolder, QString::number(kPeerSeconds)});
    if (!output)
        return std::nullopt;
    const auto json = parseJson(output->trimmed().toStdString());
    return json.ok() ? std::optional(*json) : std::nullopt;
}

} // namespace

/// The default policies with resident entities, on one core.
class BenchCedar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsAndValidates()
    {
        const double policiesMs = medianMs([this] { static_cast<void>(loadPolicies(m_texts)); });
        const double schemaMs = medianMs([this] { static_cast<void>(loadSchema(m_texts)); });
        const Schema schema = loadSchema(m_texts);
        const PolicySet policies = loadPolicies(m_texts);
        const double validationMs = medianMs([&] {
            if (!validatePolicies(schema, policies.document()).ok())
                qFatal("the default policies are not valid");
        });
        const double entitiesMs = medianMs([&] { must(parseEntities(m_texts.entities, &schema)); });
        qInfo(
            "%zu policies: read and compiled in %.2f ms, schema %.2f ms, validated in %.2f ms, "
            "entities %.2f ms",
            policies.size(),
            policiesMs,
            schemaMs,
            validationMs,
            entitiesMs);
        checkGoal(policiesMs + schemaMs + validationMs < kLoadMsMax);
    }

    void decides()
    {
        const Schema schema = loadSchema(m_texts);
        const PolicySet policies = loadPolicies(m_texts);
        const EntityStore entities = must(parseEntities(m_texts.entities, &schema));
        std::vector<Request> requests;
        std::vector<std::string> requestTexts;
        for (const Json& json : m_texts.suite["requests"]) {
            requests.push_back(must(readRequest(json, &schema)));
            requestTexts.push_back(json.dump());
            const Answer answer = authorize(policies, entities, requests.back());
            QCOMPARE(std::string(decisionName(answer.decision)), textMember(json, "decision"));
        }
        std::size_t allowedCount = 0;
        const Figures resident = measure(requests.size(), kDecisionCount, [&](std::size_t i) {
            const Enforcement made = enforce(policies, entities, requests[i]);
            allowedCount += made.decision == Decision::Allow ? 1 : 0;
        });
        QVERIFY(allowedCount > 0);
        print("this engine, entities and requests resident", resident);
        const Figures reading = measure(requests.size(), kDecisionCount / 50, [&](std::size_t i) {
            const Request request = must(parseRequest(requestTexts[i], &schema));
            static_cast<void>(enforce(policies, entities, request));
        });
        print("this engine, each request read from JSON", reading);
        printPeer();
        checkGoal(resident.perSecond >= kDecisionsPerSecondMin);
        checkGoal(resident.slowestPercentUs < kSlowestPercentUsMax);
    }

private:
    static void printPeer()
    {
        QString whyNot;
        const auto peer = askPeer(whyNot);
        if (!peer) {
            qInfo("skipped: @cedar-policy/cedar-wasm (%s)", qPrintable(whyNot));
            return;
        }
        QCOMPARE(peer->value("wrong", -1), 0);
        const std::string name =
            "cedar-wasm " + textMember(*peer, "version") + ", entities and request as JSON";
        print(
            name.c_str(),
            {peer->value("decisionsPerSecond", 0.0),
             peer->value("p50Us", 0.0),
             peer->value("p99Us", 0.0)});
    }

    /// Goals are those of an optimized build.
    static void checkGoal([[maybe_unused]] bool isReached)
    {
#ifdef NDEBUG
        QVERIFY(isReached);
#else
        qInfo("no optimized build: the goal is not checked");
#endif
    }

    Texts m_texts;
};

QTEST_GUILESS_MAIN(BenchCedar)
#include "bench_cedar.moc"
