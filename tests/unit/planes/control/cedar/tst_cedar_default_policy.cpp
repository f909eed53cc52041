#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/request.h"
#include "planes/control/cedar/schema_text.h"
#include "planes/control/cedar/validate.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

std::string readBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

std::string resource(const char* name)
{
    return readBytes(
        QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/policy/default/")
        + QString::fromLatin1(name));
}

Result<PolicyDocument> loadPolicies()
{
    PolicyDocument document;
    CS_TRY(document.policies, readPolicies(resource("countersign.cedar")));
    CS_CHECK(nameByAnnotation(document.policies));
    CS_TRY(const Json links, parseJson(resource("countersign.links.json")));
    CS_TRY(document.links, linksFromJson(links));
    return document;
}

Result<Schema> loadSchema()
{
    CS_TRY(const SchemaDocument document, parseSchemaText(resource("countersign.cedarschema")));
    return Schema::resolve(document);
}

} // namespace

class TestCedarDefaultPolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validatesWithoutAFinding();
    void hasEntitiesThatConform();
    void isAskedOnlyWhatItsSchemaAllows();
    void findsAMisspeltNameInAnyPolicy();
    void loadsAndValidatesAgainAndAgain();
};

void TestCedarDefaultPolicy::validatesWithoutAFinding()
{
    const auto schema = loadSchema();
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    const auto policies = loadPolicies();
    QVERIFY2(policies.ok(), policies.ok() ? "" : policies.error().describe().c_str());
    QVERIFY(!policies->policies.empty() && !policies->links.empty());
    const ValidationReport report = validatePolicies(*schema, *policies);
    for (const Finding& finding : report.findings)
        qWarning("%s", finding.describe().c_str());
    QVERIFY(report.findings.empty());
}

void TestCedarDefaultPolicy::hasEntitiesThatConform()
{
    const auto schema = loadSchema();
    QVERIFY(schema.ok());
    const auto store = parseEntities(resource("countersign.entities.json"), &*schema);
    QVERIFY2(store.ok(), store.ok() ? "" : store.error().describe().c_str());
    QVERIFY(store->size() > schema->actions().size());
}

void TestCedarDefaultPolicy::isAskedOnlyWhatItsSchemaAllows()
{
    const QString folder = qEnvironmentVariable(
        "COUNTERSIGN_SHARED_SAMPLES_DIR",
        QStringLiteral(COUNTERSIGN_SOURCE_DIR "/../shared/samples"));
    const QString path = folder + QStringLiteral("/policy/countersign.json");
    if (!QFile::exists(path))
        QSKIP(qPrintable(QStringLiteral("requests skipped, no file ") + path));
    const auto schema = loadSchema();
    QVERIFY(schema.ok());
    const auto cases = parseJson(readBytes(path));
    QVERIFY(cases.ok() && !cases->at("requests").empty());
    for (const Json& json : cases->at("requests")) {
        const auto request = readRequest(json, &*schema);
        QVERIFY2(request.ok(), request.ok() ? "" : request.error().describe().c_str());
    }
}

void TestCedarDefaultPolicy::findsAMisspeltNameInAnyPolicy()
{
    const auto schema = loadSchema();
    QVERIFY(schema.ok());
    const std::string text = resource("countersign.cedar");
    const std::string name = "Countersign::";
    std::size_t count = 0;
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        std::string misspelt = text;
        misspelt.replace(at, name.size(), "Contersign::");
        const auto policies = readPolicies(misspelt);
        QVERIFY(policies.ok());
        QVERIFY2(!validatePolicies(*schema, {*policies, {}}).ok(), misspelt.substr(at, 60).c_str());
        ++count;
    }
    QVERIFY(count > 0);
}

void TestCedarDefaultPolicy::loadsAndValidatesAgainAndAgain()
{
    bool isSound = true;
    QBENCHMARK {
        const auto schema = loadSchema();
        const auto policies = loadPolicies();
        const auto store = parseEntities(resource("countersign.entities.json"), &*schema);
        isSound = isSound && store.ok() && validatePolicies(*schema, *policies).ok();
    }
    QVERIFY(isSound);
}

QTEST_GUILESS_MAIN(TestCedarDefaultPolicy)
#include "tst_cedar_default_policy.moc"
