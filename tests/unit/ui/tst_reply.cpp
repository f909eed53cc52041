#include "tests/support/fake_backend.h"
#include "tests/support/sample_roster.h"
#include "ui/decision/decision_page.h"
#include "ui/queue/queue_list_page.h"
#include "ui/reply.h"
#include "ui/shell/main_window.h"
#include "ui/shell/other_pages.h"
#include "ui/signing/eligible_keys.h"
#include "ui/signing/sign_dialog.h"
#include "ui/signing/signing_desk.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

/// A reply that is given later.
struct Late
{
    QPromise<Result<int>> promise;

    Late() { promise.start(); }
    void give(int value)
    {
        promise.addResult(Result<int>(value));
        promise.finish();
    }
};

} // namespace

/// Replies of the core come when they like; who asked may be gone by then.
class TestReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aReplyThatIsThereIsTakenAtOnce();
    void aLateReplyIsTakenOnThisThread();
    void noReplyComesToWhoIsGone();
    void noReplyComesToWhoEndsWhileItIsOnItsWay();
    void aDroppedRequestIsNotTaken();
    void everyPageMayEndBeforeItsReplies_data();
    void everyPageMayEndBeforeItsReplies();
    void theSignDialogMayEndBeforeItsReplies();
    void theSigningDeskMayEndBetweenItsReplies();
    void theWindowMayEndBeforeItsReplies();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    std::unique_ptr<FakeBackend> m_backend;
    DecisionView m_view = sampleDecision("release-promotion", m_clock.now());
};

void TestReply::init()
{
    m_backend = std::make_unique<FakeBackend>();
    m_backend->add(m_view);
    m_backend->logSize = 1000;
    m_backend->people = sampleRoster();
    m_backend->runList.push_back(gatedRun(m_view, m_clock.now()));
}

void TestReply::aReplyThatIsThereIsTakenAtOnce()
{
    Late late;
    late.give(7);
    int taken = 0;
    whenReplied(this, late.promise.future(), [&](Result<int> value) { taken = *value; });
    QCOMPARE(taken, 7);
}

void TestReply::aLateReplyIsTakenOnThisThread()
{
    Late late;
    int taken = 0;
    const QThread* thread = nullptr;
    QObject context;
    whenReplied(&context, late.promise.future(), [&](Result<int> value) {
        taken = *value;
        thread = QThread::currentThread();
    });
    const std::unique_ptr<QThread> core(QThread::create([&] { late.give(8); }));
    core->start();
    QVERIFY(core->wait());
    QCOMPARE(taken, 0);
    QTRY_COMPARE(taken, 8);
    QCOMPARE(thread, QThread::currentThread());
    QTRY_VERIFY(context.children().isEmpty());
}

void TestReply::noReplyComesToWhoIsGone()
{
    Late late;
    bool taken = false;
    {
        QObject context;
        whenReplied(&context, late.promise.future(), [&](const Result<int>&) { taken = true; });
    }
    late.give(9);
    QCoreApplication::processEvents();
    QVERIFY(!taken);
}

void TestReply::noReplyComesToWhoEndsWhileItIsOnItsWay()
{
    Late late;
    bool taken = false;
    {
        QObject context;
        whenReplied(&context, late.promise.future(), [&](const Result<int>&) { taken = true; });
        late.give(9);
    }
    QCoreApplication::processEvents();
    QVERIFY(!taken);
}

void TestReply::aDroppedRequestIsNotTaken()
{
    bool taken = false;
    QObject context;
    {
        const Late late;
        whenReplied(&context, late.promise.future(), [&](const Result<int>&) { taken = true; });
    }
    QTRY_VERIFY(context.children().isEmpty());
    QVERIFY(!taken);
}

void TestReply::everyPageMayEndBeforeItsReplies_data()
{
    QTest::addColumn<QString>("name");
    for (const char* const name :
         {"queuePage", "decisionPage", "runsPage", "logPage", "packsPage", "peoplePage"})
        QTest::newRow(name) << QString(QLatin1String(name));
}

void TestReply::everyPageMayEndBeforeItsReplies()
{
    QFETCH(QString, name);
    m_backend->holds = true;
    auto parent = std::make_unique<QWidget>();
    std::vector<Page*> pages =
        makeOtherPages(*m_backend, m_clock, std::make_shared<DesktopFileChooser>(), parent.get());
    pages.push_back(new QueueListPage(*m_backend, m_clock, parent.get()));
    auto* const decision = new DecisionPage(*m_backend, m_clock, parent.get());
    m_backend->release();
    if (name == QLatin1String("decisionPage")) {
        decision->open(QString::fromStdString(m_view.decisionId));
    } else {
        const auto page = std::find_if(pages.begin(), pages.end(), [&](const Page* candidate) {
            return candidate->objectName() == name;
        });
        QVERIFY(page != pages.end());
        (*page)->activate();
        // Half the replies, so that what they lead to is asked for as well.
        m_backend->release();
        (*page)->activate();
    }
    QVERIFY(m_backend->isHolding());
    parent.reset();
    m_backend->release();
    QCoreApplication::processEvents();
}

void TestReply::theSignDialogMayEndBeforeItsReplies()
{
    const SignTask task{
        std::make_shared<DecisionView>(m_view),
        AnswerIntent{
            m_view.decisionId, *m_view.requestSha256, control::AnswerKind::Approve, {}, {}, {}, {}},
        eligibleKeys(m_view, control::AnswerKind::Approve, m_backend->keys)};
    m_backend->holds = true;
    auto dialog = std::make_unique<SignDialog>(*m_backend, m_clock, task);
    QVERIFY(m_backend->isHolding());
    dialog.reset();
    m_backend->release();

    dialog = std::make_unique<SignDialog>(*m_backend, m_clock, task);
    m_backend->release();
    dialog->findChild<QLineEdit*>(QStringLiteral("signPassphrase"))
        ->setText(QString::fromStdString(m_backend->passphrase));
    dialog->findChild<QPushButton*>(QStringLiteral("signButton"))->click();
    QVERIFY(m_backend->isHolding());
    dialog.reset();
    m_backend->release();
    QCoreApplication::processEvents();
}

void TestReply::theSigningDeskMayEndBetweenItsReplies()
{
    m_backend->holds = true;
    auto window = std::make_unique<QWidget>();
    auto* const desk = new SigningDesk(*m_backend, m_clock, window.get());
    desk->order(
        m_view.decisionId,
        {m_backend->runList.front().runId, "step", control::RunOrderKind::ConfirmGate, {}, {}});
    m_backend->release();
    QVERIFY(m_backend->isHolding());
    window.reset();
    m_backend->release();
    QCoreApplication::processEvents();
}

void TestReply::theWindowMayEndBeforeItsReplies()
{
    m_backend->holds = true;
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    auto window = std::make_unique<MainWindow>(*m_backend, m_clock, Settings(store), PageFactory{});
    window->openDecision(QString::fromStdString(m_view.decisionId));
    QVERIFY(m_backend->isHolding());
    window.reset();
    m_backend->release();
    QCoreApplication::processEvents();
}

QTEST_MAIN(TestReply)
#include "tst_reply.moc"
