#include "app/core/inbox_desk.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace countersign;
using namespace countersign::app;

namespace fs = std::filesystem;

class TestInboxDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void settlesByTheVerdict();
    void aBusyStorageRejectsNothing();
    void whatWaitsIsTakenBeforeWhatCameLater();

private:
    void handIn(const std::string& name)
    {
        std::ofstream(m_folder / name, std::ios::binary) << "content";
    }
    /// Two polls, so that what lies there counts as quiet.
    InboxTurn take(const InboxDesk::Ingest& ingest)
    {
        InboxTurn turn = m_desk->take(m_now, ingest);
        if (!turn.settled.empty() || !turn.troubles.empty())
            return turn;
        m_now = m_now + decision::Inbox::kQuietTime;
        return m_desk->take(m_now, ingest);
    }
    [[nodiscard]] static std::size_t countIn(const fs::path& folder)
    {
        if (!fs::exists(folder))
            return 0;
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

    std::unique_ptr<QTemporaryDir> m_parent;
    fs::path m_folder;
    std::unique_ptr<InboxDesk> m_desk;
    Instant m_now = Instant::parse("2026-05-20T10:00:00Z").value();
};

void TestInboxDesk::init()
{
    m_parent = std::make_unique<QTemporaryDir>();
    m_folder = fs::path(m_parent->path().toStdString()) / "inbox";
    fs::create_directories(m_folder);
    m_desk = std::make_unique<InboxDesk>(m_folder);
}

void TestInboxDesk::settlesByTheVerdict()
{
    handIn("bad.json");
    handIn("good.json");
    const InboxTurn turn = take([](const std::string& path) -> Result<DeliveryReport> {
        DeliveryReport report;
        if (fs::path(path).filename() == "bad.json")
            report.errors.push_back({ErrorCode::InvalidInput, "it is wrong", "schema"});
        return report;
    });
    QCOMPARE(turn.settled.size(), std::size_t{2});
    QVERIFY(turn.troubles.empty());
    QCOMPARE(countIn(m_folder / "accepted"), std::size_t{1});
    QCOMPARE(countIn(m_folder / "rejected"), std::size_t{2}); // with its reasons
}

void TestInboxDesk::aBusyStorageRejectsNothing()
{
    handIn("memo.json");
    const InboxTurn busy = take([](const std::string&) -> Result<DeliveryReport> {
        return fail(ErrorCode::StorageBusy, "the database is locked", "storage.busy");
    });
    QVERIFY(busy.settled.empty());
    QCOMPARE(busy.troubles.size(), std::size_t{1});
    QCOMPARE(busy.troubles.front().code, ErrorCode::StorageBusy);
    QCOMPARE(countIn(m_folder / "rejected"), std::size_t{0});
    QCOMPARE(countIn(m_folder / "accepted"), std::size_t{0});

    const InboxTurn free = m_desk->take(
        m_now, [](const std::string&) -> Result<DeliveryReport> { return DeliveryReport{}; });
    QCOMPARE(free.settled.size(), std::size_t{1});
    QCOMPARE(free.settled.front().name, std::string("memo.json"));
    QCOMPARE(countIn(m_folder / "accepted"), std::size_t{1});
}

void TestInboxDesk::whatWaitsIsTakenBeforeWhatCameLater()
{
    handIn("b.json");
    QCOMPARE(
        take([](const std::string&) -> Result<DeliveryReport> {
            return fail(ErrorCode::StorageBusy, "the database is locked");
        }).troubles.size(),
        std::size_t{1});
    handIn("a.json");
    static_cast<void>(m_desk->take(m_now, [](const std::string&) -> Result<DeliveryReport> {
        return fail(ErrorCode::StorageBusy, "the database is locked");
    }));
    m_now = m_now + decision::Inbox::kQuietTime;
    std::vector<std::string> order;
    static_cast<void>(m_desk->take(m_now, [&](const std::string& path) -> Result<DeliveryReport> {
        order.push_back(fs::path(path).filename().string());
        return DeliveryReport{};
    }));
    QCOMPARE(order, (std::vector<std::string>{"b.json", "a.json"}));
}

QTEST_GUILESS_MAIN(TestInboxDesk)
#include "tst_inbox_desk.moc"
