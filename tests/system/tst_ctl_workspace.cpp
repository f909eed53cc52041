#include "app/demo/demo_decisions.h"
#include "models/ids.h"
#include "tests/support/ctl_workspace.h"
#include "tests/support/demo_systems_process.h"

#include <QTest>

#include <csignal>
#include <functional>
#include <memory>

using namespace countersign;
using test::CtlRun;
using test::CtlWorkspace;

namespace {

const QString kNoSystems = QStringLiteral("http://127.0.0.1:9");
const QStringList kApprove = {QStringLiteral("--answer"), QStringLiteral("approve")};

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

std::string ruleOf(const CtlRun& run)
{
    return run.json.is_object() && run.json.contains("error")
               ? textMember(run.json["error"], "rule")
               : std::string();
}

/// Changes one document of a decision folder.
void change(const QString& file, const std::function<void(Json&)>& how)
{
    QFile document(file);
    QVERIFY(document.open(QIODevice::ReadOnly));
    Json json = *parseJson(document.readAll().toStdString());
    document.close();
    how(json);
    QVERIFY(document.open(QIODevice::WriteOnly | QIODevice::Truncate));
    document.write(QByteArray::fromStdString(json.dump(2)));
}

void overwrite(const QString& file, const QByteArray& bytes)
{
    QFile document(file);
    QVERIFY(document.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(document.write(bytes), bytes.size());
}

} // namespace

class CtlWorkspaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initMakesAWorkspace();
    void initRefusesWhatDoesNotFit();
    void pastDecisionsAreTakenAndShownAsExpired();
    void theSameTwiceChangesNothing();
    void brokenDeliveriesLeaveOneEntry_data();
    void brokenDeliveriesLeaveOneEntry();
    void oneBadPathDoesNotStopTheOthers();
    void answersAreSignedCountedAndClosed();
    void changedRequestsAreNotSigned();
    void strangersAndProposersCannotSign();
    void signedPlansAreCarriedOutAndProven();
    void workTakesDeliveriesAndEndsOnRequest();

private:
    /// Hands in a decision whose request is open now; gives its id.
    [[nodiscard]] static QString openDecision(const CtlWorkspace& workspace, const QString& name)
    {
        const QString folder = workspace.path(name);
        const auto files = app::demoDecision(name.toStdString(), SystemClock().now());
        if (!files.ok() || !app::writeFolder(folder.toStdString(), *files).ok())
            return {};
        const CtlRun run = workspace.ctl().runJson({QStringLiteral("ingest"), folder});
        if (run.exitCode != 0)
            qWarning("%s", run.err.c_str());
        return run.exitCode == 0
                   ? QString::fromStdString(textMember(run.json["accepted"][0], "decision_id"))
                   : QString();
    }
};

void CtlWorkspaceTest::initMakesAWorkspace()
{
    const CtlWorkspace workspace;
    const CtlRun made = workspace.found(kNoSystems);
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    QCOMPARE(textMember(made.json, "name"), std::string("Northgate"));
    QCOMPARE(textMember(made.json, "anchor").size(), std::size_t{64});
    const CtlRun roster = workspace.ctl().runJson(words("roster show"));
    QCOMPARE(roster.exitCode, 0);
    QCOMPARE(roster.json.at("people").size(), std::size_t{14});
    const CtlRun head = workspace.ctl().runJson(words("audit checkpoint"));
    QCOMPARE(textMember(head.json, "anchor"), textMember(made.json, "anchor"));
    const CtlRun verified = workspace.ctl().runJson(words("audit verify --deep"));
    QVERIFY2(verified.exitCode == 0, (verified.out + verified.err).c_str());
    QVERIFY(verified.json.at("good") == Json(true));

    const CtlRun again =
        workspace.ctl().runJson(QStringList{QStringLiteral("init")} + workspace.founding());
    QCOMPARE(again.exitCode, 1);
    QCOMPARE(ruleOf(again), std::string("workspace.exists"));
}

void CtlWorkspaceTest::initRefusesWhatDoesNotFit()
{
    const CtlWorkspace workspace;
    Json roster = workspace.makeRoster();
    workspace.write(QStringLiteral("roster.json"), QByteArray::fromStdString(roster.dump()));
    const QStringList init = QStringList{QStringLiteral("init")} + workspace.founding();
    const QStringList withoutOne = [&] {
        QStringList line = init;
        line.removeAll(QStringLiteral("priya.raman"));
        return line;
    }();
    const CtlRun founder = workspace.ctl().runJson(withoutOne);
    QCOMPARE(founder.exitCode, 1);
    QCOMPARE(ruleOf(founder), std::string("genesis.founder"));

    workspace.write(QStringLiteral("manifest.json"), "{\"schema\":\"connector_manifest\"}");
    const CtlWorkspace other;
    other.write(
        QStringLiteral("roster.json"), QByteArray::fromStdString(other.makeRoster().dump()));
    const CtlRun manifest = other.ctl().runJson(
        QStringList{
            QStringLiteral("init"),
            QStringLiteral("--connector"),
            workspace.path(QStringLiteral("manifest.json"))}
        + other.founding());
    QCOMPARE(manifest.exitCode, 2);
    QCOMPARE(
        QString::fromStdString(textMember(manifest.json["error"], "file")),
        workspace.path(QStringLiteral("manifest.json")));

    roster["people"][0]["mood"] = "fine";
    other.write(QStringLiteral("roster.json"), QByteArray::fromStdString(roster.dump()));
    const CtlRun broken =
        other.ctl().runJson(QStringList{QStringLiteral("init")} + other.founding());
    QCOMPARE(broken.exitCode, 2);
    QVERIFY(QString::fromStdString(textMember(broken.json["error"], "pointer"))
                .startsWith(QStringLiteral("/people/0")));
    QVERIFY(!QFile::exists(other.workspace()));
}

void CtlWorkspaceTest::pastDecisionsAreTakenAndShownAsExpired()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QDir decisions(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo/decisions"));
    QStringList line{QStringLiteral("ingest")};
    for (const QString& name : decisions.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        line.append(decisions.filePath(name));
    const CtlRun taken = workspace.ctl().runJson(line);
    QVERIFY2(taken.exitCode == 0, taken.err.c_str());
    QVERIFY(taken.json.at("rejected").empty());
    QCOMPARE(taken.json.at("accepted").size(), static_cast<std::size_t>(line.size() - 1));
    for (const Json& row : taken.json.at("accepted")) {
        QVERIFY(!row.at("documents").empty());
        QVERIFY(!textMember(row, "decision_id").empty() && !textMember(row, "path").empty());
    }

    const CtlRun queue = workspace.ctl().runJson(words("queue --view all"));
    QCOMPARE(queue.exitCode, 0);
    QCOMPARE(queue.json.at("rows").size(), taken.json.at("accepted").size());
    for (const Json& row : queue.json.at("rows")) {
        QCOMPARE(textMember(row, "status"), std::string("expired"));
        const QString id = QString::fromStdString(textMember(row, "decision_id"));
        const CtlRun shown = workspace.ctl().runJson({QStringLiteral("show"), id});
        QCOMPARE(shown.exitCode, 0);
        QCOMPARE(textMember(shown.json, "status"), std::string("expired"));
        QCOMPARE(textMember(shown.json.at("obstacles")[0], "rule"), std::string("request.expired"));
        QVERIFY(!shown.json.at("reported").empty());
        QVERIFY(
            workspace.ctl().run({QStringLiteral("show"), id}).out.find("request.expired")
            != std::string::npos);
        const CtlRun refused = workspace.sign(id, QStringLiteral("greta.holm"), kApprove);
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(ruleOf(refused), std::string("request.expired"));
    }
}

void CtlWorkspaceTest::theSameTwiceChangesNothing()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString folder =
        workspace.copyDecision(QStringLiteral("price-change"), QStringLiteral("first"));
    const CtlRun first = workspace.ctl().runJson({QStringLiteral("ingest"), folder});
    QVERIFY2(first.exitCode == 0, first.err.c_str());
    QVERIFY(first.json["accepted"][0].at("unchanged") == Json(false));
    const Json before = workspace.log();
    const CtlRun second = workspace.ctl().runJson({QStringLiteral("ingest"), folder});
    QCOMPARE(second.exitCode, 0);
    QVERIFY(second.json["accepted"][0].at("unchanged") == Json(true));
    QVERIFY(workspace.log() == before);
}

void CtlWorkspaceTest::brokenDeliveriesLeaveOneEntry_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("rule"); // It begins with this.
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* file, const char* rule, const char* pointer) {
        QTest::newRow(name) << QString::fromLatin1(file) << QString::fromLatin1(rule)
                            << QString::fromLatin1(pointer);
    };
    row("wrong type", "memo.json", "type", "/title");
    row("missing", "memo.json", "required", "");
    row("unknown member", "memo.json", "additionalProperties", "");
    row("bad digest", "approval_request.json", "digest.", "/packet_sha256");
    row("unresolved reference", "memo.json", "reference.", "");
    row("hundred megabytes", "memo.json", "folder.record_size", "");
    row("deep", "memo.json", "json.depth", "");
    row("not UTF-8", "memo.json", "json.utf8", "");
    row("not JSON", "memo.json", "json.syntax", "line 1");
}

void CtlWorkspaceTest::brokenDeliveriesLeaveOneEntry()
{
    QFETCH(const QString, file);
    QFETCH(const QString, rule);
    QFETCH(const QString, pointer);
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString folder =
        workspace.copyDecision(QStringLiteral("price-change"), QStringLiteral("broken"));
    const QString memo = folder + QStringLiteral("/memo.json");
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    if (name == QLatin1String("wrong type"))
        change(memo, [](Json& json) { json["title"] = 7; });
    else if (name == QLatin1String("missing"))
        change(memo, [](Json& json) { json.erase("question"); });
    else if (name == QLatin1String("unknown member"))
        change(memo, [](Json& json) { json["mood"] = "fine"; });
    else if (name == QLatin1String("bad digest"))
        change(folder + QStringLiteral("/approval_request.json"), [](Json& json) {
            json["packet_sha256"] = std::string(64, '0');
        });
    else if (name == QLatin1String("unresolved reference"))
        QVERIFY(QFile::remove(folder + QStringLiteral("/scenario_set.json")));
    else if (name == QLatin1String("hundred megabytes"))
        QVERIFY(QFile::resize(memo, qint64{100} * 1024 * 1024));
    else if (name == QLatin1String("deep"))
        overwrite(memo, QByteArray(100'000, '['));
    else if (name == QLatin1String("not UTF-8"))
        overwrite(memo, "{\"title\": \"\xff\xfe\"}");
    else
        overwrite(memo, "{\"title\": }");

    const Json before = workspace.log();
    const CtlRun run = workspace.ctl().runJson({QStringLiteral("ingest"), folder});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.json.at("accepted").empty());
    bool isNamed = false;
    for (const Json& error : run.json.at("rejected")) {
        QVERIFY(error.contains("file") && error.contains("message") && error.contains("pointer"));
        const QString where = QString::fromStdString(textMember(error, "file"));
        QVERIFY2(QFile::exists(where) || where.startsWith(folder), qPrintable(where));
        isNamed = isNamed
                  || (where == folder + QLatin1Char('/') + file
                      && QString::fromStdString(textMember(error, "rule")).startsWith(rule)
                      && QString::fromStdString(textMember(error, "pointer")).startsWith(pointer));
    }
    QVERIFY2(isNamed, run.out.c_str());
    QVERIFY(!run.err.empty());

    Json after = workspace.log();
    const std::size_t size = before.at("rows").size();
    QCOMPARE(after.at("rows").size(), size + 1);
    QCOMPARE(textMember(after.at("rows")[size], "type"), std::string("delivery.refused"));
    after["rows"].erase(size);
    QVERIFY(after.at("rows") == before.at("rows"));
}

void CtlWorkspaceTest::oneBadPathDoesNotStopTheOthers()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString good =
        workspace.copyDecision(QStringLiteral("price-change"), QStringLiteral("good"));
    const CtlRun run = workspace.ctl().runJson(
        {QStringLiteral("ingest"), workspace.path(QStringLiteral("nowhere")), good});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.json.at("accepted").size(), std::size_t{1});
    QCOMPARE(textMember(run.json.at("rejected")[0], "rule"), std::string("folder.missing"));
    QCOMPARE(
        QString::fromStdString(textMember(run.json.at("rejected")[0], "file")),
        workspace.path(QStringLiteral("nowhere")));
}

void CtlWorkspaceTest::answersAreSignedCountedAndClosed()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString id = openDecision(workspace, QStringLiteral("price-change"));
    QVERIFY(!id.isEmpty());
    const CtlRun mine = workspace.ctl().runJson(
        words("queue --view mine --keys") + QStringList{workspace.path(QStringLiteral("keys"))});
    QCOMPARE(mine.json.at("rows").size(), std::size_t{1});
    QVERIFY(workspace.ctl().runJson(words("queue --view mine")).json.at("rows").empty());

    const CtlRun first = workspace.sign(id, QStringLiteral("faisal.alharbi"), kApprove);
    QVERIFY2(first.exitCode == 0, first.err.c_str());
    QCOMPARE(textMember(first.json, "status"), std::string("open"));
    QCOMPARE(first.json.at("quorum").at("approvals").size(), std::size_t{1});

    // For people: the sentence, the digest in groups of four, and what this signature leads to.
    const CtlRun second = workspace.ctl().run(
        QStringList{
            QStringLiteral("sign"),
            id,
            QStringLiteral("--key"),
            QStringLiteral("maha.alqahtani"),
            QStringLiteral("--keys"),
            workspace.path(QStringLiteral("keys"))}
        + kApprove + workspace.passphrase());
    QVERIFY2(second.exitCode == 0, second.err.c_str());
    const auto digest = Digest::parse(textMember(first.json, "request_sha256"));
    QVERIFY(second.out.find(digest->groupedText()) != std::string::npos);
    QVERIFY(second.out.find("completes the quorum") != std::string::npos);
    QVERIFY(second.out.find("Status: authorized") != std::string::npos);

    const CtlRun late = workspace.sign(
        id,
        QStringLiteral("greta.holm"),
        {QStringLiteral("--answer"),
         QStringLiteral("reject"),
         QStringLiteral("--reason"),
         QStringLiteral("Too late")});
    QCOMPARE(late.exitCode, 1);
    QCOMPARE(ruleOf(late), std::string("request.closed"));
}

void CtlWorkspaceTest::changedRequestsAreNotSigned()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString id = openDecision(workspace, QStringLiteral("price-change"));
    const CtlRun shown = workspace.ctl().runJson({QStringLiteral("show"), id});
    const std::string digest = textMember(shown.json, "request_sha256");
    const Json before = workspace.log();
    const QStringList expect{QStringLiteral("--expect"), QString(64, QLatin1Char('0'))};
    const CtlRun changed = workspace.sign(id, QStringLiteral("faisal.alharbi"), kApprove + expect);
    QCOMPARE(changed.exitCode, 1);
    QCOMPARE(ruleOf(changed), std::string("answer.request"));
    QVERIFY(workspace.log() == before);
    const QString grouped = QString::fromStdString(Digest::parse(digest)->groupedText());
    const CtlRun same = workspace.sign(
        id,
        QStringLiteral("faisal.alharbi"),
        kApprove + QStringList{QStringLiteral("--expect"), grouped});
    QVERIFY2(same.exitCode == 0, same.err.c_str());
}

void CtlWorkspaceTest::strangersAndProposersCannotSign()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    const QString id = openDecision(workspace, QStringLiteral("price-change"));
    const CtlRun proposer = workspace.sign(id, QStringLiteral("sara.alotaibi"), kApprove);
    QCOMPARE(proposer.exitCode, 1);
    QCOMPARE(textMember(proposer.json["error"], "code"), std::string("unauthorized"));

    QVERIFY(trust::KeyStore(workspace.path(QStringLiteral("keys")).toStdString())
                .create(
                    "stranger",
                    trust::KeyAlgorithm::Ed25519,
                    trust::SecretBytes::copyOf(CtlWorkspace::kPassphrase),
                    trust::UnlockCost{10})
                .ok());
    const CtlRun stranger = workspace.sign(id, QStringLiteral("stranger"), kApprove);
    QCOMPARE(stranger.exitCode, 1);
    QCOMPARE(ruleOf(stranger), std::string("answer.key"));
    const CtlRun nobody = workspace.sign(id, QStringLiteral("nobody"), kApprove);
    QCOMPARE(nobody.exitCode, 2);
    QCOMPARE(ruleOf(nobody), std::string("key.absent"));
}

void CtlWorkspaceTest::signedPlansAreCarriedOutAndProven()
{
    const CtlWorkspace workspace;
    workspace.write(QStringLiteral("token"), "a-token-for-tests\n");
    const QString mail = workspace.workspace() + QStringLiteral("/outbox/mail");
    test::DemoSystemsProcess systems;
    systems.setToken("a-token-for-tests");
    QVERIFY(systems.start(
        {QStringLiteral("--state"),
         workspace.path(QStringLiteral("systems.db")),
         QStringLiteral("--token-file"),
         workspace.path(QStringLiteral("token"))}));
    const CtlRun founded = workspace.found(QString::fromStdString(systems.url()));
    QVERIFY2(founded.exitCode == 0, founded.err.c_str());
    QVERIFY(QDir().mkpath(mail));
    const CtlRun sealed = workspace.ctl().runJson(
        words("secret set demo-systems --from-file")
        + QStringList{workspace.path(QStringLiteral("token"))} + workspace.passphrase());
    QVERIFY2(sealed.exitCode == 0, sealed.err.c_str());
    const QString id = openDecision(workspace, QStringLiteral("price-change"));
    QCOMPARE(workspace.sign(id, QStringLiteral("faisal.alharbi"), kApprove).exitCode, 0);
    QCOMPARE(workspace.sign(id, QStringLiteral("maha.alqahtani"), kApprove).exitCode, 0);

    // It stops at the gate, where only a person can go on.
    const CtlRun atGate =
        workspace.ctl().runJson(words("run --until-idle --timeout 30") + workspace.passphrase());
    QVERIFY2(atGate.exitCode == 0, atGate.err.c_str());
    QCOMPARE(atGate.json.at("runs").size(), std::size_t{1});
    QCOMPARE(textMember(atGate.json.at("runs")[0], "status"), std::string("gate"));
    const QString run = QString::fromStdString(textMember(atGate.json.at("runs")[0], "run_id"));
    const auto order = [&](const QStringList& line) {
        return workspace.ctl().runJson(
            line
            + QStringList{
                QStringLiteral("--key"),
                QStringLiteral("faisal.alharbi"),
                QStringLiteral("--keys"),
                workspace.path(QStringLiteral("keys"))}
            + workspace.passphrase());
    };
    const CtlRun gate =
        order(words("run gate") + QStringList{run, QStringLiteral("activate_book")});
    QVERIFY2(gate.exitCode == 0, gate.err.c_str());
    const CtlRun twice =
        order(words("run gate") + QStringList{run, QStringLiteral("shadow_billing")});
    QVERIFY(twice.exitCode != 0);

    const CtlRun further =
        workspace.ctl().runJson(words("run --until-idle --timeout 10") + workspace.passphrase());
    QVERIFY2(further.exitCode == 0 || ruleOf(further) == "run.timeout", further.err.c_str());
    const CtlRun shown = workspace.ctl().runJson(words("run show") + QStringList{run});
    QCOMPARE(shown.exitCode, 0);
    for (const Json& step : shown.json.at("steps")) {
        if (textMember(step, "step_id") == "activate_book")
            QCOMPARE(textMember(step, "status"), std::string("done"));
    }
    QCOMPARE(systems.effectsOf("billing").size(), std::size_t{2});

    const CtlRun verified = workspace.ctl().runJson(words("audit verify --deep"));
    QVERIFY2(verified.exitCode == 0, (verified.out + verified.err).c_str());
    const QString pack = workspace.path(QStringLiteral("price.zip"));
    const CtlRun exported = workspace.ctl().runJson(
        words("evidence export") + QStringList{id, QStringLiteral("--output"), pack});
    QVERIFY2(exported.exitCode == 0, exported.err.c_str());
    const QString anchor = QString::fromStdString(textMember(exported.json, "anchor"));
    const CtlRun good = test::Ctl().runJson(
        words("evidence verify") + QStringList{pack, QStringLiteral("--anchor"), anchor});
    QVERIFY2(good.exitCode == 0, (good.out + good.err).c_str());
    QVERIFY(good.json.at("good") == Json(true));
    const CtlRun bad = test::Ctl().runJson(
        words("evidence verify")
        + QStringList{pack, QStringLiteral("--anchor"), QString(64, QLatin1Char('0'))});
    QCOMPARE(bad.exitCode, 1);
    QVERIFY(bad.json.at("good") == Json(false));
}

void CtlWorkspaceTest::workTakesDeliveriesAndEndsOnRequest()
{
    const CtlWorkspace workspace;
    QCOMPARE(workspace.found(kNoSystems).exitCode, 0);
    QProcess worker;
    workspace.ctl().prepare(worker);
    worker.start(test::Ctl::programPath(), {QStringLiteral("work")});
    QVERIFY(QTest::qWaitFor([&] { return worker.canReadLine(); }, 60'000));
    QVERIFY(worker.readLine().startsWith("Working for "));

    const CtlRun second = workspace.ctl().runJson(words("run --until-idle"));
    QCOMPARE(second.exitCode, 1);
    QCOMPARE(ruleOf(second), std::string("engine.elsewhere"));

    const QString folder =
        workspace.copyDecision(QStringLiteral("price-change"), QStringLiteral("ws/inbox/.price"));
    QVERIFY(QDir().rename(folder, workspace.path(QStringLiteral("ws/inbox/price"))));
    QVERIFY(QTest::qWaitFor([&] { return worker.canReadLine(); }, 60'000));
    QVERIFY(worker.readLine().startsWith("accepted price"));

    worker.terminate();
    QVERIFY(worker.waitForFinished(60'000));
    QCOMPARE(worker.exitStatus(), QProcess::NormalExit);
    QCOMPARE(worker.exitCode(), 0);
    QVERIFY(worker.readAllStandardOutput().contains("nothing is out"));
}

QTEST_GUILESS_MAIN(CtlWorkspaceTest)
#include "tst_ctl_workspace.moc"
