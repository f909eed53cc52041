#include "planes/data/json_schema.h"
#include "planes/execution/connector_catalog.h"
#include "planes/execution/connector_manifest.h"
#include "tests/support/connector_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::execution;

Q_DECLARE_METATYPE(countersign::Json)

namespace {

const QString kSourceDir = QStringLiteral(COUNTERSIGN_SOURCE_DIR);

Json readJson(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<Json> parsed = parseJson(file.readAll().toStdString());
    return parsed.ok() ? *parsed : Json();
}

/// One of each transport, with every optional member.
Json httpDocument()
{
    Json document = test::manifestDocument(
        "ledger",
        {{"kind", "http"},
         {"base_url", "https://${HOST}/v1/"},
         {"idempotency_header", "X-Once"},
         {"auth", {{"kind", "header"}, {"secret", "ledger.token"}, {"header", "X-Token"}}}});
    Json& operation = test::operationIn(document);
    operation["method"] = "PUT";
    operation["path"] = "/things/do";
    operation["undone_by"] = "thing.do";
    operation["failures"] = {
        {"423", {{"code", "locked"}, {"retryable", true}, {"effect_uncertain", false}}}};
    document["extensions"] = {{"acme.cost_centre", 7}};
    return document;
}

Json processDocument()
{
    return test::manifestDocument(
        "tool",
        {{"kind", "process"},
         {"program", "${BIN}/tool"},
         {"arguments", {"--key", "{idempotency_key}", "${HOST}"}},
         {"exit_codes", {{"65", {{"code", "rejected"}, {"retryable", false}}}}}});
}

Json dropDocument()
{
    return test::manifestDocument("drop", {{"kind", "file_drop"}, {"folder", "${WORK}/out"}});
}

const std::map<std::string, std::string> kVariables = {
    {"HOST", "ledger.example"}, {"BIN", "/opt/bin"}, {"WORK", "/srv/my work"}};

Result<data::SchemaSet> manifestSchema()
{
    data::SchemaSet::Builder builder;
    for (const char* name : {"common", "connector_manifest"})
        CS_CHECK(builder.add(readJson(
            kSourceDir + QStringLiteral("/resources/schemas/") + QString::fromUtf8(name)
            + QStringLiteral(".schema.json"))));
    return builder.build(data::FormatMode::Assert);
}

} // namespace

class ConnectorManifestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryPartOfAnHttpManifest();
    void readsProcessAndFolder();
    void refusesWhatTheContractRefuses_data();
    void refusesWhatTheContractRefuses();
    void refusesUndoByAnUnknownOperation();
    void replacesVariablesOnce();
    void refusesBadAddresses_data();
    void refusesBadAddresses();
    void digestIsThatOfTheDocument();
    void catalogRefusesTwoOfOneVersion();
    void catalogRefusesAContractThatIsNoSchema();
    void catalogChecksPayloadAndAnswer();
    void folderErrorsNameTheFile();
    void demoConnectorsServeTheSamplePlans();
};

void ConnectorManifestTest::readsEveryPartOfAnHttpManifest()
{
    const auto manifest = parseManifest(httpDocument());
    QVERIFY2(manifest.ok(), manifest.ok() ? "" : manifest.error().describe().c_str());
    QCOMPARE(manifest->name, std::string("ledger"));
    QCOMPARE(manifest->concurrencyMax, 2);
    QCOMPARE(manifest->responseBytesMax, std::size_t{65536});
    const auto& http = std::get<HttpAddress>(manifest->address);
    QCOMPARE(http.idempotencyHeader, std::string("X-Once"));
    QVERIFY(http.auth == AuthKind::Header);
    QCOMPARE(http.secretName, std::string("ledger.token"));
    QCOMPARE(http.authHeader, std::string("X-Token"));
    const ConnectorOperation* operation = manifest->operation("thing.do");
    QVERIFY(operation != nullptr);
    QCOMPARE(operation->method, std::string("PUT"));
    QCOMPARE(operation->path, std::string("/things/do"));
    QCOMPARE(text(operation->classes), std::string("A1 R1 S1 B"));
    QCOMPARE(operation->failures.at(423).code, std::string("locked"));
    QVERIFY(operation->failures.at(423).effectUncertain == false);
    QVERIFY(manifest->operation("thing.undo") == nullptr);
}

void ConnectorManifestTest::readsProcessAndFolder()
{
    const auto tool = parseManifest(processDocument());
    QVERIFY(tool.ok());
    QCOMPARE(std::get<ProcessAddress>(tool->address).arguments.size(), std::size_t{3});
    QVERIFY(!std::get<ProcessAddress>(tool->address).exitCodes.at(65).effectUncertain);
    QCOMPARE(tool->operation("thing.do")->path, std::string("/thing.do"));
    QVERIFY(parseManifest(dropDocument()).ok());
}

void ConnectorManifestTest::refusesWhatTheContractRefuses_data()
{
    QTest::addColumn<Json>("document");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("rule");

    const auto row = [](const char* name,
                        Json document,
                        const char* place,
                        Json value,
                        const char* pointer,
                        const char* rule) {
        document[Json::json_pointer(place)] = std::move(value);
        QTest::newRow(name) << document << QString::fromUtf8(pointer) << QString::fromUtf8(rule);
    };
    const auto same = [&row](const char* place, Json value, const char* rule) {
        row((std::string(place) + " " + value.dump()).c_str(),
            httpDocument(),
            place,
            value,
            place,
            rule);
    };
    constexpr const char* kOperation = "/operations/thing.do";
    same("/more", 1, "additionalProperties");
    same("/schema", "memo", "pattern");
    same("/schema_version", "2.0", "pattern");
    same("/name", "Ledger", "pattern");
    same("/name", "l", "pattern");
    same("/name", 7, "type");
    same("/version", "1", "pattern");
    same("/version", "1.0.0.0", "pattern");
    same("/version", "1.x", "pattern");
    same("/title", " ", "pattern");
    same("/title", std::string(201, 'x'), "pattern");
    same("/owner", "", "pattern");
    same("/transport", "http", "type");
    same("/transport/kind", "ftp", "pattern");
    same("/transport/base_url", "", "pattern");
    same("/transport/base_url", "https://a b", "pattern");
    same("/transport/idempotency_header", "X Once", "pattern");
    same("/transport/idempotency_header", "X\r\nEvil", "pattern");
    same("/transport/folder", "/tmp", "additionalProperties");
    same("/transport/auth/kind", "basic", "pattern");
    same("/transport/auth/secret", "A", "pattern");
    same("/transport/auth/header", "X:Y", "pattern");
    same("/limits/concurrency", 0, "minimum");
    same("/limits/concurrency", 65, "maximum");
    same("/limits/concurrency", 1.5, "type");
    same("/limits/response_bytes_max", std::uint64_t{18446744073709551615U}, "maximum");
    same("/limits/rate", 1, "additionalProperties");
    same("/operations", Json::object(), "minProperties");
    same("/extensions/plain", 1, "pattern");

    const auto inOperation = [&](const char* place, Json value, const char* rule) {
        const std::string whole = std::string(kOperation) + place;
        row((whole + " " + value.dump().substr(0, 40)).c_str(),
            httpDocument(),
            whole.c_str(),
            value,
            whole.c_str(),
            rule);
    };
    inOperation("/title", "\n", "pattern");
    inOperation("/classes/approval", "A4", "enum");
    inOperation("/classes/action", "b", "enum");
    inOperation("/classes/more", "x", "additionalProperties");
    inOperation("/deduplicates", "yes", "type");
    inOperation("/method", "GET", "pattern");
    inOperation("/path", "/a/../b", "pattern");
    inOperation("/path", "things", "pattern");
    inOperation("/path", "/a?b=1", "pattern");
    inOperation("/timeout_ms_max", 0, "minimum");
    inOperation("/timeout_ms_max", 604'800'001, "maximum");
    inOperation("/input", true, "type");
    inOperation("/failures/423/code", "Bad", "pattern");
    inOperation("/failures/423/retryable", 1, "type");
    inOperation("/failures/042", Json::object(), "pattern");
    inOperation("/undone_by", "Thing", "pattern");
    inOperation("/retries", 3, "additionalProperties");

    row("argument with a null byte",
        processDocument(),
        "/transport/arguments/0",
        std::string("a\0b", 3),
        "/transport/arguments/0",
        "pattern");
    row("argument that is a number",
        processDocument(),
        "/transport/arguments/0",
        1,
        "/transport/arguments/0",
        "type");
    row("arguments as one text",
        processDocument(),
        "/transport/arguments",
        "a b",
        "/transport/arguments",
        "type");
    row("folder with a secret",
        dropDocument(),
        "/transport/auth",
        Json::object(),
        "/transport/auth",
        "additionalProperties");

    Json bare = httpDocument();
    bare.erase("limits");
    QTest::newRow("no limits") << bare << QString() << QStringLiteral("required");
    Json noOutput = httpDocument();
    test::operationIn(noOutput).erase("output");
    QTest::newRow("no output") << noOutput << QString::fromUtf8(kOperation)
                               << QStringLiteral("required");
    QTest::newRow("a list") << Json::array() << QString() << QStringLiteral("type");
}

void ConnectorManifestTest::refusesWhatTheContractRefuses()
{
    QFETCH(Json, document);
    QFETCH(QString, pointer);
    QFETCH(QString, rule);

    const auto manifest = parseManifest(document);
    QVERIFY(!manifest.ok());
    QVERIFY(manifest.error().code == ErrorCode::InvalidInput);
    QCOMPARE(QString::fromStdString(manifest.error().pointer), pointer);
    QCOMPARE(QString::fromStdString(manifest.error().rule), rule);

    // The published contract and the reader must not part.
    const auto schema = manifestSchema();
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    const std::string uri =
        "https://contracts.countersign.example/v1/connector_manifest.schema.json";
    QVERIFY(!schema->validate(uri, document)->empty());
    for (const Json& good : {httpDocument(), processDocument(), dropDocument()})
        QVERIFY(schema->validate(uri, good)->empty());
}

void ConnectorManifestTest::refusesUndoByAnUnknownOperation()
{
    Json document = httpDocument();
    test::operationIn(document)["undone_by"] = "thing.undo";
    const auto manifest = parseManifest(document);
    QVERIFY(!manifest.ok());
    QCOMPARE(manifest.error().rule, std::string("manifest.undone_by"));
    QCOMPARE(manifest.error().pointer, std::string("/operations/thing.do/undone_by"));
}

void ConnectorManifestTest::replacesVariablesOnce()
{
    const auto http = withVariables(*parseManifest(httpDocument()), kVariables);
    QVERIFY(http.ok());
    QCOMPARE(
        std::get<HttpAddress>(http->address).baseUrl, std::string("https://ledger.example/v1"));
    const auto tool =
        withVariables(*parseManifest(processDocument()), {{"HOST", "${BIN}"}, {"BIN", "/bin"}});
    QVERIFY(tool.ok());
    QCOMPARE(std::get<ProcessAddress>(tool->address).program, std::string("/bin/tool"));
    QCOMPARE(std::get<ProcessAddress>(tool->address).arguments.at(2), std::string("${BIN}"));
    const auto drop = withVariables(*parseManifest(dropDocument()), kVariables);
    QVERIFY(drop.ok());
    QCOMPARE(std::get<FileDropAddress>(drop->address).folder, std::string("/srv/my work/out"));
}

void ConnectorManifestTest::refusesBadAddresses_data()
{
    QTest::addColumn<Json>("document");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("rule");

    const QString url = QStringLiteral("/transport/base_url");
    const auto http = [&](const char* address, const char* rule) {
        QTest::newRow(address) << httpDocument() << url << QString::fromUtf8(address)
                               << QString::fromUtf8(rule);
    };
    http("${NOWHERE}/x", "manifest.variable");
    http("https://${HOST", "manifest.variable");
    http("${host}", "manifest.variable");
    http("ftp://ledger.example", "manifest.base_url");
    http("file:///etc/passwd", "manifest.base_url");
    http("ledger.example", "manifest.base_url");
    http("https://", "manifest.base_url");
    http("https://user:word@ledger.example", "manifest.base_url");
    http("https://ledger.example/?a=b", "manifest.base_url");
    http("https://ledger.example/#a", "manifest.base_url");
    http("http://ledger.example", "manifest.insecure_secret");
    http("http://127.0.0.1.example", "manifest.insecure_secret");
    http("http://127.evil.0.1", "manifest.insecure_secret");
    http("http://localhost.example", "manifest.insecure_secret");
    http("http://127.0.0.1:8080", "");
    http("http://[::1]:8080", "");
    http("http://localhost", "");
    http("https://ledger.example", "");

    const auto path =
        [](const char* name, const Json& document, const char* place, const char* address) {
            QTest::newRow(name) << document << QString::fromUtf8(place)
                                << QString::fromUtf8(address)
                                << QStringLiteral("manifest.absolute_path");
        };
    path("relative folder", dropDocument(), "/transport/folder", "out");
    path("folder upwards", dropDocument(), "/transport/folder", "/srv/../etc");
    path("folder upwards at the end", dropDocument(), "/transport/folder", "/srv/..");
    path("program by name", processDocument(), "/transport/program", "tool");
}

void ConnectorManifestTest::refusesBadAddresses()
{
    QFETCH(Json, document);
    QFETCH(QString, place);
    QFETCH(QString, address);
    QFETCH(QString, rule);

    document[Json::json_pointer(place.toStdString())] = address.toStdString();
    const auto parsed = parseManifest(document);
    QVERIFY2(parsed.ok(), parsed.ok() ? "" : parsed.error().describe().c_str());
    const auto resolved = withVariables(*parsed, kVariables);
    QCOMPARE(resolved.ok(), rule.isEmpty());
    if (resolved.ok())
        return;
    QCOMPARE(QString::fromStdString(resolved.error().rule), rule);
    QCOMPARE(QString::fromStdString(resolved.error().pointer), place);
}

void ConnectorManifestTest::digestIsThatOfTheDocument()
{
    const auto manifest = parseManifest(httpDocument());
    const auto resolved = withVariables(*manifest, kVariables);
    QVERIFY(manifest->digest() == *canonicalDigest(httpDocument()));
    QVERIFY(resolved->digest() == manifest->digest());
}

void ConnectorManifestTest::catalogRefusesTwoOfOneVersion()
{
    const auto manifest = *parseManifest(dropDocument());
    const auto catalog = ConnectorCatalog::build({manifest, manifest}, kVariables);
    QVERIFY(!catalog.ok());
    QVERIFY(catalog.error().code == ErrorCode::Conflict);
    QCOMPARE(catalog.error().file, std::string("drop 1.0"));
}

void ConnectorManifestTest::catalogRefusesAContractThatIsNoSchema()
{
    Json document = dropDocument();
    test::operationIn(document)["input"] = {{"type", "objekt"}};
    const auto catalog = ConnectorCatalog::build({*parseManifest(document)}, kVariables);
    QVERIFY(!catalog.ok());
    QVERIFY(catalog.error().code == ErrorCode::InvalidInput);
    QCOMPARE(catalog.error().file, std::string("drop 1.0"));
}

void ConnectorManifestTest::catalogChecksPayloadAndAnswer()
{
    Json document = dropDocument();
    test::operationIn(document)["input"] = {
        {"type", "object"},
        {"required", {"a"}},
        {"additionalProperties", false},
        {"properties", {{"a", {{"type", "integer"}, {"maximum", 9}}}}}};
    test::operationIn(document)["output"] = {{"type", "string"}};
    const auto catalog = *ConnectorCatalog::build({*parseManifest(document)}, kVariables);
    const OperationName name = {.connector = "drop", .version = "1.0", .operation = "thing.do"};

    QVERIFY(catalog->checkPayload(name, {{"a", 9}}).ok());
    const auto tooLarge = catalog->checkPayload(name, {{"a", 10}});
    QVERIFY(!tooLarge.ok());
    QCOMPARE(tooLarge.error().pointer, std::string("/a"));
    QCOMPARE(tooLarge.error().rule, std::string("maximum"));
    QVERIFY(catalog->checkAnswer(name, "done").ok());
    QVERIFY(!catalog->checkAnswer(name, nullptr).ok());
    QCOMPARE(
        catalog->checkPayload({.connector = "drop", .version = "1.1", .operation = "thing.do"}, {})
            .error()
            .rule,
        std::string("connector.unknown"));
    QCOMPARE(
        catalog->checkPayload({.connector = "drop", .version = "1.0", .operation = "x"}, {})
            .error()
            .rule,
        std::string("connector.operation"));
}

void ConnectorManifestTest::folderErrorsNameTheFile()
{
    const QTemporaryDir folder;
    QVERIFY(readManifestFolder(folder.path().toStdString())->empty());
    QFile file(folder.filePath(QStringLiteral("bad.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\": 1}");
    file.close();
    const auto manifests = readManifestFolder(folder.path().toStdString());
    QVERIFY(!manifests.ok());
    QCOMPARE(manifests.error().file, std::string("bad.json"));
    QVERIFY(
        readManifestFolder(folder.filePath(QStringLiteral("none")).toStdString()).error().code
        == ErrorCode::NotFound);
}

void ConnectorManifestTest::demoConnectorsServeTheSamplePlans()
{
    const auto manifests = readManifestFolder(
        (kSourceDir + QStringLiteral("/resources/demo/connectors")).toStdString());
    QVERIFY2(manifests.ok(), manifests.ok() ? "" : manifests.error().describe().c_str());
    const auto catalog = ConnectorCatalog::build(
        *manifests,
        {{"SYSTEMS_URL", "http://127.0.0.1:1"},
         {"WORKSPACE", "/srv/w"},
         {"DEMO_SYSTEMS_PROGRAM", "/usr/bin/p"},
         {"DEMO_SYSTEMS_STATE", "/srv/s"}});
    QVERIFY2(catalog.ok(), catalog.ok() ? "" : catalog.error().describe().c_str());

    const QString conformance = qEnvironmentVariable(
        "COUNTERSIGN_CONFORMANCE_DIR", kSourceDir + QStringLiteral("/../shared/conformance"));
    const QDir samples(conformance + QStringLiteral("/../samples/decisions"));
    if (!samples.exists())
        QSKIP("the sample decisions are not there: their plans are not checked");
    int callCount = 0;
    for (const QString& name : samples.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const Json plan = readJson(samples.filePath(name + QStringLiteral("/execution_plan.json")));
        if (plan.is_null())
            continue; // a folder without a plan
        for (const Json& step : plan.at("steps")) {
            const Json& classes = step.at("classes");
            const Classes claimed = {
                *parseApprovalClass(textMember(classes, "approval")),
                *parseReversibility(textMember(classes, "reversibility")),
                *parseSensitivity(textMember(classes, "sensitivity")),
                *parseActionClass(textMember(classes, "action"))};
            for (const char* place : {"/call", "/compensation/call"}) {
                const Json* call = valueAt(step, place);
                if (call == nullptr)
                    continue;
                ++callCount;
                const std::string connector = textMember(*call, "connector");
                const std::string version = textMember(*call, "connector_version");
                const std::string operation = textMember(*call, "operation");
                const OperationName called = {
                    .connector = connector, .version = version, .operation = operation};
                const auto checked = (*catalog)->checkPayload(called, call->at("payload"));
                QVERIFY2(checked.ok(), checked.ok() ? "" : checked.error().describe().c_str());
                const ConnectorOperation* found = *(*catalog)->operation(called);
                QVERIFY2(atLeast(claimed, found->classes), (connector + " " + operation).c_str());
            }
        }
    }
    QVERIFY(callCount > 0);
}

QTEST_GUILESS_MAIN(ConnectorManifestTest)
#include "tst_connector_manifest.moc"
