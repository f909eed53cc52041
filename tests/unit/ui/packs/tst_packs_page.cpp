#include "tests/support/fake_backend.h"
#include "ui/packs/packs_page.h"
#include "ui/shell/file_chooser.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QUrl>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

/// Answers every question with `answer`, or not at all.
class ScriptedChooser final : public FileChooser
{
public:
    QString answer;
    std::vector<Question> questions;

    void openFile(QWidget*, const Question& question, std::function<void(QString)> chosen) override
    {
        reply(question, chosen);
    }
    void saveFile(QWidget*, const Question& question, std::function<void(QString)> chosen) override
    {
        reply(question, chosen);
    }
    void
    openFolder(QWidget*, const Question& question, std::function<void(QString)> chosen) override
    {
        reply(question, chosen);
    }

private:
    void reply(const Question& question, const std::function<void(QString)>& chosen)
    {
        questions.push_back(question);
        if (!answer.isEmpty())
            chosen(answer);
    }
};

template <class T>
T* find(const QWidget& root, const char* name)
{
    const QList<T*> all = root.findChildren<T*>(QLatin1String(name));
    return all.isEmpty() ? nullptr : all.last();
}

bool drop(QWidget& page, const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(&page, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &event);
    return true;
}

PackRow pack(const std::string& name)
{
    return {
        "packs/" + name + ".zip",
        "dec_" + name,
        "Decision " + name,
        at("2026-05-21T08:30:00Z"),
        Digest::of(name).hex(),
        184'320};
}

} // namespace

class TestPacksPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsPacksAsAModel();
    void exportsTheChosenDecision();
    void writesNothingWhenTheDialogIsCancelled();
    void tellsWhyAnExportFailed();
    void searchesDecisions();
    void verifiesTheChosenFile();
    void verifiesADroppedZip();
    void ignoresOtherThingsDropped_data();
    void ignoresOtherThingsDropped();
    void namesTheFirstBrokenLink();
    void doesOneLongTaskAtATime();
    void verifiesTheSelectedPackOnEnter();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
};

void TestPacksPage::listsPacksAsAModel()
{
    PacksModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPacks({pack("b"), pack("a")});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(
        model.index(0, PacksModel::Size).data().toString(),
        QStringLiteral("\u2066\u200e184.3 kB\u2069"));
    QSignalSpy reset(&model, &PacksModel::modelReset);
    model.setPacks({pack("b"), pack("a")});
    QVERIFY(reset.isEmpty());
    model.setPacks({});
    QCOMPARE(model.rowCount(), 0);
}

void TestPacksPage::exportsTheChosenDecision()
{
    FakeBackend backend;
    for (const std::string& name : sampleNames())
        backend.add(sampleDecision(name, m_clock.now()));
    const auto files = std::make_shared<ScriptedChooser>();
    files->answer = QStringLiteral("out/pack.zip");
    PacksPage page(backend, files);
    page.show();
    page.activate();
    auto* const choice = find<QComboBox>(page, "packDecision");
    QTRY_COMPARE(choice->count(), static_cast<int>(sampleNames().size()));
    choice->setCurrentIndex(1);
    const std::string chosen = choice->currentData().toString().toStdString();
    QTest::mouseClick(find<QPushButton>(page, "packExport"), Qt::LeftButton);
    QCOMPARE(backend.exports.size(), std::size_t{1});
    QCOMPARE(backend.exports.front().first, chosen);
    QCOMPARE(backend.exports.front().second, std::string("out/pack.zip"));
    QVERIFY(files->questions.front().suggested.startsWith(QString::fromStdString(chosen)));
    QTRY_COMPARE(find<QTableView>(page, "packsTable")->model()->rowCount(), 1);
    QVERIFY(find<QWidget>(page, "packsMessage")
                ->accessibleName()
                .contains(QStringLiteral("out/pack.zip")));
}

void TestPacksPage::writesNothingWhenTheDialogIsCancelled()
{
    FakeBackend backend;
    backend.add(sampleDecision(sampleNames().front(), m_clock.now()));
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    page.activate();
    QTRY_VERIFY(find<QPushButton>(page, "packExport")->isEnabled());
    QTest::mouseClick(find<QPushButton>(page, "packExport"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>(page, "packVerify"), Qt::LeftButton);
    QVERIFY(backend.exports.empty());
    QVERIFY(backend.verifiedPacks.empty());
    QVERIFY(!page.presenter().state().isBusy());
}

void TestPacksPage::tellsWhyAnExportFailed()
{
    FakeBackend backend;
    backend.add(sampleDecision(sampleNames().front(), m_clock.now()));
    backend.exportError = Error{ErrorCode::StorageFailed, "disk full"};
    const auto files = std::make_shared<ScriptedChooser>();
    files->answer = QStringLiteral("out/pack.zip");
    PacksPage page(backend, files);
    page.show();
    page.activate();
    QTRY_VERIFY(find<QPushButton>(page, "packExport")->isEnabled());
    QTest::mouseClick(find<QPushButton>(page, "packExport"), Qt::LeftButton);
    QTRY_VERIFY(page.presenter().state().exportError.has_value());
    QVERIFY(find<QWidget>(page, "packsMessage")
                ->accessibleName()
                .contains(QStringLiteral("was not written")));
}

void TestPacksPage::searchesDecisions()
{
    FakeBackend backend;
    for (const std::string& name : sampleNames())
        backend.add(sampleDecision(name, m_clock.now()));
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    page.activate();
    auto* const choice = find<QComboBox>(page, "packDecision");
    QTRY_VERIFY(choice->count() > 1);
    QTest::keyClicks(find<QLineEdit>(page, "packSearch"), QStringLiteral("nothing is called this"));
    QTRY_COMPARE(choice->count(), 0);
    QVERIFY(!find<QPushButton>(page, "packExport")->isEnabled());
}

void TestPacksPage::verifiesTheChosenFile()
{
    FakeBackend backend;
    backend.report = {true, {{true, "pack", "12 files"}}, {}, "dec_1", std::string(64, 'a')};
    const auto files = std::make_shared<ScriptedChooser>();
    files->answer = QStringLiteral("in/other.zip");
    PacksPage page(backend, files);
    page.show();
    QTest::mouseClick(find<QPushButton>(page, "packVerify"), Qt::LeftButton);
    QCOMPARE(backend.verifiedPacks, std::vector<std::string>{"in/other.zip"});
    QTRY_VERIFY(page.presenter().state().report != nullptr);
    QVERIFY(find<QWidget>(page, "reportCard")->isVisible());
    // The anchor stands there in groups of four, to be compared by telephone.
    bool grouped = false;
    for (const QLabel* label : page.findChildren<QLabel*>())
        grouped = grouped || label->text().contains(QStringLiteral("aaaa aaaa aaaa"));
    QVERIFY(grouped);
}

void TestPacksPage::verifiesADroppedZip()
{
    FakeBackend backend;
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    QVERIFY(drop(page, {QUrl::fromLocalFile(QStringLiteral("/in/Pack.ZIP"))}));
    QCOMPARE(backend.verifiedPacks, std::vector<std::string>{"/in/Pack.ZIP"});
}

void TestPacksPage::ignoresOtherThingsDropped_data()
{
    QTest::addColumn<QList<QUrl>>("urls");
    const QUrl zip = QUrl::fromLocalFile(QStringLiteral("/in/pack.zip"));
    QTest::newRow("nothing") << QList<QUrl>();
    QTest::newRow("two packs") << QList<QUrl>{zip, zip};
    QTest::newRow("another file") << QList<QUrl>{QUrl::fromLocalFile(QStringLiteral("/in/a.exe"))};
    QTest::newRow("a web address") << QList<QUrl>{QUrl(QStringLiteral("https://x.example/a.zip"))};
}

void TestPacksPage::ignoresOtherThingsDropped()
{
    QFETCH(QList<QUrl>, urls);
    FakeBackend backend;
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    QVERIFY(!drop(page, urls));
    QVERIFY(backend.verifiedPacks.empty());
}

void TestPacksPage::namesTheFirstBrokenLink()
{
    FakeBackend backend;
    backend.report = {
        false,
        {{false, "pack", "documents/x: digest differs"}},
        Error{ErrorCode::Corrupt, "digest differs", "pack.digest", "documents/x"},
        "in/other.zip",
        {}};
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    QVERIFY(drop(page, {QUrl::fromLocalFile(QStringLiteral("/in/pack.zip"))}));
    QTRY_VERIFY(page.presenter().state().report != nullptr);
    const QString verdict = find<QWidget>(page, "reportVerdict")->accessibleName();
    QVERIFY2(verdict.contains(QStringLiteral("Files of the pack")), qPrintable(verdict));
}

void TestPacksPage::doesOneLongTaskAtATime()
{
    FakeBackend backend;
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    backend.holds = true;
    QVERIFY(drop(page, {QUrl::fromLocalFile(QStringLiteral("/in/1.zip"))}));
    QVERIFY(!find<QPushButton>(page, "packVerify")->isEnabled());
    QVERIFY(drop(page, {QUrl::fromLocalFile(QStringLiteral("/in/2.zip"))}));
    QCOMPARE(backend.verifiedPacks.size(), std::size_t{1});
    Q_EMIT backend.progressed(QStringLiteral("verify"), 7.0);
    QCOMPARE(page.presenter().state().fraction, 1.0);
    backend.release();
    QTRY_VERIFY(find<QPushButton>(page, "packVerify")->isEnabled());
}

void TestPacksPage::verifiesTheSelectedPackOnEnter()
{
    FakeBackend backend;
    backend.packRows = {pack("b"), pack("a")};
    PacksPage page(backend, std::make_shared<ScriptedChooser>());
    page.show();
    page.activate();
    auto* const table = find<QTableView>(page, "packsTable");
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(backend.verifiedPacks, std::vector<std::string>{"packs/a.zip"});
}

QTEST_MAIN(TestPacksPage)
#include "tst_packs_page.moc"
