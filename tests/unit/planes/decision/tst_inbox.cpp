#include "planes/decision/inbox.h"
#include "tests/support/result_text.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace countersign;
using namespace countersign::decision;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace fs = std::filesystem;

namespace {

const Instant kStart = Instant::parse("2026-11-22T23:15:00Z").value();

Instant after(int seconds)
{
    return kStart + Duration(std::chrono::seconds(seconds));
}

const std::vector<Error> kReasons = {
    {ErrorCode::InvalidInput, "it is wrong", "digest.source", "memo.json", "/title"},
    {ErrorCode::LimitExceeded, "bad bytes: \xFF", "folder.size", "x", ""}};

class TestInbox final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_parent = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_parent->path().toStdString()) / "inbox";
        fs::create_directories(m_folder);
        m_inbox = std::make_unique<Inbox>(m_folder);
    }

    void takesWhatIsQuiet();
    void waitsWhileSomethingChanges_data();
    void waitsWhileSomethingChanges();
    void leavesUnfinishedNamesAlone_data();
    void leavesUnfinishedNamesAlone();
    void takesFilesFoldersAndLinks();
    void settlesAccepted();
    void settlesRejectedWithReasons();
    void takesLeftoversAgainOnce();
    void aLeftoverComesBeforeItsNamesake();
    void collidingNamesKeepApart();
    void reasonsNeverReplaceADelivery();
    void longNamesAreCut_data();
    void longNamesAreCut();
    void saysWhatItCannotDo();

private:
    void write(const fs::path& path, const std::string& text = "content") const
    {
        fs::create_directories((m_folder / path).parent_path());
        std::ofstream(m_folder / path, std::ios::binary) << text;
    }
    [[nodiscard]] std::string read(const fs::path& path) const
    {
        std::stringstream bytes;
        bytes << std::ifstream(path, std::ios::binary).rdbuf();
        return bytes.str();
    }
    /// Names taken, sorted.
    [[nodiscard]] QString take(Inbox& inbox, int seconds) const
    {
        QStringList names;
        for (const Delivery& delivery : must(inbox.take(after(seconds))))
            names.append(QString::fromStdString(delivery.name));
        names.sort();
        return names.join(QLatin1Char(' '));
    }
    [[nodiscard]] QString take(int seconds) const { return take(*m_inbox, seconds); }
    [[nodiscard]] Delivery taken(const std::string& name) const
    {
        return {name, m_folder / ".taking" / name};
    }

    std::unique_ptr<QTemporaryDir> m_parent;
    fs::path m_folder;
    std::unique_ptr<Inbox> m_inbox;
};

void TestInbox::takesWhatIsQuiet()
{
    write("first/memo.json");
    QCOMPARE(take(0), QString());
    QCOMPARE(take(1), QString());
    write("second.json");
    QCOMPARE(take(2), QStringLiteral("first"));
    QVERIFY(!fs::exists(m_folder / "first"));
    QCOMPARE(read(m_folder / ".taking" / "first" / "memo.json"), std::string("content"));
    QCOMPARE(take(3), QString());
    QCOMPARE(take(4), QStringLiteral("second.json"));
    QCOMPARE(take(60), QString());
}

void TestInbox::waitsWhileSomethingChanges_data()
{
    QTest::addColumn<QString>("change");
    for (const char* change : {"a byte more", "a file more", "a file less", "only touched"})
        QTest::newRow(change) << QString::fromLatin1(change);
}

void TestInbox::waitsWhileSomethingChanges()
{
    QFETCH(const QString, change);
    write("case/memo.json", "1");
    write("case/deep/source.csv", "a");
    QCOMPARE(take(0), QString());
    if (change == QLatin1String("a byte more"))
        write("case/deep/source.csv", "ab");
    else if (change == QLatin1String("a file more"))
        write("case/deep/other.csv", "");
    else if (change == QLatin1String("a file less"))
        fs::remove(m_folder / "case/deep/source.csv");
    else
        fs::last_write_time(
            m_folder / "case/memo.json",
            fs::last_write_time(m_folder / "case/memo.json") + std::chrono::seconds(3));
    QCOMPARE(take(2), QString());
    QCOMPARE(take(3), QString());
    QCOMPARE(take(4), QStringLiteral("case"));
}

void TestInbox::leavesUnfinishedNamesAlone_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {".hidden", "memo.part", "memo.json.partial", "x.tmp", ".taking", "accepted", "rejected"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestInbox::leavesUnfinishedNamesAlone()
{
    QFETCH(const QString, name);
    write(fs::path(name.toStdString()) / "memo.json");
    write("partial", "a name that only looks like it");
    QCOMPARE(take(0), name == QLatin1String(".taking") ? QStringLiteral("memo.json") : QString());
    QCOMPARE(take(10), QStringLiteral("partial"));
    QVERIFY(fs::exists(m_folder / name.toStdString() / "memo.json"));
}

void TestInbox::takesFilesFoldersAndLinks()
{
    write("a file");
    fs::create_directories(m_folder / "empty");
    fs::create_symlink("/nowhere/at/all", m_folder / "link");
    fs::create_directory_symlink("/", m_folder / "root");
    QCOMPARE(take(0), QString());
    QCOMPARE(take(2), QStringLiteral("a file empty link root"));
    QVERIFY(fs::is_symlink(m_folder / ".taking" / "root"));
}

void TestInbox::settlesAccepted()
{
    write("case/memo.json");
    static_cast<void>(take(0));
    QCOMPARE(take(2), QStringLiteral("case"));
    const fs::path place = must(m_inbox->settle(taken("case"), {}, after(5)));
    QVERIFY(place == m_folder / "accepted" / "20261122T231505Z-case");
    QCOMPARE(read(place / "memo.json"), std::string("content"));
    QVERIFY(fs::is_empty(m_folder / ".taking"));
}

void TestInbox::settlesRejectedWithReasons()
{
    write("case/memo.json");
    static_cast<void>(take(0));
    static_cast<void>(take(2));
    const fs::path place = must(m_inbox->settle(taken("case"), kReasons, after(5)));
    QVERIFY(place == m_folder / "rejected" / "20261122T231505Z-case");
    QVERIFY(fs::exists(place / "memo.json"));
    const Json reasons = must(parseJson(read(place.string() + ".reason.json")));
    QCOMPARE(textMember(reasons, "name"), std::string("case"));
    QCOMPARE(textMember(reasons, "refused_at"), std::string("2026-11-22T23:15:05Z"));
    QCOMPARE(reasons["errors"].size(), std::size_t{2});
    QCOMPARE(textMember(reasons["errors"][0], "rule"), std::string("digest.source"));
    QCOMPARE(textMember(reasons["errors"][0], "file"), std::string("memo.json"));
    QCOMPARE(textMember(reasons["errors"][0], "pointer"), std::string("/title"));
    QCOMPARE(textMember(reasons["errors"][0], "code"), std::string("invalid_input"));
    QVERIFY(!fs::exists(place.string() + ".reason.json.tmp"));
}

void TestInbox::takesLeftoversAgainOnce()
{
    write("case/memo.json");
    static_cast<void>(take(0));
    QCOMPARE(take(2), QStringLiteral("case"));
    // The process ends before it has settled; the next one finds it at once.
    Inbox next(m_folder);
    QCOMPARE(take(next, 3), QStringLiteral("case"));
    QCOMPARE(take(next, 4), QString());
    must(next.settle(taken("case"), {}, after(5)));
    Inbox last(m_folder);
    QCOMPARE(take(last, 6), QString());
}

void TestInbox::aLeftoverComesBeforeItsNamesake()
{
    write(".taking/case/memo.json", "old");
    write("case/memo.json", "new");
    QCOMPARE(take(0), QStringLiteral("case"));
    QCOMPARE(take(2), QString());
    QCOMPARE(read(m_folder / ".taking/case/memo.json"), std::string("old"));
    must(m_inbox->settle(taken("case"), {}, after(3)));
    QCOMPARE(take(4), QStringLiteral("case"));
    QCOMPARE(read(m_folder / ".taking/case/memo.json"), std::string("new"));
}

void TestInbox::collidingNamesKeepApart()
{
    for (const char* expected :
         {"20261122T231505Z-case", "20261122T231505Z-case.2", "20261122T231505Z-case.3"}) {
        write(".taking/case/memo.json", expected);
        const fs::path place = must(m_inbox->settle(taken("case"), kReasons, after(5)));
        QCOMPARE(place.filename().string(), std::string(expected));
        QCOMPARE(read(place / "memo.json"), std::string(expected));
    }
    for (const char* name :
         {"20261122T231505Z-case", "20261122T231505Z-case.2", "20261122T231505Z-case.3"}) {
        QCOMPARE(read(m_folder / "rejected" / name / "memo.json"), std::string(name));
        QVERIFY(fs::exists(m_folder / "rejected" / (std::string(name) + ".reason.json")));
    }
}

void TestInbox::reasonsNeverReplaceADelivery()
{
    write(".taking/case.reason.json", "handed in under this name");
    const fs::path first = must(m_inbox->settle(taken("case.reason.json"), kReasons, after(5)));
    write(".taking/case", "the other");
    const fs::path second = must(m_inbox->settle(taken("case"), kReasons, after(5)));
    QCOMPARE(read(first), std::string("handed in under this name"));
    QCOMPARE(read(second), std::string("the other"));
    QVERIFY(fs::exists(first.string() + ".reason.json"));
    QVERIFY(fs::exists(second.string() + ".reason.json"));
    QVERIFY(first != second.string() + ".reason.json");
}

void TestInbox::longNamesAreCut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("keptBytes");
    QTest::newRow("200 letters") << QString(200, QLatin1Char('x')) << 200;
    QTest::newRow("255 letters") << QString(255, QLatin1Char('x')) << 200;
    QTest::newRow("84 signs of three bytes") << QString(84, QChar(0x20AC)) << 198;
}

void TestInbox::longNamesAreCut()
{
    QFETCH(const QString, name);
    QFETCH(const int, keptBytes);
    write(name.toStdString());
    static_cast<void>(take(0));
    QCOMPARE(take(2), name);
    const fs::path place = must(m_inbox->settle(taken(name.toStdString()), kReasons, after(5)));
    constexpr int kStampBytes = 17;
    QCOMPARE(place.filename().string().size(), static_cast<std::size_t>(keptBytes + kStampBytes));
    QVERIFY(fs::exists(place.string() + ".reason.json"));
    QVERIFY(fs::is_empty(m_folder / ".taking"));
}

void TestInbox::saysWhatItCannotDo()
{
    Inbox nowhere(m_folder / "absent");
    QCOMPARE(outcomeOf(nowhere.take(after(0))), QStringLiteral("storage_failed inbox"));
    QCOMPARE(
        outcomeOf(m_inbox->settle(taken("never"), {}, after(0))),
        QStringLiteral("storage_failed inbox"));
    // Something stands where deliveries are taken to: nothing is lost, and it goes on afterwards.
    std::ofstream(m_folder / ".taking") << "in the way";
    write("case");
    static_cast<void>(m_inbox->take(after(0)));
    QCOMPARE(outcomeOf(m_inbox->take(after(2))), QStringLiteral("storage_failed inbox"));
    QVERIFY(fs::exists(m_folder / "case"));
    fs::remove(m_folder / ".taking");
    QCOMPARE(take(3), QStringLiteral("case"));
}

} // namespace

QTEST_GUILESS_MAIN(TestInbox)
#include "tst_inbox.moc"
