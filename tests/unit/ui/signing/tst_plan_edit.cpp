#include "tests/support/fake_backend.h"
#include "ui/signing/plan_edit.h"

#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

FieldRow field(const PlanEdit& edit, std::size_t step, const char* pointer)
{
    for (const FieldRow& row : fieldRows(edit.payload(step))) {
        if (row.pointer == pointer)
            return row;
    }
    return {};
}

} // namespace

class TestPlanEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheTypeOfEachValue();
    void refusesWhatIsNoNumber_data();
    void refusesWhatIsNoNumber();
    void editsNestedValues();
    void editsBooleans();
    void takesAWholePayload();
    void refusesAPayloadThatIsNoObject();
    void nextRevisionNamesTheOneBefore();
    void touchesPayloadsOnly();

private:
    Json m_release = sampleDecision("release-promotion", at("2026-06-30T10:00:00Z")).plan->content;
    Json m_price = sampleDecision("price-change", at("2026-04-20T10:00:00Z")).plan->content;
    Json m_purge =
        sampleDecision("data-retention-change", at("2026-08-20T10:00:00Z")).plan->content;
};

void TestPlanEdit::keepsTheTypeOfEachValue()
{
    PlanEdit edit(m_release);
    QVERIFY(edit.setLeaf(0, field(edit, 0, "/percent"), QStringLiteral(" 10 ")).ok());
    QVERIFY(edit.setLeaf(0, field(edit, 0, "/version"), QStringLiteral("5")).ok());
    QVERIFY(edit.payload(0)["percent"].is_number());
    QVERIFY(edit.payload(0)["version"].is_string());
    const std::vector<FieldChange> changes = edit.changes();
    QCOMPARE(changes.size(), std::size_t{2});
    QCOMPARE(changes[0].before, QStringLiteral("15"));
    QCOMPARE(changes[0].after, QStringLiteral("10"));
    QVERIFY(changes[0].path.startsWith(QStringLiteral("Canary to 15 %")));
}

void TestPlanEdit::refusesWhatIsNoNumber_data()
{
    QTest::addColumn<QString>("typed");
    for (const char* typed : {"", "ten", "10%", "0x10", "1e999", "\"10\"", "true", "[1]", "NaN"})
        QTest::newRow(*typed == '\0' ? "empty" : typed) << QString::fromUtf8(typed);
}

void TestPlanEdit::refusesWhatIsNoNumber()
{
    QFETCH(QString, typed);
    PlanEdit edit(m_release);
    const Result<void> result = edit.setLeaf(0, field(edit, 0, "/percent"), typed);
    QVERIFY(!result.ok());
    QCOMPARE(QString::fromStdString(result.error().rule), QStringLiteral("plan.number"));
    QVERIFY(edit.changes().empty());
}

void TestPlanEdit::editsNestedValues()
{
    PlanEdit edit(m_price);
    QVERIFY(edit.setLeaf(1, field(edit, 1, "/price/amount"), QStringLiteral("219.00")).ok());
    QCOMPARE(
        QString::fromStdString(edit.payload(1)["price"]["amount"].get<std::string>()),
        QStringLiteral("219.00"));
    QVERIFY(!edit.setLeaf(1, FieldRow{"/price/nothing", {}, {}, FieldType::Text}, {}).ok());
}

void TestPlanEdit::editsBooleans()
{
    PlanEdit edit(m_purge);
    QVERIFY(edit.setBoolean(1, field(edit, 1, "/skip_holds"), false).ok());
    QVERIFY(edit.payload(1)["skip_holds"] == false);
    QVERIFY(edit.setBoolean(1, field(edit, 1, "/skip_holds"), true).ok());
    QVERIFY(edit.changes().empty());
}

void TestPlanEdit::takesAWholePayload()
{
    PlanEdit edit(m_release);
    QVERIFY(edit.setPayload(0, QStringLiteral(R"({"service":"ledger-service","hold_h":48})")).ok());
    const std::vector<FieldChange> changes = edit.changes();
    QCOMPARE(changes.size(), std::size_t{3});
    QVERIFY(changes[0].added);
    QVERIFY(changes[1].removed && changes[2].removed);
}

void TestPlanEdit::refusesAPayloadThatIsNoObject()
{
    PlanEdit edit(m_release);
    for (const char* json : {"", "[]", "1", "{\"a\":1,\"a\":2}", "{\"a\":1} x", "{"})
        QVERIFY2(!edit.setPayload(0, QString::fromUtf8(json)).ok(), json);
    QVERIFY(edit.changes().empty());
}

void TestPlanEdit::nextRevisionNamesTheOneBefore()
{
    PlanEdit edit(m_release);
    QVERIFY(edit.setLeaf(0, field(edit, 0, "/percent"), QStringLiteral("10")).ok());
    const Result<Json> amended = edit.amended();
    QVERIFY(amended.ok());
    const Json& header = (*amended)["header"];
    QCOMPARE(header["revision"].get<int>(), m_release["header"]["revision"].get<int>() + 1);
    QVERIFY(header["supersedes_sha256"] == canonicalDigest(m_release)->hex());
    for (const Json& step : (*amended)["steps"]) {
        QVERIFY(step["call"]["payload_sha256"] == canonicalDigest(step["call"]["payload"])->hex());
        if (step["compensation"].contains("call"))
            QVERIFY(
                step["compensation"]["call"]["payload_sha256"]
                == canonicalDigest(step["compensation"]["call"]["payload"])->hex());
    }
}

void TestPlanEdit::touchesPayloadsOnly()
{
    PlanEdit edit(m_release);
    QVERIFY(edit.setLeaf(0, field(edit, 0, "/percent"), QStringLiteral("10")).ok());
    Json amended = *edit.amended();
    amended["header"] = m_release["header"];
    amended["steps"][0]["call"] = m_release["steps"][0]["call"];
    QVERIFY(amended == m_release);
}

QTEST_GUILESS_MAIN(TestPlanEdit)
#include "tst_plan_edit.moc"
