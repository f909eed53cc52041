#include "models/records/distribution.h"

#include <QtTest>

using namespace countersign;

class TestDistribution final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryKindOfDistribution_data();
    void keepsEveryKindOfDistribution();
    void refusesOtherForms_data();
    void refusesOtherForms();
};

void TestDistribution::keepsEveryKindOfDistribution_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("index");
    int index = 0;
    const auto row = [&](const char* kind, const char* members) {
        QTest::addRow("%s %s", kind, members)
            << QByteArray(R"({"kind":")") + kind + R"(",)" + members + "}" << index;
    };
    row("constant", R"("value":3)");
    ++index;
    row("uniform", R"("min":-1,"max":2.5)");
    ++index;
    row("triangular", R"("min":1,"mode":2,"max":4)");
    ++index;
    row("pert", R"("min":1,"mode":2,"max":4)");
    row("pert", R"("min":1,"mode":2,"max":4,"gamma":2)");
    ++index;
    row("normal", R"("mean":0,"sd":1)");
    ++index;
    row("lognormal_p5_p95", R"("p5":1,"p95":9)");
    ++index;
    row("beta", R"("alpha":2,"beta":3)");
    row("beta", R"("alpha":2,"beta":3,"min":-1,"max":1)");
    ++index;
    row("bernoulli", R"("p":0.25)");
    ++index;
    row("poisson", R"("rate":0)");
    ++index;
    row("discrete", R"("points":[{"value":1,"weight":2},{"value":0,"weight":1}])");
    ++index;
    row("metalog", R"("terms":3,"points":[{"p":0.1,"value":1},{"p":0.9,"value":2}])");
    row("metalog", R"("terms":2,"lower":0,"upper":9,"points":[])");
}

void TestDistribution::keepsEveryKindOfDistribution()
{
    QFETCH(QByteArray, text);
    QFETCH(int, index);
    const Json json = parseJson(text.toStdString()).value();
    const auto distribution = parseDistribution(json);
    QVERIFY2(distribution.ok(), distribution.ok() ? "" : distribution.error().describe().c_str());
    QCOMPARE(distribution->index(), static_cast<std::size_t>(index));
    QVERIFY(toJson(*distribution) == json);
}

void TestDistribution::refusesOtherForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char* text, const char* rule, const char* pointer) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(rule) << QByteArray(pointer);
    };
    row("null", "type", "");
    row("[]", "type", "");
    row("{}", "required", "/kind");
    row(R"({"kind":1})", "type", "/kind");
    row(R"({"kind":"gamma"})", "enum", "/kind");
    row(R"({"kind":"normal","mean":0})", "required", "/sd");
    row(R"({"kind":"normal","mean":0,"sd":"1"})", "type", "/sd");
    row(R"({"kind":"constant","value":1,"max":2})", "additionalProperties", "/max");
    row(R"({"kind":"discrete","points":[{"value":1}]})", "required", "/points/0/weight");
    row(R"({"kind":"metalog","terms":2.5,"points":[]})", "type", "/terms");
}

void TestDistribution::refusesOtherForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, pointer);
    const auto distribution = parseDistribution(parseJson(text.toStdString()).value());
    QVERIFY(!distribution.ok());
    QCOMPARE(QByteArray::fromStdString(distribution.error().rule), rule);
    QCOMPARE(QByteArray::fromStdString(distribution.error().pointer), pointer);
}

QTEST_GUILESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
