#include "models/json.h"
#include "planes/data/contracts.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace countersign;

namespace {

QStringList jsonFiles(const QString& path)
{
    QStringList files;
    QDirIterator it(path, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    files.sort();
    return files;
}

std::string readBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string schemaText(std::string_view name)
{
    return readBytes(
        QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/schemas/")
        + QString::fromStdString(std::string(name)) + QStringLiteral(".schema.json"));
}

/// The contracts and the definitions they share.
std::vector<std::string> schemaTexts()
{
    std::vector<std::string> texts{schemaText("common")};
    for (const std::string_view name : data::contractNames())
        texts.push_back(schemaText(name));
    return texts;
}

/// The record says itself which contract it follows.
std::string contractOf(const Json& record)
{
    return record.contains("header") ? textMember(record["header"], "schema") : std::string();
}

struct Record
{
    QString path;
    Json value;
};

/// All governed records of the demonstration; files that are no records (sources) are left out.
std::vector<Record> demoRecords()
{
    std::vector<Record> records;
    for (const QString& path :
         jsonFiles(QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo/decisions"))) {
        if (path.contains(QStringLiteral("/sources/")))
            continue;
        auto value = parseJson(readBytes(path));
        if (value.ok() && !contractOf(*value).empty())
            records.push_back({path, *std::move(value)});
    }
    return records;
}

bool holds(
    const std::vector<data::SchemaViolation>& violations,
    const std::string& pointer,
    const std::string& keyword)
{
    return std::any_of(violations.begin(), violations.end(), [&](const auto& violation) {
        return violation.instancePointer == pointer && violation.keyword == keyword;
    });
}

} // namespace

class TestContracts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesEveryContract();
    void acceptsEveryDemoRecord();
    void noticesEveryMissingRequiredMember();
    void refusesUnknownMembersInEveryRecord();
    void refusesWrongTypesInEveryMember();
    void refusesAnAgentAsExecutorOfAStep();
    void refusesAnIncompleteOrBrokenSet();

private:
    [[nodiscard]] Result<std::vector<data::SchemaViolation>> validate(const Json& record) const
    {
        return validate(contractOf(record), record);
    }
    [[nodiscard]] Result<std::vector<data::SchemaViolation>>
    validate(std::string_view contract, const Json& record) const
    {
        return m_schemas->validate(data::contractSchemaUri(contract), record);
    }

    std::optional<data::SchemaSet> m_schemas;
    std::vector<Record> m_records;
};

void TestContracts::initTestCase()
{
    auto schemas = data::loadContractSchemas(schemaTexts());
    QVERIFY2(schemas.ok(), schemas.ok() ? "" : schemas.error().describe().c_str());
    m_schemas = *std::move(schemas);
    m_records = demoRecords();
    QVERIFY(!m_records.empty());
}

void TestContracts::namesEveryContract()
{
    QCOMPARE(
        data::contractSchemaUri("memo"),
        std::string("https://contracts.countersign.example/v1/memo.schema.json"));
    const auto names = data::contractNames();
    QVERIFY(std::is_sorted(names.begin(), names.end()));
    for (const std::string_view name : names)
        QVERIFY(m_schemas->validate(data::contractSchemaUri(name), Json::object()).ok());
    QCOMPARE(
        m_schemas->validate(data::contractSchemaUri("invoice"), Json()).error().code,
        ErrorCode::NotFound);
}

void TestContracts::acceptsEveryDemoRecord()
{
    for (const Record& record : m_records) {
        const auto violations = validate(record.value);
        QVERIFY2(violations.ok(), qPrintable(record.path));
        if (!violations->empty())
            QFAIL(qPrintable(
                record.path + QStringLiteral(" ")
                + QString::fromStdString(
                    violations->front().instancePointer + ": " + violations->front().message)));
    }
}

void TestContracts::noticesEveryMissingRequiredMember()
{
    for (const Record& record : m_records) {
        Json headless = record.value;
        headless["header"].erase("record_id");
        QVERIFY2(holds(*validate(headless), "/header", "required"), qPrintable(record.path));
        // Empty but for its header, no record is complete.
        const Json bare{{"header", record.value["header"]}};
        QVERIFY2(holds(*validate(bare), "", "required"), qPrintable(record.path));
    }
}

void TestContracts::refusesUnknownMembersInEveryRecord()
{
    for (const Record& record : m_records) {
        Json extended = record.value;
        extended["cost_centre"] = 1;
        QVERIFY2(holds(*validate(extended), "", "additionalProperties"), qPrintable(record.path));
    }
}

void TestContracts::refusesWrongTypesInEveryMember()
{
    for (const Record& record : m_records) {
        for (const auto& member : record.value.items()) {
            // No member of any record may be a bare boolean list.
            Json broken = record.value;
            broken[member.key()] = Json::array({true, false});
            QVERIFY2(
                !validate(contractOf(record.value), broken)->empty(),
                qPrintable(
                    record.path + QStringLiteral(" ") + QString::fromStdString(member.key())));
        }
    }
}

void TestContracts::refusesAnAgentAsExecutorOfAStep()
{
    const auto found = std::find_if(m_records.begin(), m_records.end(), [](const Record& record) {
        return contractOf(record.value) == "tool_receipt";
    });
    QVERIFY(found != m_records.end());
    Json receipt = found->value;
    receipt["executed_by"] = Json{
        {"type", "recommender_agent"},
        {"id", "planner"},
        {"display_name", "Planner"},
        {"model", {{"provider", "p"}, {"name", "n"}, {"version", "1"}}}};
    QVERIFY(holds(*validate(receipt), "/executed_by/type", "enum"));
}

void TestContracts::refusesAnIncompleteOrBrokenSet()
{
    std::vector<std::string> texts = schemaTexts();
    for (std::size_t left = 0; left < texts.size(); ++left) {
        std::vector<std::string> incomplete = texts;
        incomplete.erase(incomplete.begin() + static_cast<std::ptrdiff_t>(left));
        QVERIFY(!data::loadContractSchemas(incomplete).ok());
    }
    QVERIFY(!data::loadContractSchemas({}).ok());
    texts.push_back("{");
    QCOMPARE(data::loadContractSchemas(texts).error().rule, std::string("json.syntax"));
    texts.back() = texts.front();
    QCOMPARE(data::loadContractSchemas(texts).error().rule, std::string("schema.duplicate_id"));
}

QTEST_GUILESS_MAIN(TestContracts)
#include "tst_contracts.moc"
