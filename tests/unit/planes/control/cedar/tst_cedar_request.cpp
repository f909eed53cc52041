#include "planes/control/cedar/request.h"
#include "planes/control/cedar/schema_text.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

constexpr auto kSchema = R"(
    entity Color enum ["red"];
    entity User, Robot, Doc;
    action group;
    action view in group appliesTo { principal: [User, Color], resource: [Doc],
        context: { at: datetime, by?: User, "more": { n: Long } } };
)";

Schema schema()
{
    return Schema::resolve(parseSchemaText(kSchema).value()).value();
}

std::string request(
    const std::string& principal,
    const std::string& action,
    const std::string& resource,
    const std::string& context)
{
    return R"({"principal": )" + principal + R"(, "action": {"type": "Action", "id": ")" + action
           + R"("}, "resource": )" + resource + R"(, "context": )" + context + "}";
}

constexpr auto kUser = R"({"type": "User", "id": "u"})";
constexpr auto kDoc = R"({"__entity": {"type": "Doc", "id": "d"}})";
constexpr auto kContext = R"({"at": "2026-01-01", "more": {"n": 0}})";

} // namespace

class TestCedarRequest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAContextAsItsActionDeclaresIt();
    void readsARequestWithoutASchema();
    void refuses_data();
    void refuses();
    void takesAZeroOfAProgramForAZero();
    void checksARequestThatAProgramMade();
};

void TestCedarRequest::readsAContextAsItsActionDeclaresIt()
{
    const Schema declared = schema();
    const auto read = parseRequest(
        request(
            kUser,
            "view",
            kDoc,
            R"({"at": "1970-01-01", "by": {"type": "User", "id": "b"}, "more": {"n": 1}})"),
        &declared);
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().describe().c_str());
    QCOMPARE(read->principal.text(), std::string("User::\"u\""));
    QCOMPARE(read->resource.text(), std::string("Doc::\"d\""));
    QVERIFY(*read->context.find(std::string_view("at")) == Value::dateTime({0}));
    QVERIFY(read->context.find(std::string_view("by"))->is(ValueKind::Uid));
}

void TestCedarRequest::readsARequestWithoutASchema()
{
    const auto read = parseRequest(
        R"({"principal": {"type": "X", "id": "u"}, "action": {"type": "Action", "id": "any"},
            "resource": {"type": "Y", "id": "d"}, "description": "more"})");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().describe().c_str());
    QCOMPARE(read->context.size(), std::size_t{0});
}

void TestCedarRequest::refuses_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("refusal");
    const auto row = [](const char* name, std::string json, const char* refusal) {
        QTest::newRow(name) << std::move(json) << std::string(refusal);
    };
    row("a list", "[]", "cedar.request.member ");
    row("no principal", "{}", "cedar.request.member ");
    row("a principal of text",
        request(R"("u")", "view", kDoc, kContext),
        "cedar.value.uid /principal");
    row("an undeclared action",
        request(kUser, "edit", kDoc, kContext),
        "cedar.schema.unknown_action /action");
    row("a group", request(kUser, "group", kDoc, "{}"), "cedar.request.action /action");
    row("a principal that it is not for",
        request(R"({"type": "Robot", "id": "r"})", "view", kDoc, kContext),
        "cedar.request.principal /principal");
    row("a resource that it is not for",
        request(kUser, "view", kUser, kContext),
        "cedar.request.resource /resource");
    row("an undeclared principal",
        request(R"({"type": "Cat", "id": "c"})", "view", kDoc, kContext),
        "cedar.schema.unknown_type /principal");
    row("an unlisted principal",
        request(R"({"type": "Color", "id": "blue"})", "view", kDoc, kContext),
        "cedar.schema.enumerated /principal");
    row("no context", request(kUser, "view", kDoc, "{}"), "cedar.conform.missing /context");
    row("a context of text", request(kUser, "view", kDoc, R"("x")"), "cedar.conform.type /context");
    row("an undeclared member",
        request(kUser, "view", kDoc, R"({"at": "2026-01-01", "more": {"n": 1}, "x": 1})"),
        "cedar.conform.undeclared /context/x");
    row("a bad time",
        request(kUser, "view", kDoc, R"({"at": "2026-13-01", "more": {"n": 1}})"),
        "cedar.call /context/at");
    row("null inside",
        request(kUser, "view", kDoc, R"({"at": "2026-01-01", "more": {"n": null}})"),
        "cedar.value.null /context/more/n");
    row("a negative zero",
        request(kUser, "view", kDoc, R"({"at": "2026-01-01", "more": {"n": -0}})"),
        "json.negative_zero /context/more/n");
}

void TestCedarRequest::refuses()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, refusal);
    const Schema declared = schema();
    const auto read = parseRequest(json, &declared);
    QCOMPARE(read.ok() ? "accepted" : read.error().rule + " " + read.error().pointer, refusal);
}

void TestCedarRequest::takesAZeroOfAProgramForAZero()
{
    const Schema declared = schema();
    const auto action = EntityUid::create("Action", "view").value();
    Json context = Json::object();
    context["at"] = "2026-01-01";
    context["more"]["n"] = 0;
    QVERIFY(readContext(context, declared, action).ok());
    QVERIFY(readContext(context).ok());
    QVERIFY(!readContext(Json(1)).ok());
    QVERIFY(!readContext(Json::parse(R"({"__entity": {"type": "A", "id": "x"}})")).ok());
}

void TestCedarRequest::checksARequestThatAProgramMade()
{
    const Schema declared = schema();
    Request made = parseRequest(request(kUser, "view", kDoc, kContext), &declared).value();
    QVERIFY(checkRequest(declared, made).ok());
    made.context = Record();
    const auto refused = checkRequest(declared, made);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().pointer, std::string("/context"));
    QVERIFY(refused.error().code == ErrorCode::Refused);
}

QTEST_GUILESS_MAIN(TestCedarRequest)
#include "tst_cedar_request.moc"
