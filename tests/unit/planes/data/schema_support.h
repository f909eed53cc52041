#pragma once

#include "models/json.h"
#include "planes/data/json_schema.h"

#include <QTest>

#include <string>
#include <vector>

/// What the tests of the JSON Schema validator share: tables of schema, instance and the outline of
/// what must be found.
namespace countersign::data::test {

inline constexpr auto kUri = "https://test.example/s";

inline Json json(const char* text)
{
    auto value = parseJson(text);
    if (!value.ok())
        qFatal("%s: %s", text, value.error().describe().c_str());
    return *std::move(value);
}

inline Result<SchemaSet>
setOf(const std::vector<Json>& schemas, FormatMode mode = FormatMode::Assert)
{
    SchemaSet::Builder builder;
    int number = 0;
    for (const Json& schema : schemas) {
        CS_CHECK(builder.add(schema, number == 0 ? kUri : kUri + std::to_string(number)));
        ++number;
    }
    return builder.build(mode);
}

/// `pointer keyword` of each violation, in the order found.
inline QString outline(const std::vector<SchemaViolation>& violations)
{
    QStringList lines;
    for (const SchemaViolation& violation : violations)
        lines.append(QString::fromStdString(violation.instancePointer + " " + violation.keyword));
    return lines.join(QStringLiteral("; "));
}

inline QString outline(const Result<SchemaSet>& set, const Json& instance)
{
    if (!set.ok())
        return QStringLiteral("refused: ") + QString::fromStdString(set.error().describe());
    const auto violations = set->validate(kUri, instance);
    if (!violations.ok())
        return QStringLiteral("error: ") + QString::fromStdString(violations.error().describe());
    return outline(*violations);
}

struct Case
{
    const char* name;
    const char* schema;
    const char* instance;
    const char* expected; ///< "" when valid
};

inline void addRows(const std::vector<Case>& cases)
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    QTest::addColumn<QString>("expected");
    for (const Case& row : cases)
        QTest::newRow(row.name) << QByteArray(row.schema) << QByteArray(row.instance)
                                << QString::fromLatin1(row.expected);
}

inline void checkRow()
{
    QFETCH(const QByteArray, schema);
    QFETCH(const QByteArray, instance);
    QFETCH(const QString, expected);
    QCOMPARE(outline(setOf({json(schema.constData())}), json(instance.constData())), expected);
}

} // namespace countersign::data::test
