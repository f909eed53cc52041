#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"
#include "tests/unit/planes/control/support/json_change.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

class TestPolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDefaultPolicy();
    void guardsCannotBeLowered_data();
    void guardsCannotBeLowered();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
};

void TestPolicy::readsTheDefaultPolicy()
{
    const Json document = policyJson();
    const Policy policy = must(parsePolicy(document));
    QVERIFY(policy.sha256 == must(canonicalDigest(document)));
    QVERIFY(!policy.unattended);
    QCOMPARE(policy.levelOf("chief_executive"), RoleLevel::Executive);
    QCOMPARE(policy.levelOf("general_counsel"), RoleLevel::Head);
    QCOMPARE(policy.levelOf("release_manager"), RoleLevel::Manager);
    QCOMPARE(policy.levelOf("intern"), RoleLevel::None);
    QCOMPARE(policy.quorumOf(ApprovalClass::A0).approvalsNeeded, 0);
    QCOMPARE(policy.quorumOf(ApprovalClass::A1).approvalsNeeded, 1);
    QCOMPARE(policy.quorumOf(ApprovalClass::A2).approvalsNeeded, 2);
    QCOMPARE(policy.quorumOf(ApprovalClass::A3).approvalsNeeded, 3);
    QCOMPARE(policy.quorumOf(ApprovalClass::A3).oneAtLeast, RoleLevel::Executive);
}

void TestPolicy::guardsCannotBeLowered_data()
{
    QTest::addColumn<QString>("className");
    QTest::addColumn<int>("needed");
    QTest::addColumn<QString>("each");
    QTest::addColumn<QString>("one");
    QTest::addColumn<bool>("accepted");
    const auto row =
        [](const char* className, int needed, const char* each, const char* one, bool accepted) {
            QTest::addRow("%s %d %s %s", className, needed, each, one)
                << QString::fromLatin1(className) << needed << QString::fromLatin1(each)
                << QString::fromLatin1(one) << accepted;
        };
    // Beside the other classes of the default policy.
    row("A0", 0, "none", "none", true);
    row("A0", -1, "none", "none", false);
    row("A0", 1, "none", "none", true);
    row("A0", 2, "none", "none", false);
    row("A0", 0, "head", "none", false);
    row("A1", 1, "manager", "manager", true);
    row("A1", 0, "manager", "manager", false);
    row("A1", 1, "none", "manager", false);
    row("A1", 1, "manager", "none", false);
    row("A1", 2, "manager", "head", true);
    row("A1", 3, "manager", "manager", false);
    row("A1", 1, "head", "head", false);
    row("A2", 2, "manager", "manager", true);
    row("A2", 1, "executive", "executive", false);
    row("A2", 2, "none", "head", false);
    row("A2", 2, "manager", "none", false);
    row("A2", 2, "head", "executive", true);
    row("A2", 2, "executive", "executive", false);
    row("A2", 4, "manager", "head", false);
    row("A3", 3, "manager", "executive", true);
    row("A3", 3, "manager", "head", false);
    row("A3", 2, "executive", "executive", false);
    row("A3", 3, "none", "executive", false);
    row("A3", 20, "executive", "executive", true);
    row("A3", 21, "executive", "executive", false);
}

void TestPolicy::guardsCannotBeLowered()
{
    QFETCH(const QString, className);
    QFETCH(const int, needed);
    QFETCH(const QString, each);
    QFETCH(const QString, one);
    QFETCH(const bool, accepted);
    Json document = policyJson();
    document["quorum"][className.toStdString()] = {
        {"approvals_needed", needed},
        {"each_at_least", each.toStdString()},
        {"one_at_least", one.toStdString()}};
    const auto parsed = parsePolicy(document);
    QCOMPARE(parsed.ok(), accepted);
    if (!parsed.ok())
        QVERIFY(parsed.error().pointer.rfind("/quorum/A", 0) == 0);
}

void TestPolicy::refusesWhatIsWrong_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("place");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* place) {
            QTest::newRow(name) << QString::fromUtf8(pointer) << QString::fromUtf8(value)
                                << QString::fromUtf8(place);
        };
    row("no object", "", "null", "");
    row("another schema", "/schema", "\"roster\"", "/schema");
    row("no version", "/version", "", "");
    row("a version as text", "/version", "\"1\"", "/version");
    row("an unknown member", "/override", "true", "/override");
    row("a class too many", "/quorum/A4", "{}", "/quorum/A4");
    row("a class missing", "/quorum/A2", "", "/quorum");
    row("a member missing", "/quorum/A2/one_at_least", "", "/quorum/A2");
    row("a member too many", "/quorum/A2/or_anybody", "true", "/quorum/A2/or_anybody");
    row("half a person", "/quorum/A2/approvals_needed", "2.5", "/quorum/A2/approvals_needed");
    row("a standing of its own", "/quorum/A2/each_at_least", "\"god\"", "/quorum/A2/each_at_least");
    row("a role of no standing", "/roles/manager", "\"boss\"", "/roles/manager");
    row("a role as a number", "/roles/manager", "1", "/roles/manager");
    row("roles as a list", "/roles", "[]", "/roles");
    row("no floors", "/floors", "", "");
    row("a floor of no class", "/floors/0/approval", "\"A9\"", "/floors/0");
    row("a floor with more", "/floors/0/unless", "\"urgent\"", "/floors/0/unless");
    row("no word on unattended", "/unattended", "", "");
    row("unattended as text", "/unattended", "\"false\"", "/unattended");
}

void TestPolicy::refusesWhatIsWrong()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, place);
    Json document = policyJson();
    change(document, pointer.toStdString(), value.toStdString());
    const auto parsed = parsePolicy(document);
    QCOMPARE(outcomeOf(parsed), QStringLiteral("invalid_input policy.form"));
    QCOMPARE(QString::fromStdString(parsed.error().pointer), place);
}

} // namespace

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
