#include "planes/control/cedar/conformance.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/schema_text.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

constexpr auto kSchema = R"(
    entity Color enum ["red", "green"];
    entity Group in [Group];
    entity User in [Group] = {
        name: String, age?: Long, boss?: User, color?: Color, from?: ipaddr, at?: datetime,
        limit?: decimal, ttl?: duration, rights?: Set<Action>, admin?: Bool,
        home?: { city: String, zip?: Long }, friends?: Set<User>
    } tags Set<String>;
    entity Doc;
    action all; action view in all appliesTo { principal: User, resource: Doc };
)";

Schema schema()
{
    return Schema::resolve(parseSchemaText(kSchema).value()).value();
}

EntityUid uid(const char* type, const char* id)
{
    return EntityUid::create(type, id).value();
}

/// A document with one user of these attributes.
std::string user(const std::string& attributes, const std::string& more = {})
{
    return R"([{"uid": {"type": "User", "id": "ann"}, "parents": [], "attrs": {"name": "Ann")"
           + (attributes.empty() ? "" : ", " + attributes) + "}" + more + "}]";
}

/// A document with one entity without a schema, of one attribute `a`.
std::string entityWith(const std::string& value)
{
    return R"([{"uid": {"type": "A", "id": "x"}, "attrs": {"a": )" + value
           + R"(}, "parents": []}])";
}

std::string describe(const Result<EntityStore>& store)
{
    return store.ok() ? "accepted" : store.error().rule + " " + store.error().pointer;
}

Value attributeOf(const EntityStore& store, const EntityUid& entity, const char* name)
{
    const Value* const found = store.find(entity)->attributes().find(std::string_view(name));
    return found == nullptr ? Value::string("missing") : *found;
}

} // namespace

class TestCedarEntitiesJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWithoutASchema_data();
    void refusesWithoutASchema();
    void readsEveryKindOfValueWithoutASchema();
    void takesOtherShapesForRecords_data();
    void takesOtherShapesForRecords();
    void refusesWithASchema_data();
    void refusesWithASchema();
    void readsImplicitValuesWithASchema();
    void readsImplicitArgumentsOfNestedCalls();
    void addsTheActionsOfTheSchema();
    void comparesGivenActionsWithTheSchema_data();
    void comparesGivenActionsWithTheSchema();
    void acceptsTheSameEntityTwiceOnlyWhenAllIsEqual();
    void refusesCircles();
    void allowsUnknownParents();
    void checksEntitiesThatAProgramMade();
    void buildsAStoreOfEntitiesThatAProgramMade();
    void writesWhatItReads();
    void refusesToWriteARecordThatReadsAsSomethingElse();
    void survivesHostileInput_data();
    void survivesHostileInput();
};

void TestCedarEntitiesJson::refusesWithoutASchema_data()
{
    QTest::addColumn<std::string>("document");
    QTest::addColumn<std::string>("refusal");
    const auto row = [](const char* name, std::string document, const char* refusal) {
        QTest::newRow(name) << std::move(document) << std::string(refusal);
    };
    row("null", "null", "cedar.entities.kind ");
    row("an object", "{}", "cedar.entities.kind ");
    row("a number in the list", "[1]", "cedar.entities.kind /0");
    row("no uid", R"([{"attrs": {}, "parents": []}])", "cedar.entities.member /0");
    row("no attributes",
        R"([{"uid": {"type": "A", "id": "x"}, "parents": []}])",
        "cedar.entities.member /0");
    row("no parents",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {}}])",
        "cedar.entities.member /0");
    row("attributes as a list",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": [], "parents": []}])",
        "cedar.entities.kind /0/attrs");
    row("parents as an object",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {}, "parents": {}}])",
        "cedar.entities.kind /0/parents");
    row("tags as null",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {}, "parents": [], "tags": null}])",
        "cedar.entities.kind /0/tags");
    row("a uid of text",
        R"([{"uid": "A::\"x\"", "attrs": {}, "parents": []}])",
        "cedar.value.uid /0/uid");
    row("a uid in __expr",
        R"([{"uid": {"__expr": "A::\"x\""}, "attrs": {}, "parents": []}])",
        "cedar.value.expression /0/uid");
    row("a type with blanks",
        R"([{"uid": {"__entity": {"type": "A :: B", "id": "x"}}, "attrs": {}, "parents": []}])",
        "cedar.type_name /0/uid/__entity");
    row("a parent of text",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {}, "parents": ["y"]}])",
        "cedar.value.uid /0/parents/0");
    row("null as a value", entityWith("null"), "cedar.value.null /0/attrs/a");
    row("null inside", entityWith(R"([1, {"b": [null]}])"), "cedar.value.null /0/attrs/a/1/b/0");
    row("a point", entityWith("1.0"), "cedar.value.number /0/attrs/a");
    row("an exponent", entityWith("1e2"), "cedar.value.number /0/attrs/a");
    row("a negative zero", entityWith("-0"), "json.negative_zero /0/attrs/a");
    row("one beyond 64 bits", entityWith("9223372036854775808"), "json.integer_range /0/attrs/a");
    row("far beyond 64 bits", entityWith("99999999999999999999"), "json.integer_range /0/attrs/a");
    row("an old expression", entityWith(R"({"__expr": "1"})"), "cedar.value.expression /0/attrs/a");
    row("an entity with a bad type",
        entityWith(R"({"__entity": {"type": "if", "id": "x"}})"),
        "cedar.type_name /0/attrs/a/__entity");
    row("an unknown function",
        entityWith(R"({"__extn": {"fn": "now", "arg": "x"}})"),
        "cedar.value.function /0/attrs/a/__extn/fn");
    row("a function of the language",
        entityWith(R"({"__extn": {"fn": "contains", "args": [[1], 1]}})"),
        "cedar.value.function /0/attrs/a/__extn/fn");
    row("a bad address",
        entityWith(R"({"__extn": {"fn": "ip", "arg": "x"}})"),
        "cedar.call /0/attrs/a/__extn");
    row("a number for an address",
        entityWith(R"({"__extn": {"fn": "ip", "arg": 1}})"),
        "cedar.call /0/attrs/a/__extn");
    row("too many arguments",
        entityWith(R"({"__extn": {"fn": "ip", "args": ["::1", "::1"]}})"),
        "cedar.call /0/attrs/a/__extn");
    row("a repeated key",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {"a": 1, "a": 1}, "parents": []}])",
        "json.duplicate_key /0/attrs/a");
    row("a repeated key where nobody looks",
        R"([{"uid": {"type": "A", "id": "x"}, "attrs": {}, "parents": [], "more": {"b": 1, "b": 1}}])",
        "json.duplicate_key /0/more/b");
}

void TestCedarEntitiesJson::refusesWithoutASchema()
{
    QFETCH(const std::string, document);
    QFETCH(const std::string, refusal);
    QCOMPARE(describe(parseEntities(document)), refusal);
}

void TestCedarEntitiesJson::readsEveryKindOfValueWithoutASchema()
{
    const auto store = parseEntities(R"([{
        "uid": {"__entity": {"type": "N::A", "id": "x", "more": 1}}, "more": 1,
        "parents": [{"type": "B", "id": ""}, {"__entity": {"type": "B", "id": "y"}}],
        "tags": {"": [1, 1, "a"]},
        "attrs": {
            "bool": true, "least": -9223372036854775808, "most": 9223372036854775807,
            "text": "\u0000\ud83d\ude00", "uid": {"__entity": {"type": "B", "id": "z"}},
            "record": {"b": {}, "": []},
            "decimal": {"__extn": {"fn": "decimal", "arg": "-0.5"}},
            "is4": {"__extn": {"fn": "isIpv4", "arg": {"__extn": {"fn": "ip", "arg": "10.0.0.1"}}}},
            "at": {"__extn": {"fn": "offset", "args": [
                {"__extn": {"fn": "datetime", "arg": "1970-01-02"}},
                {"__extn": {"fn": "duration", "arg": "-1d"}}]}}
        }}])");
    QVERIFY2(store.ok(), describe(store).c_str());
    const EntityUid entity = uid("N::A", "x");
    QVERIFY(store->isIn(entity.data(), uid("B", "").data()));
    QVERIFY(attributeOf(*store, entity, "bool") == Value::boolean(true));
    QVERIFY(attributeOf(*store, entity, "least") == Value::integer(INT64_MIN));
    QVERIFY(attributeOf(*store, entity, "most") == Value::integer(INT64_MAX));
    QVERIFY(attributeOf(*store, entity, "text") == Value::string(std::string("\0\U0001F600", 5)));
    QVERIFY(attributeOf(*store, entity, "uid") == Value::uid(uid("B", "z")));
    QCOMPARE(attributeOf(*store, entity, "record").record().size(), std::size_t{2});
    QVERIFY(attributeOf(*store, entity, "decimal") == Value::decimal({-5000}));
    QVERIFY(attributeOf(*store, entity, "is4") == Value::boolean(true));
    QVERIFY(attributeOf(*store, entity, "at") == Value::dateTime({0}));
    QCOMPARE(
        store->find(entity)->tags().find(std::string_view(""))->elements().size(), std::size_t{2});
}

void TestCedarEntitiesJson::takesOtherShapesForRecords_data()
{
    QTest::addColumn<std::string>("value");
    QTest::newRow("an entity with another member")
        << std::string(R"({"__entity": {"type": "B", "id": "y"}, "z": 1})");
    QTest::newRow("an entity of text") << std::string(R"({"__entity": "B"})");
    QTest::newRow("an entity without id") << std::string(R"({"__entity": {"type": "B"}})");
    QTest::newRow("a function of text") << std::string(R"({"__extn": "ip"})");
    QTest::newRow("a function without arguments") << std::string(R"({"__extn": {"fn": "ip"}})");
    QTest::newRow("arguments that are no list")
        << std::string(R"({"__extn": {"fn": "ip", "args": "x"}})");
    QTest::newRow("an expression that is a number") << std::string(R"({"__expr": 1})");
}

void TestCedarEntitiesJson::takesOtherShapesForRecords()
{
    QFETCH(const std::string, value);
    const auto store = parseEntities(entityWith(value));
    QVERIFY2(store.ok(), describe(store).c_str());
    QVERIFY(attributeOf(*store, uid("A", "x"), "a").is(ValueKind::Record));
}

void TestCedarEntitiesJson::refusesWithASchema_data()
{
    QTest::addColumn<std::string>("document");
    QTest::addColumn<std::string>("refusal");
    const auto row = [](const char* name, std::string document, const char* refusal) {
        QTest::newRow(name) << std::move(document) << std::string(refusal);
    };
    row("an unknown type", entityWith("1"), "cedar.schema.unknown_type /0/uid");
    row("an unlisted id",
        R"([{"uid": {"type": "Color", "id": "blue"}, "attrs": {}, "parents": []}])",
        "cedar.schema.enumerated /0/uid");
    row("an attribute of an enumerated type",
        R"([{"uid": {"type": "Color", "id": "red"}, "attrs": {"a": 1}, "parents": []}])",
        "cedar.conform.undeclared /0/attrs/a");
    row("a parent of an enumerated type",
        R"([{"uid": {"type": "Color", "id": "red"}, "attrs": {}, "parents": [{"type": "Group", "id": "g"}]}])",
        "cedar.conform.parent /0/parents/0");
    row("no name",
        R"([{"uid": {"type": "User", "id": "u"}, "attrs": {}, "parents": []}])",
        "cedar.conform.missing /0/attrs");
    row("an undeclared attribute", user(R"("x": 1)"), "cedar.conform.undeclared /0/attrs/x");
    row("text for a number", user(R"("age": "1")"), "cedar.conform.type /0/attrs/age");
    row("a number for a bool", user(R"("admin": 1)"), "cedar.conform.type /0/attrs/admin");
    row("another entity type",
        user(R"("boss": {"type": "Group", "id": "g"})"),
        "cedar.conform.type /0/attrs/boss");
    row("text for an entity", user(R"("boss": "bob")"), "cedar.value.uid /0/attrs/boss");
    row("an unlisted id in an attribute",
        user(R"("color": {"type": "Color", "id": "blue"})"),
        "cedar.schema.enumerated /0/attrs/color");
    row("an undeclared action in an attribute",
        user(R"("rights": [{"type": "Action", "id": "view"}, {"type": "Action", "id": "x"}])"),
        "cedar.schema.unknown_action /0/attrs/rights/1");
    row("a bad address", user(R"("from": "10.0.0.256")"), "cedar.call /0/attrs/from");
    row("another extension",
        user(R"("from": {"fn": "decimal", "arg": "1.0"})"),
        "cedar.conform.type /0/attrs/from");
    row("a number for an extension", user(R"("limit": 1)"), "cedar.conform.type /0/attrs/limit");
    row("an extension in __expr",
        user(R"("limit": {"__expr": "1.0"})"),
        "cedar.value.expression /0/attrs/limit");
    row("an unknown function",
        user(R"("at": {"fn": "now", "args": []})"),
        "cedar.value.function /0/attrs/at/fn");
    row("a wrong number of arguments",
        user(R"("at": {"fn": "offset", "args": ["2024-01-01"]})"),
        "cedar.call /0/attrs/at");
    row("a set that is a record", user(R"("friends": {})"), "cedar.conform.type /0/attrs/friends");
    row("an element of another type",
        user(R"("friends": [{"type": "User", "id": "b"}, 1])"),
        "cedar.value.uid /0/attrs/friends/1");
    row("a record that is a set", user(R"("home": [])"), "cedar.conform.type /0/attrs/home");
    row("a missing member", user(R"("home": {"zip": 1})"), "cedar.conform.missing /0/attrs/home");
    row("an undeclared member",
        user(R"("home": {"city": "x", "more": 1})"),
        "cedar.conform.undeclared /0/attrs/home/more");
    row("a tag of another type",
        user("", R"(, "tags": {"t": "x"})"),
        "cedar.conform.type /0/tags/t");
    row("a tag where none are declared",
        R"([{"uid": {"type": "Doc", "id": "d"}, "attrs": {}, "parents": [], "tags": {"t": 1}}])",
        "cedar.conform.tags /0/tags/t");
    row("a parent that is not declared",
        R"([{"uid": {"type": "Doc", "id": "d"}, "attrs": {}, "parents": [{"type": "Group", "id": "g"}]}])",
        "cedar.conform.parent /0/parents/0");
    row("a parent of its own type",
        R"([{"uid": {"type": "Doc", "id": "d"}, "attrs": {}, "parents": [{"type": "Doc", "id": "e"}]}])",
        "cedar.conform.parent /0/parents/0");
    row("an undeclared action",
        R"([{"uid": {"type": "Action", "id": "x"}, "attrs": {}, "parents": []}])",
        "cedar.schema.unknown_action /0/uid");
}

void TestCedarEntitiesJson::refusesWithASchema()
{
    QFETCH(const std::string, document);
    QFETCH(const std::string, refusal);
    const Schema declared = schema();
    const auto store = parseEntities(document, &declared);
    QCOMPARE(describe(store), refusal);
    QVERIFY(!store.error().detail.empty());
}

void TestCedarEntitiesJson::readsImplicitValuesWithASchema()
{
    const Schema declared = schema();
    const auto store = parseEntities(
        user(R"("boss": {"type": "User", "id": "bob"}, "from": "10.0.0.1", "at": "1970-01-01",
                "limit": {"fn": "decimal", "arg": "1.5"}, "ttl": {"__extn": {"fn": "duration", "arg": "1s"}},
                "friends": [{"type": "User", "id": "b"}, {"__entity": {"type": "User", "id": "b"}}],
                "home": {"city": "x"}, "admin": {"__extn": {"fn": "isIpv4", "arg":
                    {"__extn": {"fn": "ip", "arg": "::1"}}}}, "rights": [{"type": "Action", "id": "all"}])"),
        &declared);
    QVERIFY2(store.ok(), describe(store).c_str());
    const EntityUid ann = uid("User", "ann");
    QVERIFY(attributeOf(*store, ann, "boss") == Value::uid(uid("User", "bob")));
    QVERIFY(attributeOf(*store, ann, "from") == Value::ip(IpAddress::parse("10.0.0.1").value()));
    QVERIFY(attributeOf(*store, ann, "at") == Value::dateTime({0}));
    QVERIFY(attributeOf(*store, ann, "limit") == Value::decimal({15000}));
    QVERIFY(attributeOf(*store, ann, "ttl") == Value::duration({1000}));
    QCOMPARE(attributeOf(*store, ann, "friends").elements().size(), std::size_t{1});
    QVERIFY(attributeOf(*store, ann, "admin") == Value::boolean(false));
    // Without the schema the same document says something else.
    const auto plain = parseEntities(user(R"("boss": {"type": "User", "id": "bob"})"));
    QVERIFY(attributeOf(*plain, ann, "boss").is(ValueKind::Record));
}

void TestCedarEntitiesJson::readsImplicitArgumentsOfNestedCalls()
{
    const Schema declared = schema();
    const auto store = parseEntities(
        user(
            R"("at": {"fn": "offset", "args": [{"fn": "toDate", "arg": "1970-01-01T10:00:00Z"}, "1s"]})"),
        &declared);
    QVERIFY2(store.ok(), describe(store).c_str());
    QVERIFY(attributeOf(*store, uid("User", "ann"), "at") == Value::dateTime({1000}));
}

void TestCedarEntitiesJson::addsTheActionsOfTheSchema()
{
    const Schema declared = schema();
    const auto with = parseEntities("[]", &declared);
    QVERIFY(with.ok());
    QVERIFY(with->isIn(uid("Action", "view").data(), uid("Action", "all").data()));
    const auto without = parseEntities("[]");
    QVERIFY(without.ok());
    QVERIFY(!without->isIn(uid("Action", "view").data(), uid("Action", "all").data()));
}

void TestCedarEntitiesJson::comparesGivenActionsWithTheSchema_data()
{
    QTest::addColumn<std::string>("attributes");
    QTest::addColumn<std::string>("parents");
    QTest::addColumn<bool>("accepted");
    const std::string all = R"({"type": "Action", "id": "all"})";
    QTest::newRow("as declared") << std::string("{}") << all << true;
    QTest::newRow("without its group") << std::string("{}") << std::string() << false;
    QTest::newRow("with another group")
        << std::string("{}") << all + R"(, {"type": "Action", "id": "other"})" << false;
    QTest::newRow("with an attribute") << std::string(R"({"a": 1})") << all << false;
    QTest::newRow("in something that is no action")
        << std::string("{}") << std::string(R"({"type": "Group", "id": "g"})") << false;
}

void TestCedarEntitiesJson::comparesGivenActionsWithTheSchema()
{
    QFETCH(const std::string, attributes);
    QFETCH(const std::string, parents);
    QFETCH(const bool, accepted);
    const Schema declared = schema();
    const auto store = parseEntities(
        R"([{"uid": {"type": "Action", "id": "view"}, "attrs": )" + attributes + R"(, "parents": [)"
            + parents + "]}]",
        &declared);
    QCOMPARE(store.ok(), accepted);
}

void TestCedarEntitiesJson::acceptsTheSameEntityTwiceOnlyWhenAllIsEqual()
{
    const auto twice = [](const std::string& first, const std::string& second) {
        return R"([{"uid": {"type": "A", "id": "x"}, )" + first
               + R"(}, {"uid": {"__entity": {"type": "A", "id": "x"}}, )" + second + "}]";
    };
    const std::string parents = R"("parents": [{"type": "B", "id": "y"}])";
    QVERIFY(
        parseEntities(
            twice(R"("attrs": {"a": [1, 2]}, )" + parents, R"("attrs": {"a": [2, 1]}, )" + parents))
            .ok());
    QCOMPARE(
        parseEntities(twice(R"("attrs": {"a": 1}, )" + parents, R"("attrs": {}, )" + parents))
            .error()
            .rule,
        std::string("cedar.duplicate_entity"));
    QVERIFY(
        !parseEntities(twice(R"("attrs": {}, )" + parents, R"("attrs": {}, "parents": [])")).ok());
    QVERIFY(
        !parseEntities(
             twice(R"("attrs": {}, )" + parents, R"("attrs": {}, "tags": {"t": 1}, )" + parents))
             .ok());
}

void TestCedarEntitiesJson::refusesCircles()
{
    std::string document = "[";
    for (int i = 0; i < 1'000; ++i)
        document += (i == 0 ? "" : ",") + std::string(R"({"uid": {"type": "A", "id": ")")
                    + std::to_string(i) + R"("}, "attrs": {}, "parents": [{"type": "A", "id": ")"
                    + std::to_string((i + 1) % 1'000) + "\"}]}";
    QCOMPARE(parseEntities(document + "]").error().rule, std::string("cedar.entity_cycle"));
}

void TestCedarEntitiesJson::allowsUnknownParents()
{
    const Schema declared = schema();
    const auto store = parseEntities(
        R"([{"uid": {"type": "User", "id": "u"}, "attrs": {"name": "U"},
             "parents": [{"type": "Group", "id": "nobody knows"}]}])",
        &declared);
    QVERIFY2(store.ok(), describe(store).c_str());
    QVERIFY(store->isIn(uid("User", "u").data(), uid("Group", "nobody knows").data()));
}

void TestCedarEntitiesJson::checksEntitiesThatAProgramMade()
{
    const Schema declared = schema();
    const auto check = [&declared](Entity entity) {
        const auto checked = checkEntity(declared, entity, "/here");
        return checked.ok() ? std::string() : checked.error().rule + " " + checked.error().pointer;
    };
    const Record named = Record::create({{"name", Value::string("Ann")}}).value();
    QCOMPARE(check({uid("User", "u"), named, Record(), {uid("Group", "g")}}), std::string());
    QCOMPARE(
        check({uid("User", "u"), Record(), Record(), {}}),
        std::string("cedar.conform.missing /here/attrs"));
    QCOMPARE(
        check({uid("User", "u"), named, Record(), {uid("Group", "g"), uid("Doc", "d")}}),
        std::string("cedar.conform.parent /here/parents/1"));
    QCOMPARE(
        check(
            {uid("User", "u"),
             named,
             Record::create({{"t", Value::set({Value::integer(1)})}}).value(),
             {}}),
        std::string("cedar.conform.type /here/tags/t/0"));
    QCOMPARE(
        check({uid("Doc", "d"), Record(), Record::create({{"t", Value::integer(1)}}).value(), {}}),
        std::string("cedar.conform.tags /here/tags"));
    QCOMPARE(
        check({uid("Nobody", "n"), Record(), Record(), {}}),
        std::string("cedar.schema.unknown_type /here/uid"));
    QCOMPARE(
        check({uid("Action", "view"), Record(), Record(), {uid("Action", "all")}}), std::string());
    QCOMPARE(
        check({uid("Action", "all"), Record(), Record(), {uid("Action", "view")}}),
        std::string("cedar.conform.action /here/parents/0"));
    QCOMPARE(
        check({uid("Action", "all"), named, Record(), {}}),
        std::string("cedar.conform.action /here"));
}

void TestCedarEntitiesJson::buildsAStoreOfEntitiesThatAProgramMade()
{
    const Schema declared = schema();
    const auto store = buildEntities({{uid("Doc", "d"), Record(), Record(), {}}}, declared);
    QVERIFY2(store.ok(), describe(store).c_str());
    QCOMPARE(store->size(), std::size_t{3}); // and two actions
    const auto refused = buildEntities(
        {{uid("Doc", "d"), Record(), Record(), {}}, {uid("User", "u"), Record(), Record(), {}}},
        declared);
    QCOMPARE(describe(refused), std::string("cedar.conform.missing /1/attrs"));
}

void TestCedarEntitiesJson::writesWhatItReads()
{
    const std::string document =
        R"([{"uid": {"type": "A", "id": "x"}, "parents": [{"type": "B", "id": "y"}],
        "tags": {"t": {"__extn": {"fn": "ip", "arg": "10.0.0.0/8"}}},
        "attrs": {"u": {"__entity": {"type": "B", "id": "z"}}, "__entity": {"type": "B", "id": "z"},
                  "n": [-1, 0, 9223372036854775807], "r": {"__extn": "no call"}}}])";
    const auto store = parseEntities(document);
    QVERIFY2(store.ok(), describe(store).c_str());
    const auto json = entitiesJson(*store);
    QVERIFY(json.ok());
    QCOMPARE(json->dump(), Json::parse(document).dump());
    const auto again = parseEntities(json->dump());
    QVERIFY(again.ok());
    QVERIFY(again->sorted()[0]->entity() == store->sorted()[0]->entity());
}

void TestCedarEntitiesJson::refusesToWriteARecordThatReadsAsSomethingElse()
{
    const Record looksLikeUid =
        Record::create({{"type", Value::string("B")}, {"id", Value::string("z")}}).value();
    const Record escape = Record::create({{"__entity", Value::record(looksLikeUid)}}).value();
    const auto entityWithValue = [](const Value& value) {
        return Entity{uid("A", "x"), Record::create({{"a", value}}).value(), Record(), {}};
    };
    QVERIFY(entityJson(entityWithValue(Value::record(looksLikeUid))).ok());
    for (const Value& value :
         {Value::record(escape), Value::set({Value::integer(1), Value::record(escape)})}) {
        const auto json = entityJson(entityWithValue(value));
        QVERIFY(!json.ok());
        QCOMPARE(json.error().rule, std::string("cedar.value.escape"));
    }
    // The attributes themselves are never taken for one.
    QVERIFY(entityJson({uid("A", "x"), escape, Record(), {}}).ok());
}

void TestCedarEntitiesJson::survivesHostileInput_data()
{
    QTest::addColumn<std::string>("document");
    QTest::addColumn<std::string>("rule");
    std::string lists;
    std::string records;
    std::string calls;
    for (int i = 0; i < 100'000; ++i) {
        lists += "[";
        records += R"({"a":)";
        calls += R"({"__extn":{"fn":"toDate","arg":)";
    }
    const std::string depth = "json.depth";
    QTest::newRow("lists") << entityWith(lists) << depth;
    QTest::newRow("records") << entityWith(records) << depth;
    QTest::newRow("calls") << entityWith(calls) << depth;
    QTest::newRow("brackets") << lists << depth;
    QTest::newRow("bytes that are no text")
        << std::string("[\"\xff\"]") << std::string("json.utf8");
    QTest::newRow("half a surrogate") << entityWith(R"("\ud800")") << std::string("json.utf8");
}

void TestCedarEntitiesJson::survivesHostileInput()
{
    QFETCH(const std::string, document);
    QFETCH(const std::string, rule);
    const Schema declared = schema();
    for (const Schema* const given : {static_cast<const Schema*>(nullptr), &declared}) {
        const auto store = parseEntities(document, given);
        QVERIFY(!store.ok());
        QCOMPARE(store.error().rule, rule);
    }
}

QTEST_GUILESS_MAIN(TestCedarEntitiesJson)
#include "tst_cedar_entities_json.moc"
