#include "app/demo/demo_decisions.h"
#include "models/ids.h"
#include "tests/support/ctl_workspace.h"
#include "tests/support/demo_systems_process.h"

#include <QTest>

using namespace countersign;
using test::CtlRun;
using test::CtlWorkspace;

namespace {

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

} // namespace

/// Changing who may decide, and stopping everything, from the command line to the effect.
class CtlCharterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPersonIsEnrolledByAQuorum();
    void aChangeThatDoesNothingIsRefused();
    void aLostKeyIsRecoveredWithoutItsHolder();
    void theNewKeySignsAndThePackProvesIt();
    void aHaltStopsWhatIsSignedUntilAQuorumLiftsIt();

private:
    /// A command signed by a person of the roster.
    [[nodiscard]] CtlRun as(const char* person, const QStringList& line) const;
    /// Two others sign what was proposed.
    void enforce(const CtlRun& proposed, const char* first, const char* second) const;
    [[nodiscard]] int rosterVersion() const;
    [[nodiscard]] QString openDecision(const QString& name) const;
    [[nodiscard]] QString newKey(const char* name) const;

    CtlWorkspace m_workspace;
    test::DemoSystemsProcess m_systems;
};

void CtlCharterTest::initTestCase()
{
    m_workspace.write(QStringLiteral("token"), "a-token-for-tests\n");
    m_systems.setToken("a-token-for-tests");
    QVERIFY(m_systems.start(
        {QStringLiteral("--state"),
         m_workspace.path(QStringLiteral("systems.db")),
         QStringLiteral("--token-file"),
         m_workspace.path(QStringLiteral("token"))}));
    const CtlRun founded = m_workspace.found(QString::fromStdString(m_systems.url()));
    QVERIFY2(founded.exitCode == 0, founded.err.c_str());
    const CtlRun sealed = m_workspace.ctl().runJson(
        words("secret set demo-systems --from-file")
        + QStringList{m_workspace.path(QStringLiteral("token"))} + m_workspace.passphrase());
    QVERIFY2(sealed.exitCode == 0, sealed.err.c_str());
}

CtlRun CtlCharterTest::as(const char* person, const QStringList& line) const
{
    return m_workspace.ctl().runJson(
        line
        + QStringList{
            QStringLiteral("--key"),
            QString::fromLatin1(person),
            QStringLiteral("--keys"),
            m_workspace.path(QStringLiteral("keys")),
            QStringLiteral("--reason"),
            QStringLiteral("As agreed on Monday")}
        + m_workspace.passphrase());
}

void CtlCharterTest::enforce(const CtlRun& proposed, const char* first, const char* second) const
{
    QVERIFY2(proposed.exitCode == 0, (proposed.out + proposed.err).c_str());
    const QString id = QString::fromStdString(textMember(proposed.json, "decision_id"));
    const CtlRun one = m_workspace.sign(id, QString::fromLatin1(first), kApprove);
    QVERIFY2(one.exitCode == 0, one.err.c_str());
    QCOMPARE(textMember(one.json, "status"), std::string("open"));
    const CtlRun two = m_workspace.sign(id, QString::fromLatin1(second), kApprove);
    QVERIFY2(two.exitCode == 0, two.err.c_str());
    QCOMPARE(textMember(two.json, "status"), std::string("authorized"));
    const CtlRun verified = m_workspace.ctl().runJson(words("audit verify --deep"));
    QVERIFY2(verified.exitCode == 0, (verified.out + verified.err).c_str());
}

int CtlCharterTest::rosterVersion() const
{
    return m_workspace.ctl().runJson(words("roster show")).json.value("version", 0);
}

QString CtlCharterTest::openDecision(const QString& name) const
{
    const QString folder = m_workspace.path(name);
    const auto files = app::demoDecision(name.toStdString(), SystemClock().now());
    if (!files.ok() || !app::writeFolder(folder.toStdString(), *files).ok())
        return {};
    const CtlRun run = m_workspace.ctl().runJson({QStringLiteral("ingest"), folder});
    return run.exitCode == 0
               ? QString::fromStdString(textMember(run.json["accepted"][0], "decision_id"))
               : QString();
}

QString CtlCharterTest::newKey(const char* name) const
{
    const trust::KeyStore store(m_workspace.path(QStringLiteral("keys")).toStdString());
    const auto key = store.create(
        name,
        trust::KeyAlgorithm::EcdsaP256,
        trust::SecretBytes::copyOf(CtlWorkspace::kPassphrase),
        trust::UnlockCost{10});
    const QString file = QString::fromLatin1(name) + QStringLiteral(".pub.pem");
    m_workspace.write(file, QByteArray::fromStdString(key->pem()));
    return m_workspace.path(file);
}

void CtlCharterTest::aPersonIsEnrolledByAQuorum()
{
    QCOMPARE(rosterVersion(), 1);
    const CtlRun proposed =
        as("maha.alqahtani",
           words("roster enrol nina.berg --name Nina --role team_lead --public-key")
               + QStringList{newKey("nina.berg")});
    const QString id = QString::fromStdString(textMember(proposed.json, "decision_id"));
    const CtlRun own = m_workspace.sign(id, QStringLiteral("maha.alqahtani"), kApprove);
    QCOMPARE(ruleOf(own), std::string("separation.proposer"));
    const CtlRun shown = m_workspace.ctl().runJson({QStringLiteral("show"), id});
    QVERIFY2(shown.exitCode == 0, shown.err.c_str());
    QVERIFY(shown.json.at("change").at("changes").size() >= 3);
    enforce(proposed, "priya.raman", "kwame.boateng");
    QCOMPARE(rosterVersion(), 2);
}

void CtlCharterTest::aChangeThatDoesNothingIsRefused()
{
    const CtlRun run = as("maha.alqahtani", words("roster role nina.berg --give team_lead"));
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(ruleOf(run), std::string("change.nothing"));
    QCOMPARE(ruleOf(as("maha.alqahtani", words("resume"))), std::string("change.not_halted"));
}

void CtlCharterTest::aLostKeyIsRecoveredWithoutItsHolder()
{
    const CtlRun proposed =
        as("maha.alqahtani",
           words("roster recover kwame.boateng --identity-check In-person --public-key")
               + QStringList{newKey("kwame.again")});
    QVERIFY2(proposed.exitCode == 0, proposed.err.c_str());
    const QString id = QString::fromStdString(textMember(proposed.json, "decision_id"));
    // Whoever has the lost key in their hands cannot take part.
    const CtlRun found = m_workspace.sign(id, QStringLiteral("kwame.boateng"), kApprove);
    QVERIFY(found.exitCode != 0);
    enforce(proposed, "priya.raman", "greta.holm");
    QCOMPARE(rosterVersion(), 3);
}

void CtlCharterTest::theNewKeySignsAndThePackProvesIt()
{
    const QString id = openDecision(QStringLiteral("release-promotion"));
    QVERIFY(!id.isEmpty());
    QCOMPARE(
        ruleOf(m_workspace.sign(id, QStringLiteral("kwame.boateng"), kApprove)),
        std::string("answer.key"));
    const CtlRun signedNow = m_workspace.sign(id, QStringLiteral("kwame.again"), kApprove);
    QVERIFY2(signedNow.exitCode == 0, signedNow.err.c_str());
    QCOMPARE(textMember(signedNow.json, "status"), std::string("authorized"));
    const QString pack = m_workspace.path(QStringLiteral("release.zip"));
    const CtlRun exported = m_workspace.ctl().runJson(
        words("evidence export") + QStringList{id, QStringLiteral("--output"), pack});
    QVERIFY2(exported.exitCode == 0, exported.err.c_str());
    const CtlRun verified = m_workspace.ctl().runJson(words("evidence verify") + QStringList{pack});
    QVERIFY2(verified.exitCode == 0, (verified.out + verified.err).c_str());
}

void CtlCharterTest::aHaltStopsWhatIsSignedUntilAQuorumLiftsIt()
{
    const CtlRun halted = as("nina.berg", words("halt"));
    QVERIFY2(halted.exitCode == 0, halted.err.c_str());
    QCOMPARE(ruleOf(as("greta.holm", words("halt"))), std::string("halt.repeated"));
    const CtlRun stopped = m_workspace.ctl().runJson(
        words("run --until-idle --timeout 30") + m_workspace.passphrase());
    QCOMPARE(stopped.exitCode, 1);
    QCOMPARE(ruleOf(stopped), std::string("authority.halted"));
    QCOMPARE(m_systems.effectsOf("deploy").size(), std::size_t{0});
    enforce(as("maha.alqahtani", words("resume")), "priya.raman", "greta.holm");
    const CtlRun going = m_workspace.ctl().runJson(
        words("run --until-idle --timeout 30") + m_workspace.passphrase());
    QVERIFY2(going.exitCode == 0, going.err.c_str());
    QVERIFY(!m_systems.effectsOf("deploy").empty());
}

QTEST_GUILESS_MAIN(CtlCharterTest)
#include "tst_ctl_charter.moc"
