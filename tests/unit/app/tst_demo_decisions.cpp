#include "app/core/projections.h"
#include "app/demo/demo_decisions.h"
#include "planes/data/decision_check.h"
#include "tests/support/result_text.h"

#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::app;
using countersign::testing::must;

namespace {

constexpr Duration kHour = std::chrono::hours(1);

Instant at(const char* text)
{
    return must(Instant::parse(text));
}

Json documentOf(const std::map<std::string, std::string>& files, const char* path)
{
    return must(parseJson(files.at(path)));
}

Instant timeOf(const Json& document, const char* member)
{
    return must(Instant::parse(textMember(document, member)));
}

class TestDemoDecisions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_schemas = must(loadSchemas()); }

    void movesWholeDatesAndTimesOnly_data();
    void movesWholeDatesAndTimesOnly();
    void movesEverywhereInADocument();
    void aRequestIsOpenAtEveryHour_data();
    void aRequestIsOpenAtEveryHour();
    void resealingMakesDigestsRight();
    void everyDecisionIsSoundWhenever_data();
    void everyDecisionIsSoundWhenever();
    void everyDecisionIsOpenWhenever_data();
    void everyDecisionIsOpenWhenever();

private:
    std::optional<data::SchemaSet> m_schemas;
};

void TestDemoDecisions::movesWholeDatesAndTimesOnly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("moved");
    const auto row = [](const char* name, const char* text, int days, const char* moved) {
        QTest::newRow(name) << QString::fromUtf8(text) << days << QString::fromUtf8(moved);
    };
    row("a date", "2026-03-09", 1, "2026-03-10");
    row("back", "2026-03-01", -1, "2026-02-28");
    row("over a leap day", "2028-02-28", 1, "2028-02-29");
    row("over a year", "2026-12-31", 1, "2027-01-01");
    row("a zone stays", "2026-03-09T14:48:00+03:00", 365, "2027-03-09T14:48:00+03:00");
    row("a fraction stays", "2026-03-09T14:48:00.250Z", 30, "2026-04-08T14:48:00.250Z");
    row("no days", "2026-03-09", 0, "2026-03-09");
    row("no such day", "2026-02-30", 1, "2026-02-30");
    row("no such hour", "2026-03-09T25:00:00Z", 1, "2026-03-09T25:00:00Z");
    row("no zone", "2026-03-09T14:48:00", 1, "2026-03-09T14:48:00");
    row("in a sentence", "2026-03-09 was a Monday", 1, "2026-03-09 was a Monday");
    row("later in a sentence", "On 2026-03-09", 1, "On 2026-03-09");
    row("a number with dashes", "0000-00-00", 1, "0000-00-00");
    row("short", "2026-03", 1, "2026-03");
    row("empty", "", 1, "");
}

void TestDemoDecisions::movesWholeDatesAndTimesOnly()
{
    QFETCH(const QString, text);
    QFETCH(const int, days);
    QFETCH(const QString, moved);
    Json value = text.toStdString();
    moveTimes(value, days);
    QCOMPARE(QString::fromStdString(value.get<std::string>()), moved);
}

void TestDemoDecisions::movesEverywhereInADocument()
{
    Json document = must(parseJson(
        R"({"2026-01-01":"2026-01-01","list":["2026-01-01",{"deep":"2026-01-01T00:00:00Z"}],
            "number":20260101,"none":null})"));
    moveTimes(document, 2);
    QVERIFY(
        document
        == must(parseJson(
            R"({"2026-01-01":"2026-01-03","list":["2026-01-03",{"deep":"2026-01-03T00:00:00Z"}],
                "number":20260101,"none":null})")));
}

void TestDemoDecisions::aRequestIsOpenAtEveryHour_data()
{
    QTest::addColumn<int>("dueMinutes");
    QTest::addColumn<int>("expiresMinutes");
    QTest::newRow("a long one") << 6 * 1440 << 10 * 1440;
    QTest::newRow("two days") << 1440 << 2 * 1440;
    QTest::newRow("26 hours") << 20 * 60 << 26 * 60;
    QTest::newRow("72 minutes") << 43 << 72;
}

void TestDemoDecisions::aRequestIsOpenAtEveryHour()
{
    QFETCH(const int, dueMinutes);
    QFETCH(const int, expiresMinutes);
    const Instant requested = at("2026-06-30T18:48:00Z");
    const Instant due = requested + Duration(std::chrono::minutes(dueMinutes));
    const Instant expires = requested + Duration(std::chrono::minutes(expiresMinutes));
    constexpr Duration kLeft = std::chrono::minutes(45);
    for (int hour = -400; hour < 400; ++hour) {
        const Instant now = at("2026-07-02T00:10:00Z") + kHour * hour;
        const Duration moved =
            Duration(std::chrono::days(daysToOpen(requested, due, expires, now)));
        QVERIFY(expires + moved >= now + kLeft);
        // Not asked in the future, where the window is long enough for that.
        if (expiresMinutes >= 1440 + 45)
            QVERIFY(requested + moved <= now);
        else
            QVERIFY(requested + moved <= now + Duration(std::chrono::days(1)));
    }
}

void TestDemoDecisions::resealingMakesDigestsRight()
{
    std::map<std::string, Json> documents;
    for (const auto& [path, bytes] :
         must(demoDecision("price-change", at("2026-05-01T12:00:00Z")))) {
        if (path.size() > 5 && path.substr(path.size() - 5) == ".json"
            && path.rfind("sources/", 0) != 0)
            documents[path] = must(parseJson(bytes));
    }
    documents["memo.json"]["title"] = "Another title";
    const std::string before = textMember(documents["approval_request.json"], "packet_sha256");
    must(resealDocuments(documents));
    const Json& request = documents["approval_request.json"];
    QVERIFY(textMember(request, "packet_sha256") != before);
    std::vector<Digest> digests;
    bool named = false;
    for (const Json& reference : request["packet"]) {
        digests.push_back(must(Digest::parse(textMember(reference, "sha256"))));
        named = named || digests.back() == must(canonicalDigest(documents["memo.json"]));
    }
    QVERIFY(named);
    QCOMPARE(textMember(request, "packet_sha256"), digestOfList(digests).hex());
    // Once is enough.
    const std::map<std::string, Json> once = documents;
    must(resealDocuments(documents));
    QVERIFY(documents == once);
}

void TestDemoDecisions::everyDecisionIsSoundWhenever_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("now");
    const std::vector<std::string> names = demoDecisionNames();
    QVERIFY(!names.empty());
    for (const std::string& name : names) {
        const auto add = [&](Instant now) {
            QTest::addRow("%s at %s", name.c_str(), now.text().c_str())
                << QString::fromStdString(name) << qint64{now.unixMicros()};
        };
        for (int hour = 0; hour < 48; hour += 5)
            add(at("2026-11-22T00:20:00Z") + kHour * hour);
        for (int month = 0; month < 12; ++month)
            add(at("2025-12-30T13:31:07Z") + kHour * (month * 731));
        add(at("2028-02-29T23:59:59Z"));
    }
}

void TestDemoDecisions::everyDecisionIsSoundWhenever()
{
    QFETCH(const QString, name);
    QFETCH(const qint64, now);
    const auto files = must(demoDecision(name.toStdString(), Instant::fromUnixMicros(now)));
    data::FolderContent content;
    for (const auto& [path, bytes] : files)
        content.files.push_back({path, bytes});
    const data::FolderCheck check =
        must(data::checkDecision(content, *m_schemas, data::NothingKnown(), "northgate"));
    for (const Error& error : check.errors)
        qWarning("%s", error.describe().c_str());
    QVERIFY(check.accepted());
    QVERIFY(!check.records.empty());
}

void TestDemoDecisions::everyDecisionIsOpenWhenever_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : demoDecisionNames())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestDemoDecisions::everyDecisionIsOpenWhenever()
{
    QFETCH(const QString, name);
    std::vector<Instant> moments;
    for (int hour = 0; hour < 48; ++hour)
        moments.push_back(at("2026-11-22T00:20:00Z") + kHour * hour);
    for (int day = 0; day < 365; day += 12)
        moments.push_back(at("2025-12-30T13:31:07Z") + kHour * (day * 25));
    for (const Instant now : moments) {
        const auto files = must(demoDecision(name.toStdString(), now));
        const Json request = documentOf(files, "approval_request.json");
        const Json plan = documentOf(files, "execution_plan.json");
        QCOMPARE(textMember(request, "status"), std::string("pending"));
        for (const Json& vote : request["votes"])
            QVERIFY(timeOf(vote, "at") <= now);
        QVERIFY(timeOf(request, "expires_at") >= now + Duration(std::chrono::minutes(45)));
        QVERIFY(timeOf(request, "due_at") < timeOf(request, "expires_at"));
        // What is signed can be carried out, and soon.
        QVERIFY(timeOf(plan, "not_before") <= timeOf(request, "requested_at"));
        QVERIFY(timeOf(plan, "not_after") > timeOf(request, "expires_at"));
        for (const auto& [path, bytes] : files)
            QVERIFY(path.rfind("receipts/", 0) != 0 && path != "outcome.json");
    }
}

} // namespace

QTEST_GUILESS_MAIN(TestDemoDecisions)
#include "tst_demo_decisions.moc"
