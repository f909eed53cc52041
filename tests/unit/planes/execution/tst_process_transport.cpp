#include "planes/execution/detail/process_transport.h"
#include "tests/support/connector_fixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <thread>

using namespace countersign;
using namespace countersign::execution;

namespace {

/// The shell here is the program under test's counterpart; the transport itself never uses one.
ProcessAddress shell(const char* script, std::vector<std::string> more = {})
{
    ProcessAddress address;
    address.program = "/bin/sh";
    address.arguments = {"-c", script, "sh"};
    address.arguments.insert(address.arguments.end(), more.begin(), more.end());
    address.exitCodes = {
        {65, {.code = "rejected", .retryable = false, .effectUncertain = {}}},
        {70, {.code = "half_done", .retryable = true, .effectUncertain = true}}};
    return address;
}

/// True when the process is gone or only waits to be buried.
bool isGone(const QByteArray& pid)
{
    QFile status(QStringLiteral("/proc/") + QString::fromUtf8(pid) + QStringLiteral("/stat"));
    if (!status.open(QIODevice::ReadOnly))
        return true;
    const QByteArray line = status.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) == "Z";
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

} // namespace

class ProcessTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void payloadGoesInAndAnswerComesOut();
    void argumentsAreNeverReadByAShell();
    void environmentHoldsNothingOfOurs();
    void exitCodesMeanWhatTheManifestSays_data();
    void exitCodesMeanWhatTheManifestSays();
    void errorOutputBecomesOneCleanLine();
    void answerThatIsNotJsonIsUncertain();
    void endlessAnswerIsCutOff();
    void endlessErrorOutputDoesNotHurt();
    void unreadInputDoesNotHurt();
    void largePayloadAndAnswerPass();
    void timeLimitEndsTheWholeGroup();
    void programThatIgnoresTheRequestToEndIsKilled();
    void endOfTheProgramInterrupts();
    void backgroundChildDoesNotHoldTheCall();
    void missingProgramSurelyDidNothing();
    void keyThatLooksLikeAnOptionIsBlocked();
};

void ProcessTransportTest::payloadGoesInAndAnswerComesOut()
{
    test::TransportFixture fixture;
    fixture.call.payload = {{"b", 1}, {"a", "x"}};
    const CallOutcome outcome =
        execution::detail::performProcess(shell("cat"), fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Success);
    QCOMPARE(outcome.response.dump(), fixture.call.payload.dump());
    QVERIFY(outcome.responseDigest == Digest::of("{\"a\":\"x\",\"b\":1}"));
}

void ProcessTransportTest::argumentsAreNeverReadByAShell()
{
    const test::TransportFixture fixture;
    const auto outcome = execution::detail::performProcess(
        shell(
            "printf '[\"%s\",\"%s\",\"%s\"]' \"$1\" \"$2\" \"$3\"",
            {"{operation}", "k={idempotency_key};", "$(touch /x) `id` *"}),
        fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Success);
    QCOMPARE(
        outcome.response.dump(),
        Json({"thing.do", "k=northgate:test:0001;", "$(touch /x) `id` *"}).dump());
}

void ProcessTransportTest::environmentHoldsNothingOfOurs()
{
    qputenv("COUNTERSIGN_TEST_VALUE", "ours");
    const auto outcome = execution::detail::performProcess(
        shell("printf '\"%s\"' \"$(env | sort | tr '\\n' ' ')\""),
        test::TransportFixture().transportCall());
    qunsetenv("COUNTERSIGN_TEST_VALUE");
    QVERIFY(outcome.result == CallResult::Success);
    const std::string seen = outcome.response.get<std::string>();
    // The shell adds PWD by itself.
    QCOMPARE(seen, std::string("LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin PWD=/ "));
}

void ProcessTransportTest::exitCodesMeanWhatTheManifestSays_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("retryable");
    QTest::addColumn<bool>("uncertain");
    QTest::newRow("75: not now") << QByteArray("exit 75") << "unavailable" << true << false;
    QTest::newRow("named") << QByteArray("exit 65") << "rejected" << false << false;
    QTest::newRow("named, uncertain") << QByteArray("exit 70") << "half_done" << true << true;
    QTest::newRow("not named") << QByteArray("exit 3") << "program_failed" << false << true;
    QTest::newRow("signal") << QByteArray("kill -9 $$") << "program_crashed" << false << true;
}

void ProcessTransportTest::exitCodesMeanWhatTheManifestSays()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, code);
    QFETCH(bool, retryable);
    QFETCH(bool, uncertain);
    const auto outcome = execution::detail::performProcess(
        shell(script.constData()), test::TransportFixture().transportCall());
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(QString::fromStdString(outcome.errorCode), code);
    QCOMPARE(outcome.retryable, retryable);
    QCOMPARE(outcome.effectUncertain, uncertain);
}

void ProcessTransportTest::errorOutputBecomesOneCleanLine()
{
    const auto outcome = execution::detail::performProcess(
        shell("printf 'no\\033[31m\\n way \\377' >&2; exit 65"),
        test::TransportFixture().transportCall());
    QCOMPARE(outcome.message, std::string("Exit code 65: no [31m way \uFFFD"));
}

void ProcessTransportTest::answerThatIsNotJsonIsUncertain()
{
    const auto outcome = execution::detail::performProcess(
        shell("echo fine"), test::TransportFixture().transportCall());
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("contract_violation"));
    QVERIFY(outcome.effectUncertain);
    QVERIFY(outcome.response.is_null());
    QVERIFY(outcome.responseDigest == Digest::of("fine\n"));
}

void ProcessTransportTest::endlessAnswerIsCutOff()
{
    const auto outcome = execution::detail::performProcess(
        shell("exec yes"), test::TransportFixture().transportCall());
    QCOMPARE(outcome.errorCode, std::string("response_too_large"));
    QVERIFY(outcome.effectUncertain);
}

void ProcessTransportTest::endlessErrorOutputDoesNotHurt()
{
    const auto outcome = execution::detail::performProcess(
        shell("yes | head -c 5000000 >&2; echo '{}'"), test::TransportFixture().transportCall());
    QVERIFY(outcome.result == CallResult::Success);
}

void ProcessTransportTest::unreadInputDoesNotHurt()
{
    test::TransportFixture fixture;
    fixture.call.payload = {{"a", std::string(2'000'000, 'x')}};
    const auto outcome =
        execution::detail::performProcess(shell("exec <&-; echo '{}'"), fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Success);
}

void ProcessTransportTest::largePayloadAndAnswerPass()
{
    test::TransportFixture fixture;
    fixture.responseBytesMax = 4'000'000;
    fixture.call.payload = {{"a", std::string(2'000'000, 'x')}};
    const auto outcome = execution::detail::performProcess(shell("cat"), fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Success);
    QCOMPARE(outcome.response.dump(), fixture.call.payload.dump());
}

void ProcessTransportTest::timeLimitEndsTheWholeGroup()
{
    const QTemporaryDir folder;
    const QString pids = folder.filePath(QStringLiteral("pids"));
    test::TransportFixture fixture;
    fixture.timeoutMs = 1000;
    const auto outcome = execution::detail::performProcess(
        shell("sleep 600 & echo \"$$ $!\" > \"$1\"; wait", {pids.toStdString()}),
        fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Timeout);
    QVERIFY(outcome.effectUncertain);
    QVERIFY(outcome.retryable);
    const QList<QByteArray> both = readAll(pids).split(' ');
    QCOMPARE(both.size(), 2);
    QTRY_VERIFY(isGone(both.at(0)) && isGone(both.at(1)));
}

void ProcessTransportTest::programThatIgnoresTheRequestToEndIsKilled()
{
    const QTemporaryDir folder;
    const QString pids = folder.filePath(QStringLiteral("pids"));
    test::TransportFixture fixture;
    fixture.timeoutMs = 1000;
    const auto outcome = execution::detail::performProcess(
        shell("trap '' TERM; echo $$ > \"$1\"; while :; do sleep 1; done", {pids.toStdString()}),
        fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Timeout);
    QVERIFY(isGone(readAll(pids)));
}

void ProcessTransportTest::endOfTheProgramInterrupts()
{
    const QTemporaryDir folder;
    const QString marker = folder.filePath(QStringLiteral("started"));
    test::TransportFixture fixture;
    CallOutcome outcome;
    std::thread worker([&] {
        outcome = execution::detail::performProcess(
            shell("echo $$ > \"$1\"; sleep 600", {marker.toStdString()}), fixture.transportCall());
    });
    const bool hasStarted = QTest::qWaitFor([&] { return !readAll(marker).isEmpty(); }, 20'000);
    fixture.stopping.store(true);
    worker.join();
    QVERIFY(hasStarted);
    QCOMPARE(outcome.errorCode, std::string("interrupted"));
    QVERIFY(outcome.effectUncertain);
    QVERIFY(isGone(readAll(marker)));
}

void ProcessTransportTest::backgroundChildDoesNotHoldTheCall()
{
    // The child keeps the output pipe open long after the program has ended.
    test::TransportFixture fixture;
    fixture.timeoutMs = 20'000;
    const auto outcome =
        execution::detail::performProcess(shell("sleep 30 & echo '{}'"), fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Success);
}

void ProcessTransportTest::missingProgramSurelyDidNothing()
{
    ProcessAddress address;
    address.program = "/nonexistent/program";
    const auto outcome =
        execution::detail::performProcess(address, test::TransportFixture().transportCall());
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("unavailable"));
    QVERIFY(!outcome.effectUncertain);
}

void ProcessTransportTest::keyThatLooksLikeAnOptionIsBlocked()
{
    test::TransportFixture fixture;
    fixture.call.idempotencyKey = "--state=elsewhere";
    const auto outcome = execution::detail::performProcess(shell("cat"), fixture.transportCall());
    QVERIFY(outcome.result == CallResult::Blocked);
}

QTEST_GUILESS_MAIN(ProcessTransportTest)
#include "tst_process_transport.moc"
