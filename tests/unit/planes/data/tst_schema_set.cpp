#include "tests/unit/planes/data/schema_support.h"

using namespace countersign;
using namespace countersign::data::test;
using data::FormatMode;
using data::SchemaSet;
using data::SchemaViolation;

class TestSchemaSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsReferences_data();
    void followsReferences() { checkRow(); }
    void refusesBrokenSchemas_data();
    void refusesBrokenSchemas();
    void namesTheSchemaAndThePlaceOfABrokenReference();
    void letsTheOutermostDynamicAnchorWin();
    void resolvesAcrossDocumentsAndRetrievalUris();
    void checksSchemasAgainstAMetaSchemaOfTheSet();
    void ignoresKeywordsOfVocabulariesTheDialectLeavesOut();
    void refusesAnUnknownRequiredVocabulary();
    void annotatesFormatsUnlessAsked();
    void findsSchemasByResourceAnchorAndPointer();
    void namesTheAbsoluteKeywordLocation();
};

void TestSchemaSet::followsReferences_data()
{
    addRows({
        {"siblings of $ref apply",
         R"({"$ref":"#/$defs/a","maximum":3,"$defs":{"a":{"minimum":2}}})",
         "1",
         " minimum"},
        {"siblings of $ref fail",
         R"({"$ref":"#/$defs/a","maximum":3,"$defs":{"a":{"minimum":2}}})",
         "4",
         " maximum"},
        {"to the root",
         R"({"properties":{"next":{"$ref":"#"}},"required":["v"]})",
         R"({"v":1,"next":{"v":1,"next":{}}})",
         "/next/next required"},
        {"by anchor", R"({"$ref":"#n","$defs":{"a":{"$anchor":"n","type":"null"}}})", "1", " type"},
        {"by percent-encoded pointer",
         R"({"$ref":"#/$defs/a%22~1%C3%A9","$defs":{"a\"/é":{"type":"null"}}})",
         "1",
         " type"},
        {"into an array",
         R"({"$ref":"#/allOf/1","allOf":[true,{"type":"null"}]})",
         "1",
         " type;  type"},
        {"into an unknown keyword",
         R"({"$ref":"#/stock/a","stock":{"a":{"items":{"type":"null"}}}})",
         "[1]",
         "/0 type"},
        {"to an embedded resource",
         R"({"$ref":"inner","$defs":{"x":{"$id":"inner","$ref":"#/$defs/y","$defs":{"y":{"type":"null"}}}}})",
         "1",
         " type"},
        {"an $id inside const is no schema",
         R"({"$ref":"#/$defs/y","const":{"$id":"q"},"$defs":{"y":{"$id":"q","type":"object"}}})",
         R"({"$id":"q"})",
         ""},
        {"by URN",
         R"({"$ref":"urn:example:1","$defs":{"x":{"$id":"urn:example:1","type":"null"}}})",
         "1",
         " type"},
        {"twice the same is no cycle",
         R"({"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"type":"null"}}})",
         "null",
         ""},
        {"$dynamicRef without bookend is $ref",
         R"({"$dynamicRef":"#n","$defs":{"a":{"$anchor":"n","type":"null"}}})",
         "1",
         " type"},
        {"$dynamicRef by pointer is $ref",
         R"({"$dynamicRef":"#/$defs/a","$defs":{"a":{"$dynamicAnchor":"n","type":"null"}}})",
         "1",
         " type"},
    });
}

void TestSchemaSet::refusesBrokenSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("pointer");

    const auto row =
        [](const char* name, const char* schema, const char* rule, const char* pointer) {
            QTest::newRow(name) << QByteArray(schema) << QString::fromLatin1(rule)
                                << QString::fromLatin1(pointer);
        };
    row("a number", "3", "schema.type", "");
    row("unknown type", R"({"items":{"type":"int"}})", "schema.keyword", "/items/type");
    row("negative count", R"({"minLength":-1})", "schema.keyword", "/minLength");
    row("broken count", R"({"minLength":1.5})", "schema.keyword", "/minLength");
    row("multipleOf 0", R"({"multipleOf":0})", "schema.keyword", "/multipleOf");
    row("required as a flag", R"({"required":true})", "schema.keyword", "/required");
    row("properties as a list", R"({"properties":[]})", "schema.keyword", "/properties");
    row("a schema that is text", R"({"properties":{"a":"b"}})", "schema.keyword", "/properties");
    row("items of old drafts", R"({"items":[true]})", "schema.keyword", "/items");
    row("empty anyOf", R"({"anyOf":[]})", "schema.keyword", "/anyOf");
    row("unclosed group", R"({"pattern":"(a"})", "schema.regex", "/pattern");
    row("lookbehind PCRE2 cannot run", R"({"pattern":"(?<=a+)b"})", "schema.regex", "/pattern");
    row("broken name pattern",
        R"({"patternProperties":{"[":true}})",
        "schema.regex",
        "/patternProperties");
    row("unknown pointer", R"({"items":{"$ref":"#/$defs/a"}})", "schema.ref", "/items");
    row("pointer to no schema", R"({"$ref":"#/title","title":"a"})", "schema.ref", "");
    row("unknown anchor", R"({"$ref":"#a"})", "schema.ref", "");
    row("unknown document", R"({"$ref":"https://other.example/"})", "schema.ref", "");
    row("a reference that is no text", R"({"$ref":1})", "schema.keyword", "/$ref");
    row("itself", R"({"$ref":"#"})", "schema.cycle", "");
    row("a ring",
        R"({"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"$ref":"#/$defs/a"}}})",
        "schema.cycle",
        "/$defs/a");
    row("a ring under not",
        R"({"items":{"$anchor":"x","not":{"$ref":"#x"}}})",
        "schema.cycle",
        "/items");
    row("an anchor twice",
        R"({"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}})",
        "schema.duplicate_id",
        "/$defs/b/$anchor");
    row("an $id twice",
        R"({"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}})",
        "schema.duplicate_id",
        "/$id");
    row("an $id with a fragment", R"({"$defs":{"a":{"$id":"x#y"}}})", "schema.id", "/$defs/a/$id");
    row("draft 7",
        R"({"$schema":"http://json-schema.org/draft-07/schema#"})",
        "schema.dialect",
        "/$schema");
}

void TestSchemaSet::refusesBrokenSchemas()
{
    QFETCH(const QByteArray, schema);
    QFETCH(const QString, rule);
    QFETCH(const QString, pointer);
    const auto set = setOf({json(schema.constData())});
    QVERIFY(!set.ok());
    QCOMPARE(QString::fromStdString(set.error().rule), rule);
    QCOMPARE(QString::fromStdString(set.error().pointer), pointer);
}

void TestSchemaSet::namesTheSchemaAndThePlaceOfABrokenReference()
{
    const auto set = setOf({json(R"({"properties":{"a":{"$ref":"other.json#/x"}}})")});
    QVERIFY(!set.ok());
    QCOMPARE(set.error().code, ErrorCode::InvalidInput);
    QCOMPARE(set.error().file, std::string(kUri));
    QCOMPARE(set.error().pointer, std::string("/properties/a"));
    QVERIFY(set.error().detail.find("https://test.example/other.json") != std::string::npos);

    SchemaSet::Builder nameless;
    QCOMPARE(nameless.add(Json(true)).error().rule, std::string("schema.id"));
    QVERIFY(nameless.add(Json(true), kUri).ok());
    QCOMPARE(nameless.add(Json(true), kUri).error().rule, std::string("schema.duplicate_id"));
}

void TestSchemaSet::letsTheOutermostDynamicAnchorWin()
{
    const Json tree = json(R"({"$id":"tree","$dynamicAnchor":"node","type":"object",
        "properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}}})");
    const Json strict = json(
        R"({"$id":"strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false})");
    SchemaSet::Builder builder;
    QVERIFY(builder.add(tree, "https://test.example/").ok());
    QVERIFY(builder.add(strict, "https://test.example/base/").ok());
    // The second one resolves "tree" against its own folder, where there is none.
    QVERIFY(!builder.build(FormatMode::Assert).ok());

    QVERIFY(builder.add(tree, "https://test.example/one").ok());
    QVERIFY(builder.add(strict, "https://test.example/two").ok());
    const auto set = builder.build(FormatMode::Assert);
    QVERIFY(set.ok());
    const Json instance = json(R"({"children":[{"daat":1}]})");
    QCOMPARE(
        outline(*set->validate("https://test.example/strict", instance)),
        QStringLiteral("/children/0 unevaluatedProperties"));
    QVERIFY(set->validate("https://test.example/tree", instance)->empty());
}

void TestSchemaSet::resolvesAcrossDocumentsAndRetrievalUris()
{
    SchemaSet::Builder builder;
    const Json referring = json(R"({"$id":"https://a.example/x/y","$ref":"../z#/$defs/n"})");
    QVERIFY(builder.add(referring).ok());
    QVERIFY(builder.add(json(R"({"$defs":{"n":{"type":"null"}}})"), "https://a.example/z").ok());
    QVERIFY(
        builder.add(json(R"({"$id":"real","$ref":"x/y"})"), "https://a.example/found-here").ok());
    const auto set = builder.build(FormatMode::Assert);
    QVERIFY(set.ok());
    for (const char* uri :
         {"https://a.example/x/y", "https://a.example/real", "https://a.example/found-here"}) {
        QCOMPARE(outline(*set->validate(uri, Json(1))), QStringLiteral(" type"));
        QVERIFY(set->validate(uri, Json()).value().empty());
    }
    QCOMPARE(set->validate("https://a.example/none", Json()).error().code, ErrorCode::NotFound);
}

void TestSchemaSet::checksSchemasAgainstAMetaSchemaOfTheSet()
{
    const Json meta =
        json(R"({"$id":"https://meta.example/","properties":{"title":{"type":"string"}}})");
    const Json good = json(R"({"$schema":"https://meta.example/","title":"a"})");
    const Json bad = json(R"({"$schema":"https://meta.example/","title":1})");
    QVERIFY(setOf({good, meta}).ok());
    const auto broken = setOf({bad, meta});
    QVERIFY(!broken.ok());
    QCOMPARE(broken.error().rule, std::string("schema.meta"));
    QCOMPARE(broken.error().pointer, std::string("/title"));
    // Without its meta-schema in the set, nothing says that a title is text.
    QVERIFY(setOf({bad}).ok());
}

void TestSchemaSet::ignoresKeywordsOfVocabulariesTheDialectLeavesOut()
{
    const Json meta = json(R"({"$id":"https://meta.example/","$vocabulary":{
        "https://json-schema.org/draft/2020-12/vocab/core":true,
        "https://json-schema.org/draft/2020-12/vocab/applicator":true,
        "https://json-schema.org/draft/2020-12/vocab/format-assertion":false,
        "https://else.example/vocab":false}})");
    const Json schema = json(R"({"$schema":"https://meta.example/",
        "items":{"minimum":10,"format":"ipv4"},"unevaluatedItems":false})");
    const auto set = setOf({schema, meta}, FormatMode::Annotate);
    QCOMPARE(outline(set, json(R"([1,"127.0.0.1"])")), QString());
    QCOMPARE(outline(set, json(R"([1,"127.0.0"])")), QStringLiteral("/1 format"));
}

void TestSchemaSet::refusesAnUnknownRequiredVocabulary()
{
    const auto set = setOf(
        {json(R"({"$schema":"https://meta.example/"})"),
         json(R"({"$id":"https://meta.example/","$vocabulary":{"https://else.example/v":true}})")});
    QVERIFY(!set.ok());
    QCOMPARE(set.error().code, ErrorCode::Unsupported);
    QCOMPARE(set.error().rule, std::string("schema.vocabulary"));
}

void TestSchemaSet::annotatesFormatsUnlessAsked()
{
    const Json schema = json(R"({"format":"uuid"})");
    QCOMPARE(outline(setOf({schema}, FormatMode::Annotate), Json("x")), QString());
    QCOMPARE(outline(setOf({schema}, FormatMode::Assert), Json("x")), QStringLiteral(" format"));
    const Json unknown = json(R"({"format":"shoe-size"})");
    QCOMPARE(outline(setOf({unknown}, FormatMode::Assert), Json("x")), QString());
}

void TestSchemaSet::findsSchemasByResourceAnchorAndPointer()
{
    const auto set = setOf({json(
        R"({"$defs":{"a":{"$anchor":"n","type":"null"},"b":{"$id":"inner","type":"null"}}})")});
    QVERIFY(set.ok());
    const std::string uri = kUri;
    for (const std::string& name :
         {uri + "#n", uri + "#/$defs/a", std::string("https://test.example/inner")})
        QCOMPARE(outline(*set->validate(name, Json(1))), QStringLiteral(" type"));
    QVERIFY(set->validate(uri, Json(1))->empty());
    QVERIFY(set->validate(uri + "#", Json(1))->empty());
    QCOMPARE(set->validate(uri + "#m", Json(1)).error().code, ErrorCode::NotFound);
}

void TestSchemaSet::namesTheAbsoluteKeywordLocation()
{
    const auto set = setOf({json(R"({"properties":{"a/b":{"$ref":"inner#/$defs/t"}},
        "$defs":{"x":{"$id":"inner","$defs":{"t":{"maxLength":1}}}}})")});
    QVERIFY(set.ok());
    const auto violations = set->validate(kUri, json(R"({"a/b":"xyz"})"));
    QVERIFY(violations.ok());
    const SchemaViolation expected{
        "/a~1b",
        "maxLength",
        "https://test.example/inner#/$defs/t/maxLength",
        "characters: 3, which is more than 1"};
    QCOMPARE(violations->size(), std::size_t{1});
    QVERIFY(violations->front() == expected);
}

QTEST_GUILESS_MAIN(TestSchemaSet)
#include "tst_schema_set.moc"
