#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"
#include "tests/unit/planes/control/support/json_change.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

class TestRoster final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDemoPeople();
    void findsTheHolderOfAKey();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void refusesOneKeyForTwoPeople();
    void refusesAKeyUnderAnotherName();
    void acceptsSeveralKeysOfOnePerson();
};

void TestRoster::readsTheDemoPeople()
{
    const Json document = rosterJson();
    const Roster roster = must(parseRoster(document));
    QCOMPARE(roster.people.size(), document["people"].size());
    QCOMPARE(roster.agents.size(), document["agents"].size());
    QCOMPARE(roster.tenantId, std::string("northgate"));
    QVERIFY(roster.sha256 == must(canonicalDigest(document)));
    const Person* person = roster.person("priya.raman");
    QVERIFY(person != nullptr);
    QVERIFY(person->hasRole("general_counsel"));
    QVERIFY(!person->hasRole("general"));
    QVERIFY(roster.person("nobody") == nullptr);
    QVERIFY(roster.person("advisor.strategy") == nullptr);
}

void TestRoster::findsTheHolderOfAKey()
{
    const Roster roster = must(parseRoster(rosterJson()));
    for (const Person& person : roster.people)
        QVERIFY(roster.holderOf(person.keys.front().keyId) == &person);
    QVERIFY(roster.holderOf("") == nullptr);
    QVERIFY(roster.holderOf(keyFor("stranger").publicKey().keyId()) == nullptr);
}

void TestRoster::refusesWhatIsWrong_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("place");
    const auto row = [](const char* name,
                        const char* pointer,
                        const char* value,
                        const char* outcome,
                        const char* place) {
        QTest::newRow(name) << QString::fromUtf8(pointer) << QString::fromUtf8(value)
                            << QString::fromUtf8(outcome) << QString::fromUtf8(place);
    };
    const char* form = "invalid_input roster.form";
    row("as it is", "/version", "7", "ok", "");
    row("no agents", "/agents", "", "ok", "");
    row("a person without keys", "/people/3/keys", "[]", "ok", "");
    row("a list", "", "[]", form, "");
    row("another schema", "/schema", "\"policy\"", form, "/schema");
    row("no version", "/version", "", form, "");
    row("version nought", "/version", "0", form, "/version");
    row("a version of half", "/version", "1.5", form, "/version");
    row("a huge version", "/version", "18446744073709551615", form, "/version");
    row("an unknown member", "/admin", "true", form, "/admin");
    row("no tenant", "/tenant_id", "\"\"", form, "/tenant_id");
    row("people as an object", "/people", "{}", form, "/people");
    row("a person as text", "/people/0", "\"greta.holm\"", form, "/people/0");
    row("an id with capitals", "/people/0/id", "\"Greta\"", form, "/people/0/id");
    row("an id of one letter", "/people/0/id", "\"g\"", form, "/people/0/id");
    row("an id that begins with a digit", "/people/0/id", "\"1greta\"", form, "/people/0/id");
    row("an id with a NUL", "/people/0/id", "\"gr\\u0000eta\"", form, "/people/0/id");
    row("a role that is empty", "/people/0/roles/0", "\"\"", form, "/people/0/roles/0");
    row("roles as text", "/people/0/roles", "\"chief_executive\"", form, "/people/0/roles");
    row("an unknown member of a person", "/people/0/level", "3", form, "/people/0/level");
    row("a key without its PEM", "/people/0/keys/0/public_key_pem", "", form, "/people/0/keys/0");
    row("a key that is none",
        "/people/0/keys/0/public_key_pem",
        "\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\\n\"",
        "unsupported key.public",
        "/people/0/keys/0/public_key_pem");
    row("one person twice",
        "/people/1/id",
        "\"greta.holm\"",
        "invalid_input roster.unique",
        "/people/1/id");
    row("an agent with a person's id",
        "/agents/0/id",
        "\"greta.holm\"",
        "invalid_input roster.unique",
        "/agents/0/id");
    row("a human agent", "/agents/0/type", "\"human\"", form, "/agents/0/type");
    row("an agent of no kind", "/agents/0/type", "\"robot\"", form, "/agents/0/type");
    row("an agent of nobody",
        "/agents/0/owner",
        "\"nobody\"",
        "invalid_input roster.owner",
        "/agents/0/owner");
    row("an agent of an agent",
        "/agents/0/owner",
        "\"watcher.ops\"",
        "invalid_input roster.owner",
        "/agents/0/owner");
    row("no founders", "/founders", "[]", form, "/founders");
    row("a founder who is nobody",
        "/founders/1",
        "\"nobody\"",
        "invalid_input roster.founder",
        "/founders/1");
    row("a founder without a key",
        "/people/0/keys",
        "[]",
        "invalid_input roster.founder",
        "/founders/0");
    row("an agent as founder",
        "/founders/2",
        "\"advisor.strategy\"",
        "invalid_input roster.founder",
        "/founders/2");
}

void TestRoster::refusesWhatIsWrong()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    QFETCH(const QString, place);
    Json document = rosterJson();
    change(document, pointer.toStdString(), value.toStdString());
    const auto parsed = parseRoster(document);
    QCOMPARE(outcomeOf(parsed), outcome);
    if (!parsed.ok())
        QCOMPARE(QString::fromStdString(parsed.error().pointer), place);
}

void TestRoster::refusesOneKeyForTwoPeople()
{
    Json document = rosterJson();
    document["people"][4]["keys"].push_back(document["people"][0]["keys"][0]);
    QCOMPARE(
        outcomeOf(parseRoster(document)), QStringLiteral("invalid_input roster.distinct_keys"));

    document = rosterJson();
    document["people"][4]["keys"].push_back(document["people"][4]["keys"][0]);
    QCOMPARE(
        outcomeOf(parseRoster(document)), QStringLiteral("invalid_input roster.distinct_keys"));
}

void TestRoster::refusesAKeyUnderAnotherName()
{
    Json document = rosterJson();
    Json& key = document["people"][0]["keys"][0];
    key["key_id"] = keyFor("stranger").publicKey().keyId();
    const auto parsed = parseRoster(document);
    QCOMPARE(outcomeOf(parsed), QStringLiteral("invalid_input roster.form"));
    QCOMPARE(parsed.error().pointer, std::string("/people/0/keys/0/key_id"));
}

void TestRoster::acceptsSeveralKeysOfOnePerson()
{
    Json document = rosterJson();
    document["people"][0]["keys"].push_back(keyJson(keyFor("second key").publicKey()));
    const Roster roster = must(parseRoster(document));
    QCOMPARE(roster.people.front().keys.size(), std::size_t{2});
    QVERIFY(roster.holderOf(keyFor("second key").publicKey().keyId()) == &roster.people.front());
}

} // namespace

QTEST_GUILESS_MAIN(TestRoster)
#include "tst_roster.moc"
