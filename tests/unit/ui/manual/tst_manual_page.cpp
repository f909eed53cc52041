#include "ui/manual/manual_page.h"
#include "ui/shell/language.h"

#include <QListWidget>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

using namespace countersign::ui;

class TestManualPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { Language().use(QStringLiteral("en")); }
    void speaksBothLanguages();
    void hasTheSameChaptersInBothLanguages();
    void jumpsToAHeading();
    void runsCommandsLeftToRightInArabic();
    void leadsNowhereOutside();
};

namespace {

int headingCount(const ManualPage& page)
{
    return page.findChild<QListWidget*>(QStringLiteral("manualHeadings"))->count();
}

QTextBrowser* textOf(const ManualPage& page)
{
    return page.findChild<QTextBrowser*>(QStringLiteral("manualText"));
}

} // namespace

void TestManualPage::speaksBothLanguages()
{
    ManualPage page;
    page.show();
    QVERIFY(textOf(page)->toPlainText().startsWith(QStringLiteral("Countersign: the manual")));
    Language language;
    language.use(QStringLiteral("ar"));
    QTRY_VERIFY(textOf(page)->toPlainText().contains(QStringLiteral("دليل")));
}

void TestManualPage::hasTheSameChaptersInBothLanguages()
{
    Language language;
    const ManualPage english;
    language.use(QStringLiteral("ar"));
    const ManualPage arabic;
    QVERIFY(headingCount(english) >= 8);
    QCOMPARE(headingCount(arabic), headingCount(english));
}

void TestManualPage::jumpsToAHeading()
{
    ManualPage page;
    page.resize(900, 500);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    auto* const headings = page.findChild<QListWidget*>(QStringLiteral("manualHeadings"));
    headings->setCurrentRow(4);
    QVERIFY(textOf(page)->verticalScrollBar()->value() > 0);
    QCOMPARE(textOf(page)->textCursor().block().text(), headings->item(4)->text());
}

void TestManualPage::runsCommandsLeftToRightInArabic()
{
    Language language;
    language.use(QStringLiteral("ar"));
    const ManualPage page;
    int codeBlocks = 0;
    const QTextDocument* const document = textOf(page)->document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (block.text().contains(QStringLiteral("sha256sum -c --quiet"))) {
            ++codeBlocks;
            QCOMPARE(block.blockFormat().layoutDirection(), Qt::LeftToRight);
        } else if (block.blockFormat().headingLevel() == 2) {
            QCOMPARE(block.blockFormat().layoutDirection(), Qt::RightToLeft);
        }
    }
    QVERIFY(codeBlocks > 0);
}

void TestManualPage::leadsNowhereOutside()
{
    const ManualPage page;
    const QTextBrowser* const text = textOf(page);
    QVERIFY(!text->openLinks());
    QVERIFY(!text->openExternalLinks());
    QVERIFY(!text->toMarkdown().contains(QStringLiteral("](http")));
}

QTEST_MAIN(TestManualPage)
#include "tst_manual_page.moc"
