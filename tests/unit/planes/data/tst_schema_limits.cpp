#include "tests/unit/planes/data/schema_support.h"

#include <thread>

using namespace countersign;
using namespace countersign::data::test;
using data::SchemaSet;

class TestSchemaLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsConditionalCyclesWithAnError();
    void cutsTheListOfViolationsButNotTheVerdict();
    void boundsDepth();
    void boundsSchemasThatFanOut();
    void answersTheSameOnManyThreads();
};

void TestSchemaLimits::stopsConditionalCyclesWithAnError()
{
    const auto set = setOf({json(
        R"({"not":{"if":{"type":"object"},"then":{"dependentSchemas":{"a":{"$ref":"#/not"}}}}})")});
    QVERIFY(set.ok());
    QVERIFY(set->validate(kUri, json(R"({"b":1})")).ok());
    const auto endless = set->validate(kUri, json(R"({"a":1})"));
    QVERIFY(!endless.ok());
    QCOMPARE(endless.error().rule, std::string("schema.cycle"));
}

void TestSchemaLimits::cutsTheListOfViolationsButNotTheVerdict()
{
    const auto set = setOf({json(R"({"items":{"type":"null"}})")});
    const Json instance(std::vector<int>(SchemaSet::kViolationCountMax + 5, 7));
    QCOMPARE(set->validate(kUri, instance)->size(), SchemaSet::kViolationCountMax);

    const auto nested = setOf({json(R"({"anyOf":[{"items":{"maximum":3}}],"maxItems":1})")});
    QCOMPARE(nested->validate(kUri, instance)->size(), SchemaSet::kViolationCountMax);
}

void TestSchemaLimits::boundsDepth()
{
    const auto set = setOf({json(R"({"items":{"$ref":"#"}})")});
    QVERIFY(set.ok());
    Json deep = Json::array();
    for (std::size_t depth = 1; depth < SchemaSet::kDepthMax; ++depth)
        deep = Json::array({std::move(deep)});
    QVERIFY(set->validate(kUri, deep)->empty());
    deep = Json::array({std::move(deep)});
    QCOMPARE(set->validate(kUri, deep).error().code, ErrorCode::LimitExceeded);

    Json schema = true;
    for (std::size_t depth = 0; depth < SchemaSet::kDepthMax; ++depth)
        schema = Json{{"not", std::move(schema)}};
    SchemaSet::Builder builder;
    QCOMPARE(builder.add(std::move(schema), kUri).error().code, ErrorCode::LimitExceeded);
}

void TestSchemaLimits::boundsSchemasThatFanOut()
{
    Json schema{{"$ref", "#/$defs/0"}, {"$defs", Json::object()}};
    constexpr int kLevelCount = 40;
    for (int level = 0; level < kLevelCount; ++level) {
        const Json next{{"$ref", "#/$defs/" + std::to_string(level + 1)}};
        schema["$defs"][std::to_string(level)] = Json{{"allOf", Json::array({next, next})}};
    }
    schema["$defs"][std::to_string(kLevelCount)] = true;
    const auto set = setOf({schema});
    QVERIFY(set.ok());
    const auto answer = set->validate(kUri, Json(1));
    QVERIFY(!answer.ok());
    QCOMPARE(answer.error().rule, std::string("schema.steps"));
}

void TestSchemaLimits::answersTheSameOnManyThreads()
{
    constexpr int kThreadCount = 4;
    constexpr int kRoundCount = 200;
    const auto set = setOf(
        {json(R"({"patternProperties":{"^a+$":{"type":"null"}},"unevaluatedProperties":false})")});
    QVERIFY(set.ok());
    const Json instance = json(R"({"aa":1,"b":2})");
    const auto expected = *set->validate(kUri, instance);
    QCOMPARE(expected.size(), std::size_t{2});
    std::vector<int> differences(kThreadCount, 0);
    {
        std::vector<std::jthread> threads;
        for (int& count : differences)
            threads.emplace_back([&set, &instance, &expected, &count] {
                for (int round = 0; round < kRoundCount; ++round)
                    count += *set->validate(kUri, instance) == expected ? 0 : 1;
            });
    }
    QCOMPARE(differences, std::vector<int>(kThreadCount, 0));
}

QTEST_GUILESS_MAIN(TestSchemaLimits)
#include "tst_schema_limits.moc"
