#include "models/records/record.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include <algorithm>
#include <map>
#include <vector>

using namespace countersign;

namespace {

QByteArray bytesOf(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

/// The later elements of an array are like the first ones.
constexpr std::size_t kElementsTriedMax = 2;

/// Of every object member below `value`; of every value when `alsoElements`.
void collectPointers(
    const Json& value, const std::string& at, bool alsoElements, std::vector<std::string>& pointers)
{
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            const std::string place = at + "/" + pointerToken(key);
            pointers.push_back(place);
            collectPointers(member, place, alsoElements, pointers);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < std::min(value.size(), kElementsTriedMax); ++i) {
            const std::string element = at + "/" + std::to_string(i);
            if (alsoElements)
                pointers.push_back(element);
            collectPointers(value[i], element, alsoElements, pointers);
        }
    }
}

Json withoutMember(Json document, const std::string& pointer)
{
    const std::size_t slash = pointer.rfind('/');
    const auto place = Json::json_pointer(pointer);
    document[Json::json_pointer(pointer.substr(0, slash))].erase(place.back());
    return document;
}

/// Reading either fails with the place, or loses nothing.
bool isRefusedWithAPlaceOrKept(const Json& document)
{
    const auto record = parseRecord(document);
    if (!record.ok())
        return record.error().code == ErrorCode::InvalidInput && !record.error().rule.empty()
               && record.error().pointer.starts_with('/');
    return toJson(*record) == document;
}

} // namespace

class TestRecords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesBackExactlyWhatItRead_data();
    void writesBackExactlyWhatItRead();
    void keepsMembersThatNoSampleHas_data();
    void keepsMembersThatNoSampleHas();
    void survivesTheLossOfAnyMember_data();
    void survivesTheLossOfAnyMember();
    void survivesAnyValueOfAnotherType_data();
    void survivesAnyValueOfAnotherType();
    void refusesAnUnknownMemberByItsPlace_data();
    void refusesAnUnknownMemberByItsPlace();
    void refusesHostileValues_data();
    void refusesHostileValues();
    void refusesWhatIsNoRecord();
    void refusesARecordOfAnotherKind();
    void keepsTheZoneOfATime();
    void readsNumbersInEitherSpelling();
    void knowsWhenEvidenceIsFresh();

private:
    void addRowForEachKind() const;

    /// By path below the samples folder; only records, not the sources they cite.
    std::map<QString, Json> m_documents;
    /// The longest document of each kind.
    std::map<std::string, Json> m_longest;
};

void TestRecords::initTestCase()
{
    const QString root = QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo/decisions");
    QDirIterator files(root, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().contains(QStringLiteral("/sources/")))
            continue;
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto document = parseJson(file.readAll().toStdString());
        QVERIFY2(document.ok(), qPrintable(file.fileName()));
        Json& longest = m_longest[recordKind(*document)];
        if (document->dump().size() > longest.dump().size())
            longest = *document;
        m_documents.emplace(file.fileName().mid(root.size() + 1), std::move(*document));
    }
    QCOMPARE(m_longest.size(), std::variant_size_v<Record>);
}

void TestRecords::addRowForEachKind() const
{
    QTest::addColumn<QByteArray>("kind");
    for (const auto& [kind, document] : m_longest)
        QTest::newRow(kind.c_str()) << bytesOf(kind);
}

void TestRecords::writesBackExactlyWhatItRead_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& [path, document] : m_documents)
        QTest::newRow(qPrintable(path)) << path;
}

void TestRecords::writesBackExactlyWhatItRead()
{
    QFETCH(QString, path);
    const Json& document = m_documents.at(path);
    const auto record = parseRecord(document);
    QVERIFY2(record.ok(), record.ok() ? "" : record.error().describe().c_str());
    const Json written = toJson(*record);
    QVERIFY(written == document);
    QVERIFY(canonicalDigest(written).value() == canonicalDigest(document).value());
    QVERIFY(parseRecord(written).value() == *record);
    QCOMPARE(headerOf(*record).recordId.text(), document["header"]["record_id"].get<std::string>());
}

void TestRecords::keepsMembersThatNoSampleHas_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    const QByteArray id = R"("evi_01JV0000000000000000000ABC")";
    const QByteArray digest = '"' + QByteArray(64, 'a') + '"';
    const QByteArray time = R"("2026-05-18T13:18:00.5+03:00")";
    const auto row = [](const char* kind, const char* pointer, const QByteArray& value) {
        QTest::addRow("%s%s", kind, pointer) << QByteArray(kind) << QByteArray(pointer) << value;
    };
    for (const auto& [kind, document] : m_longest) {
        const char* const name = kind.c_str();
        row(name, "/extensions", R"({"acme.note":{"any":[1,null,{"x":2.5}]},"acme.other":"é"})");
        row(name, "/header/causation_id", id);
        row(name, "/header/supersedes_sha256", digest);
        row(name, "/header/decision_id", R"("dec_01JV0000000000000000000ABC")");
        row(name, "/header/created_by/role", R"("cfo")");
        row(name, "/header/created_by/on_behalf_of", R"("someone.else")");
        row(name,
            "/header/created_by/model",
            R"({"provider":"p","name":"n","version":"1","prompt_sha256":)" + digest + "}");
    }
    row("approval_request",
        "/votes/0/amended_plan",
        R"({"schema":"execution_plan","record_id":)" + id + R"(,"revision":2,"sha256":)" + digest
            + "}");
    row("approval_request", "/votes/0/defer_until", time);
    row("evidence_item", "/derivation/note", R"("x")");
    row("evidence_item", "/derivation/query_sha256", digest);
    row("evidence_item", "/sources/0/published_at", time);
    row("forecast",
        "/entries/0/actual",
        R"({"value":1.5,"observed_at":)" + time + R"(,"evidence_id":)" + id + "}");
    row("metric_definition", "/derived_from", R"([{"key":"a.b","version":1}])");
    row("metric_definition", "/replaced_by", R"({"key":"a.c","version":2})");
    row("metric_definition", "/valid_until", time);
    row("outcome", "/measurements/0/evidence_ids", "[" + id + "]");
    row("risk_synthesis", "/risks/0/controls/0/evidence_ids", "[" + id + "," + id + "]");
    row("scenario_set",
        "/model/variables/0/elicited_from",
        R"({"type":"human","id":"a.b","display_name":"A B"})");
    row("scenario_set", "/model/variables/0/is_decision", "false");
    row("scenario_set", "/model/correlations", "[]");
    row("memo", "/consulted", "[]");
    row("memo", "/translations", "{}");
}

void TestRecords::keepsMembersThatNoSampleHas()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    Json document = m_longest.at(kind.toStdString());
    document[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString()).value();
    const auto record = parseRecord(document);
    QVERIFY2(record.ok(), record.ok() ? "" : record.error().describe().c_str());
    QVERIFY(toJson(*record) == document);
}

void TestRecords::survivesTheLossOfAnyMember_data()
{
    addRowForEachKind();
}

void TestRecords::survivesTheLossOfAnyMember()
{
    QFETCH(QByteArray, kind);
    const Json& document = m_longest.at(kind.toStdString());
    std::vector<std::string> pointers;
    collectPointers(document, {}, false, pointers);
    std::size_t refusedCount = 0;
    for (const std::string& pointer : pointers) {
        const Json shorter = withoutMember(document, pointer);
        QVERIFY2(isRefusedWithAPlaceOrKept(shorter), pointer.c_str());
        const auto record = parseRecord(shorter);
        if (record.ok())
            continue;
        ++refusedCount;
        // Without a header nothing says what kind of record it is.
        QCOMPARE(
            bytesOf(record.error().pointer),
            bytesOf(pointer == "/header" ? "/header/schema" : pointer));
    }
    QVERIFY(refusedCount > 20);
}

void TestRecords::survivesAnyValueOfAnotherType_data()
{
    addRowForEachKind();
}

void TestRecords::survivesAnyValueOfAnotherType()
{
    QFETCH(QByteArray, kind);
    const Json& document = m_longest.at(kind.toStdString());
    std::vector<std::string> pointers = {""};
    collectPointers(document, {}, true, pointers);
    const std::vector<Json> others = {
        nullptr, true, -1.5, 18446744073709551615U, "", "x", Json::array(), Json::object()};
    for (const std::string& pointer : pointers) {
        Json changed = document;
        Json& place = changed[Json::json_pointer(pointer)];
        for (const Json& other : others) {
            place = other;
            QVERIFY2(isRefusedWithAPlaceOrKept(changed), (pointer + " " + other.dump()).c_str());
        }
    }
}

void TestRecords::refusesAnUnknownMemberByItsPlace_data()
{
    addRowForEachKind();
}

void TestRecords::refusesAnUnknownMemberByItsPlace()
{
    QFETCH(QByteArray, kind);
    Json document = m_longest.at(kind.toStdString());
    document.erase("extensions");
    std::vector<std::string> pointers = {""};
    collectPointers(document, {}, true, pointers);
    for (const std::string& pointer : pointers) {
        const bool isOpen =
            pointer.find("/payload") != std::string::npos || pointer.ends_with("/translations");
        Json changed = document;
        Json& place = changed[Json::json_pointer(pointer)];
        if (isOpen || !place.is_object())
            continue;
        place["un/known"] = 1;
        const auto record = parseRecord(changed);
        QVERIFY2(!record.ok(), pointer.c_str());
        QCOMPARE(bytesOf(record.error().rule), QByteArray("additionalProperties"));
        QCOMPARE(bytesOf(record.error().pointer), bytesOf(pointer + "/un~1known"));
    }
}

void TestRecords::refusesHostileValues_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("rule");
    const auto row = [](const char* pointer, const char* value, const char* rule) {
        QTest::addRow("%s %s", pointer, value)
            << QByteArray(pointer) << QByteArray(value) << QByteArray(rule);
    };
    row("/status", R"("Draft")", "enum");
    row("/header/record_id", R"("mem_x")", "id.form");
    row("/header/decision_id", R"("mem_01JV0000000000000000000ABC")", "id.kind");
    row("/header/created_by/type", R"("robot")", "enum");
    row("/header/created_at", R"("2026-05-18T13:18:00")", "instant.form");
    row("/header/revision", "1.5", "type");
    row("/header/revision", "9223372036854775808", "type");
    row("/header/revision", "1e300", "type");
    row("/classes/approval", R"("A4")", "enum");
    row("/rollback/cost", R"({"amount":"1e3","currency":"USD"})", "money.amount");
    row("/rollback/cost", R"({"amount":1,"currency":"USD"})", "type");
    row("/rollback/cost", R"({"currency":"USD"})", "required");
    row("/rollback/cost", R"({"amount":"1","currency":"USD","x":1})", "additionalProperties");
    row("/options", "{}", "type");
    row("/options/0", "[]", "type");
    row("/extensions", "null", "type");
}

void TestRecords::refusesHostileValues()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, rule);
    Json document = m_longest.at("memo");
    document[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString()).value();
    const auto memo = parseMemo(document);
    QVERIFY(!memo.ok());
    QCOMPARE(bytesOf(memo.error().rule), rule);
    QVERIFY(bytesOf(memo.error().pointer).startsWith(pointer));
}

void TestRecords::refusesWhatIsNoRecord()
{
    for (const char* text :
         {"null",
          "[]",
          "{}",
          "1",
          R"({"header":1})",
          R"({"header":{}})",
          R"({"header":{"schema":1}})",
          R"({"header":{"schema":"letter"}})"}) {
        const Json document = parseJson(text).value();
        const auto record = parseRecord(document);
        QVERIFY2(!record.ok(), text);
        QCOMPARE(bytesOf(record.error().rule), QByteArray("record.kind"));
        QVERIFY2(!parseMemo(document).ok(), text);
    }
    QCOMPARE(recordKind(parseJson(R"({"header":{"schema":"memo"}})").value()), std::string("memo"));
}

void TestRecords::refusesARecordOfAnotherKind()
{
    Json document = m_longest.at("memo");
    document["header"]["schema"] = "scenario_set";
    const auto memo = parseMemo(document);
    QVERIFY(!memo.ok());
    QCOMPARE(bytesOf(memo.error().pointer), QByteArray("/header/schema"));
    QVERIFY(!parseRecord(document).ok());
    QVERIFY(!parseScenarioSet(m_longest.at("memo")).ok());
}

void TestRecords::keepsTheZoneOfATime()
{
    Json document = m_longest.at("memo");
    document["decide_by"] = "2026-05-18T16:18:00.000+03:00";
    const auto memo = parseMemo(document);
    QVERIFY(memo.ok());
    QCOMPARE(memo->decideBy.at.text(), std::string("2026-05-18T13:18:00Z"));
    QCOMPARE(
        toJson(*memo)["decide_by"].get<std::string>(),
        std::string("2026-05-18T16:18:00.000+03:00"));
    const Instant at = Instant::fromUnixSeconds(0);
    QCOMPARE(StatedInstant::of(at).text, std::string("1970-01-01T00:00:00Z"));
}

void TestRecords::readsNumbersInEitherSpelling()
{
    Json document = m_longest.at("memo");
    document["header"]["revision"] = 2.0;
    document["recommendation"]["confidence"] = 1;
    const auto memo = parseMemo(document);
    QVERIFY(memo.ok());
    QCOMPARE(memo->header.revision, std::int64_t{2});
    QCOMPARE(memo->recommendation.confidence, 1.0);
    QVERIFY(canonicalDigest(toJson(*memo)).value() == canonicalDigest(document).value());
}

void TestRecords::knowsWhenEvidenceIsFresh()
{
    using namespace std::chrono_literals;
    const Instant asOf = Instant::fromUnixSeconds(1'000);
    const Freshness freshness{StatedInstant::of(asOf), 60};
    QVERIFY(freshness.isFreshAt(asOf + 60s));
    QVERIFY(!freshness.isFreshAt(asOf + 60s + 1us));
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
