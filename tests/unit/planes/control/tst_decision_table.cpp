#include "planes/control/authority.h"
#include "planes/control/decision_table.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <tuple>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

constexpr int kRowCount = 1000;
const Instant kStart = Instant::fromUnixSeconds(1'770'000'000);

std::string decisionIdOf(int number)
{
    const std::string digits = std::to_string(number);
    return "dec_" + std::string(26 - digits.size(), '0') + digits;
}

/// What row `number` is like; many share a priority and a time, so that only the id tells them
/// apart.
struct Model
{
    int number = 0;
    [[nodiscard]] std::string id() const { return decisionIdOf(number); }
    [[nodiscard]] int priority() const { return number * 7 % 4; }
    [[nodiscard]] Instant openedAt() const
    {
        return kStart + Duration(std::chrono::minutes(number * 31 % 50));
    }
    [[nodiscard]] Instant dueAt() const
    {
        return kStart + Duration(std::chrono::hours(24 + number * 13 % 90));
    }
    [[nodiscard]] bool isOpen() const { return number % 5 != 0; }
    [[nodiscard]] bool isIrreversible() const { return number % 3 == 0; }
    [[nodiscard]] bool waitsFor(const std::string& person) const
    {
        return isOpen()
               && ((person == "ada" && number % 2 == 0) || (person == "bo" && number % 7 == 0));
    }
};

class TestDecisionTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pagesGiveEachRowOnceInOrder_data();
    void pagesGiveEachRowOnceInOrder();
    void pagesDoNotSlipWhenRowsLeave();
    void searchesForPlainText_data();
    void searchesForPlainText();
    void searchesInPages();
    void refusesTooManyPeople();
    void findsOneRow();
    void answersMoveTheRow();
    void expiriesInOrder();
    void priorityFollowsWordsThenClasses_data();
    void priorityFollowsWordsThenClasses();

private:
    void apply(const std::string& type, const std::string& decisionId, Json body, Instant at)
    {
        const auto transaction = must(m_database->beginWrite());
        must(m_projector.apply(*transaction, {0, "evt", type, at, decisionId, std::move(body)}));
        must(transaction->commit());
    }
    void
    open(const Model& model, const std::string& title = "Plain", const std::string& ask = "May we?")
    {
        ApprovalRequest request = *m_request;
        request.decisionId = model.id();
        request.title = title;
        request.ask = ask;
        request.dueAt = model.dueAt();
        request.expiresAt = model.dueAt() + Duration(std::chrono::hours(1));
        request.classes.reversibility =
            model.isIrreversible() ? Reversibility::R3 : Reversibility::R1;
        Json waitsFor = Json::array();
        for (const char* person : {"ada", "bo"}) {
            if (model.waitsFor(person))
                waitsFor.push_back(person);
        }
        apply(
            std::string(kRequestOpened),
            model.id(),
            {{"request", toJson(request)},
             {"language", "en"},
             {"priority", model.priority()},
             {"standing",
              {{"status", model.isOpen() ? "open" : "authorized"},
               {"approvals_have", 0},
               {"waits_for", waitsFor}}}},
            model.openedAt());
    }
    [[nodiscard]] std::vector<std::string> idsInPages(DecisionQuery query, int limit)
    {
        std::vector<std::string> ids;
        query.limit = limit;
        while (true) {
            const auto page = must(decisionPage(*m_database, query));
            for (const DecisionRow& row : page)
                ids.push_back(row.decisionId);
            if (static_cast<int>(page.size()) < limit || ids.size() > 2 * kRowCount)
                return ids;
            query.after = cursorAfter(page.back(), query.filter);
        }
    }

    ControlBench m_bench;
    std::optional<ApprovalRequest> m_request;
    std::unique_ptr<data::Database> m_database;
    DecisionProjector m_projector;
};

void TestDecisionTable::initTestCase()
{
    m_request = m_bench.request("partner-activation");
    const std::vector<data::Migration> migrations = {
        {1, "-", {}}, {2, "-", {}}, {3, "-", {}}, decisionTableMigration()};
    m_database =
        must(data::Database::open({.path = {}, .mode = data::OpenMode::Memory}, migrations));
    for (int i = 0; i < kRowCount; ++i)
        open({i});
}

void TestDecisionTable::pagesGiveEachRowOnceInOrder_data()
{
    QTest::addColumn<int>("filter");
    QTest::addColumn<QStringList>("people");
    const auto row = [](const char* name, DecisionFilter filter, const QStringList& people = {}) {
        QTest::newRow(name) << static_cast<int>(filter) << people;
    };
    row("open", DecisionFilter::Open);
    row("due soon", DecisionFilter::OpenDueBefore);
    row("irreversible", DecisionFilter::OpenIrreversible);
    row("closed", DecisionFilter::Closed);
    row("all", DecisionFilter::All);
    row("nobody's", DecisionFilter::OpenForPerson);
    row("mine", DecisionFilter::OpenForPerson, {QStringLiteral("ada")});
    row("ours",
        DecisionFilter::OpenForPerson,
        {QStringLiteral("bo"), QStringLiteral("ada"), QStringLiteral("cy")});
    row("a stranger's", DecisionFilter::OpenForPerson, {QStringLiteral("cy")});
}

void TestDecisionTable::pagesGiveEachRowOnceInOrder()
{
    QFETCH(const int, filter);
    QFETCH(const QStringList, people);
    DecisionQuery query;
    query.filter = static_cast<DecisionFilter>(filter);
    query.dueBefore = kStart + Duration(std::chrono::hours(60));
    for (const QString& person : people)
        query.personIds.push_back(person.toStdString());

    const auto wanted = [&](const Model& model) {
        switch (query.filter) {
        case DecisionFilter::Open:
            return model.isOpen();
        case DecisionFilter::OpenForPerson:
            return std::any_of(query.personIds.begin(), query.personIds.end(), [&](const auto& id) {
                return model.waitsFor(id);
            });
        case DecisionFilter::OpenDueBefore:
            return model.isOpen() && model.dueAt() < query.dueBefore;
        case DecisionFilter::OpenIrreversible:
            return model.isOpen() && model.isIrreversible();
        case DecisionFilter::Closed:
            return !model.isOpen();
        case DecisionFilter::All:
            return true;
        }
        return false;
    };
    const bool byAge =
        query.filter == DecisionFilter::Closed || query.filter == DecisionFilter::All;
    std::vector<Model> models;
    for (int i = 0; i < kRowCount; ++i) {
        if (wanted({i}))
            models.push_back({i});
    }
    std::sort(models.begin(), models.end(), [&](const Model& a, const Model& b) {
        const std::string idA = a.id();
        const std::string idB = b.id();
        if (byAge)
            return std::tuple(b.openedAt(), idA) < std::tuple(a.openedAt(), idB);
        return std::tuple(a.priority(), a.openedAt(), idA)
               < std::tuple(b.priority(), b.openedAt(), idB);
    });
    std::vector<std::string> expected;
    for (const Model& model : models)
        expected.push_back(model.id());
    for (const int limit : {1, 7, 100, 5000}) {
        if (limit > 1 || expected.size() < 300) {
            QCOMPARE(idsInPages(query, limit), expected);
        }
    }
}

void TestDecisionTable::pagesDoNotSlipWhenRowsLeave()
{
    DecisionQuery query;
    query.limit = 50;
    const auto first = must(decisionPage(*m_database, query));
    query.after = cursorAfter(first.back(), query.filter);
    const auto second = must(decisionPage(*m_database, query));
    // A row of the first page is answered meanwhile.
    apply(std::string(kDecisionExpired), first[10].decisionId, Json::object(), first[10].openedAt);
    const auto again = must(decisionPage(*m_database, query));
    QCOMPARE(again.front().decisionId, second.front().decisionId);
    QCOMPARE(again.back().decisionId, second.back().decisionId);
    const int number = std::stoi(first[10].decisionId.substr(4));
    open({number});
}

void TestDecisionTable::searchesForPlainText_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* name, const char* search, const char* found) {
        QTest::newRow(name) << QString::fromUtf8(search) << QString::fromUtf8(found);
    };
    row("per cent", "100%", "2001");
    row("per cent alone", "%", "2001 2005");
    row("underscore", "a_b", "2002");
    row("a backslash", "\\", "2004");
    row("a quote", "it's", "2005");
    row("in the ask", "zebra", "2003");
    row("any case", "ZeBrA", "2003");
    row("other letters", "\xD8\xB3\xD8\xB9\xD8\xB1", "2006");
    row("nothing", "no such words", "");
    row("looks like SQL", "' OR 1=1 --", "");
}

void TestDecisionTable::searchesForPlainText()
{
    QFETCH(const QString, search);
    QFETCH(const QString, found);
    if (!decisionRow(*m_database, decisionIdOf(2001)).ok()) {
        open({2001}, "100% done");
        open({2002}, "1000 done, a_b");
        open({2003}, "axb", "May the ZEBRA run?");
        open({2004}, "back\\slash");
        open({2006}, "\xD8\xB1\xD9\x81\xD8\xB9 \xD8\xB3\xD8\xB9\xD8\xB1");
        open({2005}, "it's", "5 % more?");
    }
    DecisionQuery query;
    query.filter = DecisionFilter::All;
    query.search = search.toStdString();
    std::vector<std::string> ids = idsInPages(query, 1);
    std::sort(ids.begin(), ids.end());
    QStringList numbers;
    for (const std::string& id : ids)
        numbers.append(QString::number(std::stoi(id.substr(4))));
    QCOMPARE(numbers.join(QLatin1Char(' ')), found);
}

void TestDecisionTable::searchesInPages()
{
    DecisionQuery query;
    query.search = "plai";
    const std::size_t found = idsInPages(query, 33).size();
    query.search.clear();
    std::size_t open = 0;
    for (int i = 0; i < kRowCount; ++i)
        open += Model{i}.isOpen() ? 1 : 0;
    QCOMPARE(found, open);
}

void TestDecisionTable::refusesTooManyPeople()
{
    DecisionQuery query;
    query.filter = DecisionFilter::OpenForPerson;
    query.personIds.assign(16, "ada");
    QVERIFY(decisionPage(*m_database, query).ok());
    query.personIds.emplace_back("bo");
    QCOMPARE(
        outcomeOf(decisionPage(*m_database, query)), QStringLiteral("limit_exceeded queue.people"));
}

void TestDecisionTable::findsOneRow()
{
    const DecisionRow row = must(decisionRow(*m_database, decisionIdOf(3)));
    QCOMPARE(row.title, std::string("Plain"));
    QCOMPARE(row.ask, std::string("May we?"));
    QCOMPARE(row.language, std::string("en"));
    QCOMPARE(row.classes.reversibility, Reversibility::R3);
    QCOMPARE(row.exposureAmount, std::string("2450000.00"));
    QCOMPARE(row.exposureCurrency, std::string("SAR"));
    QCOMPARE(row.approvalsNeeded, 2);
    QCOMPARE(row.dueAt, Model{3}.dueAt());
    QCOMPARE(
        outcomeOf(decisionRow(*m_database, "dec_none")),
        QStringLiteral("not_found decision.absent"));
}

void TestDecisionTable::answersMoveTheRow()
{
    const Model model{4};
    const auto answer = [&](const char* status, int have, const Json& waitsFor, const char* until) {
        Json body = {
            {"standing", {{"status", status}, {"approvals_have", have}, {"waits_for", waitsFor}}}};
        if (until != nullptr)
            body["defer_until"] = until;
        apply(std::string(kAnswerRecorded), model.id(), body, model.openedAt());
        return must(decisionRow(*m_database, model.id()));
    };
    const auto waits = [&](const char* person) {
        DecisionQuery query;
        query.filter = DecisionFilter::OpenForPerson;
        query.personIds = {person};
        const auto ids = idsInPages(query, 500);
        return std::count(ids.begin(), ids.end(), model.id()) == 1;
    };
    QVERIFY(waits("ada") && !waits("bo"));
    DecisionRow row = answer("open", 1, {"bo"}, "2026-03-01T00:00:00Z");
    QCOMPARE(row.approvalsHave, 1);
    QCOMPARE(row.deferredUntil->text(), std::string("2026-03-01T00:00:00Z"));
    QVERIFY(!waits("ada") && waits("bo"));
    row = answer("authorized", 2, Json::array(), nullptr);
    QCOMPARE(row.status, std::string("authorized"));
    QVERIFY(!waits("bo"));
    // A new revision begins anew.
    open(model);
    row = must(decisionRow(*m_database, model.id()));
    QCOMPARE(row.status, std::string("open"));
    QCOMPARE(row.approvalsHave, 0);
    QVERIFY(!row.deferredUntil);
    QVERIFY(waits("ada"));
}

void TestDecisionTable::expiriesInOrder()
{
    const Instant next = must(nextExpiry(*m_database)).value();
    Instant earliest = Model{1}.dueAt();
    for (int i = 0; i < kRowCount; ++i) {
        if (Model{i}.isOpen())
            earliest = std::min(earliest, Model{i}.dueAt());
    }
    QCOMPARE(next, earliest + Duration(std::chrono::hours(1)));
    QVERIFY(must(openPastExpiry(*m_database, next, 10)).empty());
    QVERIFY(!must(openPastExpiry(*m_database, next + Duration(1), 10)).empty());
    QCOMPARE(
        must(openPastExpiry(*m_database, next + Duration(std::chrono::hours(500)), 10)).size(),
        std::size_t{10});
}

void TestDecisionTable::priorityFollowsWordsThenClasses_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("classes");
    QTest::addColumn<int>("priority");
    const auto row = [](const char* name, const char* claim, const char* classes, int priority) {
        QTest::newRow(name) << QString::fromLatin1(claim) << QString::fromLatin1(classes)
                            << priority;
    };
    row("critical", R"({"extensions":{"countersign.priority":"critical"}})", "A1R0", 0);
    row("low beats A3", R"({"extensions":{"countersign.priority":"low"}})", "A3R3", 3);
    row("a word of its own", R"({"extensions":{"countersign.priority":"now!"}})", "A2R0", 2);
    row("a number", R"({"extensions":{"countersign.priority":0}})", "A1R0", 3);
    row("nothing said, A3", "{}", "A3R0", 1);
    row("nothing said, R3", "{}", "A1R3", 1);
    row("nothing said, R2", "{}", "A1R2", 2);
    row("nothing said, A2", "{}", "A2R1", 2);
    row("nothing said, small", "{}", "A1R1", 3);
}

void TestDecisionTable::priorityFollowsWordsThenClasses()
{
    QFETCH(const QString, claim);
    QFETCH(const QString, classes);
    QFETCH(const int, priority);
    const std::string word = classes.toStdString();
    const Classes given = {
        must(parseApprovalClass(word.substr(0, 2))),
        must(parseReversibility(word.substr(2, 2))),
        Sensitivity::S1,
        ActionClass::B};
    QCOMPARE(priorityOf(must(parseJson(claim.toStdString())), given), priority);
}

} // namespace

QTEST_GUILESS_MAIN(TestDecisionTable)
#include "tst_decision_table.moc"
