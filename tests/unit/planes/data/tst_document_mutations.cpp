#include "tests/support/rule_cases.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace countersign;
using testing::DecisionForge;
using testing::RuleBench;

namespace {

/// A folder has thousands of members; every so-manieth is broken, each folder another set.
constexpr std::size_t kStride = 61;

enum class Damage {
    Missing,
    WrongType,
    Unknown
};

struct Break
{
    std::string path;
    std::string pointer;
    Damage damage;
};

void collect(
    const std::string& path,
    const Json& value,
    const std::string& pointer,
    std::vector<Break>& breaks)
{
    if (value.is_object()) {
        breaks.push_back({path, pointer, Damage::Unknown});
        for (const auto& [key, member] : value.items()) {
            const std::string place = pointer + '/' + pointerToken(key);
            breaks.push_back({path, place, Damage::Missing});
            breaks.push_back({path, place, Damage::WrongType});
            collect(path, member, place, breaks);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string place = pointer + '/' + std::to_string(i);
            breaks.push_back({path, place, Damage::Missing});
            breaks.push_back({path, place, Damage::WrongType});
            collect(path, value[i], place, breaks);
        }
    }
}

void apply(DecisionForge& forge, const Break& one)
{
    Json& document = forge.document(one.path);
    const Json::json_pointer place(one.pointer);
    switch (one.damage) {
    case Damage::Missing:
        forge.erase(one.path, one.pointer);
        break;
    case Damage::WrongType:
        document.at(place) = document.at(place).is_string() ? Json(7) : Json("broken");
        break;
    case Damage::Unknown:
        document.at(place)["unheard_of"] = true;
        break;
    }
}

} // namespace

/// Whatever is broken in a document that another one names by its digest, the folder is refused;
/// and nothing that is broken anywhere makes the check stumble.
class TestDocumentMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesEveryBrokenMember_data();
    void refusesEveryBrokenMember();
    void refusesEverySourceWithOneBitFlipped();

private:
    RuleBench m_bench;
};

void TestDocumentMutations::refusesEveryBrokenMember_data()
{
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<int>("offset");
    int offset = 0;
    for (const char* name :
         {"acquisition-term-sheet",
          "data-retention-change",
          "market-launch",
          "partner-activation",
          "price-change",
          "release-promotion"})
        QTest::newRow(name) << QByteArray(name) << offset++;
}

void TestDocumentMutations::refusesEveryBrokenMember()
{
    QFETCH(QByteArray, folder);
    QFETCH(int, offset);
    const DecisionForge sound = m_bench.forge(folder.toStdString());
    const std::vector<std::string> sealed = sound.sealedPaths();
    std::vector<Break> breaks;
    for (const auto& [path, document] : sound.documents())
        collect(path, document, {}, breaks);
    QVERIFY(breaks.size() > 1000);
    std::size_t acceptedCount = 0;
    for (auto i = static_cast<std::size_t>(offset); i < breaks.size(); i += kStride) {
        const Break& one = breaks[i];
        DecisionForge broken = sound;
        apply(broken, one);
        const data::FolderCheck result = m_bench.check(broken);
        for (const Error& error : result.errors)
            QVERIFY2(!error.rule.empty() && !error.file.empty(), error.describe().c_str());
        const bool isSealed = std::find(sealed.begin(), sealed.end(), one.path) != sealed.end();
        const std::string where = one.path + ' ' + one.pointer;
        QVERIFY2(!isSealed || !result.accepted(), where.c_str());
        // Only what the contract leaves open may go unnoticed elsewhere.
        QVERIFY2(one.damage == Damage::Missing || !result.accepted(), where.c_str());
        acceptedCount += result.accepted() ? 1U : 0U;
    }
    QVERIFY(acceptedCount * 20 < breaks.size() / kStride);
}

void TestDocumentMutations::refusesEverySourceWithOneBitFlipped()
{
    DecisionForge sound = m_bench.forge("partner-activation");
    for (const data::IncomingFile& file : sound.content().files) {
        if (data::isRecordPath(file.path))
            continue;
        DecisionForge broken = sound;
        broken.source(file.path)[file.bytes.size() / 2] ^= 1;
        const std::vector<std::string> lines = RuleBench::lines(m_bench.check(broken).errors);
        QVERIFY(!lines.empty());
        for (const std::string& line : lines)
            QVERIFY2(line.starts_with("digest.source "), line.c_str());
    }
}

QTEST_GUILESS_MAIN(TestDocumentMutations)
#include "tst_document_mutations.moc"
