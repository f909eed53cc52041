#include "planes/control/class_rules.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

Json withClasses(const Classes& classes)
{
    return {{"classes", toJson(classes)}};
}

Classes classes(const char* text)
{
    return {
        must(parseApprovalClass(std::string_view(text).substr(0, 2))),
        must(parseReversibility(std::string_view(text).substr(3, 2))),
        must(parseSensitivity(std::string_view(text).substr(6, 2))),
        must(parseActionClass(std::string_view(text).substr(9, 1)))};
}

class TestClassRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsUnknownAsStrictest_data();
    void readsUnknownAsStrictest();
    void raisesToTheStrictest_data();
    void raisesToTheStrictest();
    void noInputEverLowers();
    void attendsUnlessThePolicySaysOtherwise_data();
    void attendsUnlessThePolicySaysOtherwise();
};

void TestClassRules::readsUnknownAsStrictest_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* json, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(expected);
    };
    row("all known",
        R"({"approval":"A1","reversibility":"R2","sensitivity":"S0","action":"A"})",
        "A1 R2 S0 A");
    row("nothing", "{}", "A3 R3 S3 B");
    row("no object", "7", "A3 R3 S3 B");
    row("an unknown word", R"({"approval":"A9","reversibility":"R0"})", "A3 R0 S3 B");
    row("other letters", R"({"approval":"a1","sensitivity":"S1 "})", "A3 R3 S3 B");
    row("numbers", R"({"approval":1,"reversibility":null})", "A3 R3 S3 B");
    row("forbidden stays", R"({"action":"C"})", "A3 R3 S3 C");
}

void TestClassRules::readsUnknownAsStrictest()
{
    QFETCH(const QString, json);
    QFETCH(const QString, expected);
    const Classes read = classesOf(must(parseJson(json.toStdString())));
    QCOMPARE(QString::fromStdString(text(read)), expected);
    QVERIFY(classesOf(toJson(read)) == read);
}

void TestClassRules::raisesToTheStrictest_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("memo");
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("floor");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("because");
    const auto row = [](const char* name,
                        const char* claim,
                        const char* memo,
                        const char* step,
                        const char* floor,
                        const char* expected,
                        const char* because) {
        QTest::newRow(name) << QString::fromLatin1(claim) << QString::fromLatin1(memo)
                            << QString::fromLatin1(step) << QString::fromLatin1(floor)
                            << QString::fromLatin1(expected) << QString::fromLatin1(because);
    };
    const char* low = "A1 R0 S0 B";
    row("all the same", low, low, low, low, "A1 R0 S0 B", "");
    row("the claim leads", "A3 R1 S3 B", low, low, low, "A3 R1 S3 B", "");
    row("the memo lifts", low, "A2 R0 S0 B", low, low, "A2 R0 S0 B", "memo.classes A1>A2;");
    row("a step lifts",
        low,
        low,
        "A1 R1 S2 B",
        low,
        "A1 R1 S2 B",
        "plan.step R0>R1;plan.step S0>S2;");
    row("a connector lifts", low, low, low, "A2 R0 S0 B", "A2 R0 S0 B", "connector.floor A1>A2;");
    row("a floor of the policy lifts",
        "A1 R3 S0 B",
        low,
        low,
        low,
        "A2 R3 S0 B",
        "policy.floor A1>A2;");
    row("a floor after a step",
        low,
        low,
        "A1 R3 S0 B",
        low,
        "A2 R3 S0 B",
        "plan.step R0>R3;policy.floor A1>A2;");
    row("a forbidden step forbids all",
        low,
        low,
        "A1 R0 S0 C",
        low,
        "A1 R0 S0 C",
        "plan.step B>C;");
    row("a forbidden connector forbids all",
        low,
        low,
        low,
        "A1 R0 S0 C",
        "A1 R0 S0 C",
        "connector.floor B>C;");
    row("nobody needed, somebody asked",
        "A0 R0 S0 A",
        "A0 R0 S0 A",
        "A0 R0 S0 A",
        "A0 R0 S0 A",
        "A1 R0 S0 A",
        "policy.attended A0>A1;");
}

void TestClassRules::raisesToTheStrictest()
{
    QFETCH(const QString, claim);
    QFETCH(const QString, memo);
    QFETCH(const QString, step);
    QFETCH(const QString, floor);
    QFETCH(const QString, expected);
    QFETCH(const QString, because);
    const Policy policy = must(parsePolicy(policyJson()));
    Json stepJson = withClasses(classes(step.toLatin1()));
    stepJson["step_id"] = "one";
    const EffectiveClasses result = effectiveClasses(
        withClasses(classes(claim.toLatin1())),
        withClasses(classes(memo.toLatin1())),
        {{"steps", Json::array({stepJson})}},
        {{"erp", "1.0", "apply", classes(floor.toLatin1()), Digest::of("m")}},
        policy);
    QCOMPARE(QString::fromStdString(text(result.claimed)), claim);
    QCOMPARE(QString::fromStdString(text(result.effective)), expected);
    std::string reasons;
    for (const ClassRaise& raise : result.raised)
        reasons += raise.because + " " + raise.claimed + ">" + raise.effective + ";";
    QCOMPARE(QString::fromStdString(reasons), because);
}

/// Every combination of approval class and reversibility in claim, memo, step and floor: the result
/// is at least each of them.
void TestClassRules::noInputEverLowers()
{
    const Policy policy = must(parsePolicy(policyJson()));
    std::vector<Classes> all;
    for (const ApprovalClass approval :
         {ApprovalClass::A0, ApprovalClass::A1, ApprovalClass::A2, ApprovalClass::A3}) {
        for (const Reversibility reversibility :
             {Reversibility::R0, Reversibility::R1, Reversibility::R2, Reversibility::R3})
            all.push_back({approval, reversibility, Sensitivity::S1, ActionClass::B});
    }
    for (const Classes& claim : all) {
        for (const Classes& step : all) {
            for (const Classes& floor : all) {
                const Classes effective = effectiveClasses(
                                              withClasses(claim),
                                              withClasses(claim),
                                              {{"steps", Json::array({withClasses(step)})}},
                                              {{"erp", "1.0", "apply", floor, Digest::of("m")}},
                                              policy)
                                              .effective;
                QVERIFY(atLeast(effective, claim));
                QVERIFY(atLeast(effective, step));
                QVERIFY(atLeast(effective, floor));
                QVERIFY(effective.approval >= ApprovalClass::A1);
                QVERIFY(
                    effective.reversibility < Reversibility::R3
                    || effective.approval >= ApprovalClass::A2);
            }
        }
    }
}

void TestClassRules::attendsUnlessThePolicySaysOtherwise_data()
{
    QTest::addColumn<bool>("unattended");
    QTest::addColumn<QString>("claimed");
    QTest::addColumn<QString>("expected");
    const auto row = [](bool unattended, const char* claimed, const char* expected) {
        QTest::addRow("%s %s", claimed, unattended ? "unattended" : "attended")
            << unattended << QString::fromLatin1(claimed) << QString::fromLatin1(expected);
    };
    row(true, "A0 R0 S0 A", "A0 R0 S0 A");
    row(true, "A0 R1 S3 A", "A0 R1 S3 A");
    row(true, "A0 R2 S0 A", "A1 R2 S0 A");
    row(true, "A0 R0 S0 B", "A1 R0 S0 B");
    row(false, "A0 R0 S0 A", "A1 R0 S0 A");
}

void TestClassRules::attendsUnlessThePolicySaysOtherwise()
{
    QFETCH(const bool, unattended);
    QFETCH(const QString, claimed);
    QFETCH(const QString, expected);
    Json document = policyJson();
    document["unattended"] = unattended;
    const Json same = withClasses(classes(claimed.toLatin1()));
    const EffectiveClasses result =
        effectiveClasses(same, same, Json::object(), {}, must(parsePolicy(document)));
    QCOMPARE(QString::fromStdString(text(result.effective)), expected);
}

} // namespace

QTEST_GUILESS_MAIN(TestClassRules)
#include "tst_class_rules.moc"
