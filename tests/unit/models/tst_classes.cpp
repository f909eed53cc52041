#include "models/classes.h"

#include <QtTest>

#include <array>
#include <vector>

using namespace countersign;

namespace {

constexpr std::array kApprovals = {
    ApprovalClass::A0, ApprovalClass::A1, ApprovalClass::A2, ApprovalClass::A3};
constexpr std::array kReversibilities = {
    Reversibility::R0, Reversibility::R1, Reversibility::R2, Reversibility::R3};
constexpr std::array kSensitivities = {
    Sensitivity::S0, Sensitivity::S1, Sensitivity::S2, Sensitivity::S3};
constexpr std::array kActions = {ActionClass::A, ActionClass::B, ActionClass::C};

std::vector<Classes> everyCombination()
{
    std::vector<Classes> all;
    for (const auto approval : kApprovals)
        for (const auto reversibility : kReversibilities)
            for (const auto sensitivity : kSensitivities)
                for (const auto action : kActions)
                    all.push_back({approval, reversibility, sensitivity, action});
    return all;
}

} // namespace

class TestClasses final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsRoundTrip();
    void refusesOtherTexts();
    void somethingUnknownIsReadCarefully();
    void governsClassBAndWhatIsHardToUndo();
    void strictestOnlyEverRaises();
};

void TestClasses::textsRoundTrip()
{
    for (const auto value : kApprovals)
        QVERIFY(parseApprovalClass(text(value)).value() == value);
    for (const auto value : kReversibilities)
        QVERIFY(parseReversibility(text(value)).value() == value);
    for (const auto value : kSensitivities)
        QVERIFY(parseSensitivity(text(value)).value() == value);
    for (const auto value : kActions)
        QVERIFY(parseActionClass(text(value)).value() == value);
    for (const auto value :
         {ActorType::Human,
          ActorType::ObserverAgent,
          ActorType::RecommenderAgent,
          ActorType::ExecutorSystem,
          ActorType::AutomatedWorkflow})
        QVERIFY(parseActorType(text(value)).value() == value);
    QVERIFY(text(ActorType::AutomatedWorkflow) == "automated_workflow");
    QCOMPARE(
        text(Classes{ApprovalClass::A2, Reversibility::R1, Sensitivity::S2, ActionClass::B}),
        std::string("A2 R1 S2 B"));
}

void TestClasses::refusesOtherTexts()
{
    for (const std::string_view other : {"", "A4", "a1", "A", "A1 ", "R1"})
        QCOMPARE(parseApprovalClass(other).error().rule, std::string("enum"));
    QVERIFY(!parseReversibility("A1").ok());
    QVERIFY(!parseSensitivity("S4").ok());
    QVERIFY(!parseActionClass("D").ok());
    QVERIFY(!parseActorType("Human").ok());
}

void TestClasses::somethingUnknownIsReadCarefully()
{
    const Classes unknown;
    for (const Classes& classes : everyCombination())
        if (classes.action != ActionClass::C)
            QVERIFY(atLeast(unknown, classes));
    QVERIFY(unknown.isGoverned());
}

void TestClasses::governsClassBAndWhatIsHardToUndo()
{
    for (const Classes& classes : everyCombination()) {
        const bool light = classes.action == ActionClass::A && classes.approval <= ApprovalClass::A1
                           && classes.reversibility <= Reversibility::R1;
        QCOMPARE(classes.isGoverned(), !light);
    }
}

void TestClasses::strictestOnlyEverRaises()
{
    const std::vector<Classes> all = everyCombination();
    for (const Classes& a : all) {
        for (const Classes& b : all) {
            const Classes both = strictest(a, b);
            QVERIFY(atLeast(both, a) && atLeast(both, b));
            QVERIFY(both == strictest(b, a));
            QCOMPARE(atLeast(a, b), both == a);
        }
    }
}

QTEST_GUILESS_MAIN(TestClasses)
#include "tst_classes.moc"
