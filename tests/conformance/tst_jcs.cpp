#include "models/encoding.h"
#include "models/json.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstdint>

using namespace countersign;

namespace {

constexpr std::int64_t kSafeIntegerMax = 9007199254740991;

QString conformanceFolder()
{
    return qEnvironmentVariable(
        "COUNTERSIGN_CONFORMANCE_DIR",
        QStringLiteral(COUNTERSIGN_SOURCE_DIR "/../shared/conformance"));
}

std::string readAll(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().toStdString();
}

bool isWhiteSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The profile of the authorization suite: text, booleans, null and safe integers only.
bool isInProfile(const Json& value)
{
    if (value.is_structured())
        return std::all_of(value.begin(), value.end(), isInProfile);
    if (value.is_number()) {
        const auto number = value.get<double>();
        return std::trunc(number) == number
               && std::abs(number) <= static_cast<double>(kSafeIntegerMax);
    }
    return true;
}

} // namespace

class TestJcs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesThePublishedBytes_data();
    void writesThePublishedBytes();
    void judgesHardTextsAsTheSuiteDoes_data();
    void judgesHardTextsAsTheSuiteDoes();

private:
    QString m_jcsFolder = conformanceFolder() + QStringLiteral("/trust/rfc8785-jcs");
    QString m_suitePath =
        conformanceFolder() + QStringLiteral("/trust/ep-authorization/canonicalization.v1.json");
};

void TestJcs::writesThePublishedBytes_data()
{
    const QStringList names = QDir(m_jcsFolder + QStringLiteral("/input"))
                                  .entryList({QStringLiteral("*.json")}, QDir::Files);
    if (names.isEmpty())
        QSKIP("skipped: the RFC 8785 vectors (trust/rfc8785-jcs) are not here");
    QTest::addColumn<QString>("name");
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestJcs::writesThePublishedBytes()
{
    QFETCH(QString, name);
    const auto input = parseJson(readAll(m_jcsFolder + QStringLiteral("/input/") + name));
    QVERIFY2(input.ok(), input.ok() ? "" : input.error().describe().c_str());
    const auto canonical = canonicalJson(*input);
    QVERIFY2(canonical.ok(), canonical.ok() ? "" : canonical.error().describe().c_str());
    const std::string expected = readAll(m_jcsFolder + QStringLiteral("/output/") + name);
    QCOMPARE(QByteArray::fromStdString(*canonical), QByteArray::fromStdString(expected));

    const QString hexName = QString(name).replace(QStringLiteral(".json"), QStringLiteral(".txt"));
    std::string hex = readAll(m_jcsFolder + QStringLiteral("/outhex/") + hexName);
    std::erase_if(hex, isWhiteSpace);
    QCOMPARE(QByteArray::fromStdString(hexEncode(*canonical)), QByteArray::fromStdString(hex));
}

void TestJcs::judgesHardTextsAsTheSuiteDoes_data()
{
    if (!QFile::exists(m_suitePath))
        QSKIP("skipped: the canonicalization suite (trust/ep-authorization) is not here");
    const auto suite = parseJson(readAll(m_suitePath));
    QVERIFY(suite.ok());
    const Json* const vectors = valueAt(*suite, "/vectors");
    QVERIFY(vectors != nullptr && vectors->is_array() && !vectors->empty());
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QByteArray>("digest");
    for (const Json& vector : *vectors) {
        const Json* const input = valueAt(vector, "/canonicalization/input_json");
        const Json* const valid = valueAt(vector, "/expect/valid");
        QVERIFY(input != nullptr && input->is_string());
        QVERIFY(valid != nullptr && valid->is_boolean());
        const Json* const digest = valueAt(vector, "/canonicalization/expected_digest");
        QTest::newRow(textMember(vector, "id").c_str())
            << QByteArray::fromStdString(input->get<std::string>()) << valid->get<bool>()
            << (digest != nullptr ? QByteArray::fromStdString(digest->get<std::string>())
                                  : QByteArray());
    }
}

void TestJcs::judgesHardTextsAsTheSuiteDoes()
{
    QFETCH(QByteArray, input);
    QFETCH(bool, valid);
    QFETCH(QByteArray, digest);
    const auto parsed = parseJson(input.toStdString());
    const bool accepted = parsed.ok() && isInProfile(*parsed);
    QCOMPARE(accepted, valid);
    if (!accepted)
        return;
    const auto computed = canonicalDigest(*parsed);
    QVERIFY(computed.ok());
    QCOMPARE(QByteArray::fromStdString(computed->hex()), digest);
}

QTEST_GUILESS_MAIN(TestJcs)
#include "tst_jcs.moc"
