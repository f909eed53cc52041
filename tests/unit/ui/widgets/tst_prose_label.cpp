#include "ui/widgets/prose_label.h"

#include <QImage>
#include <QTest>

using namespace countersign::ui;

namespace {

/// First and last column with ink, or {-1, -1}.
std::pair<int, int> inkOf(QWidget& widget)
{
    const QImage image = widget.grab().toImage();
    const QColor paper = image.pixelColor(image.width() / 2, image.height() - 1);
    std::pair<int, int> ink{-1, -1};
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(x, y) == paper)
                continue;
            ink.first = ink.first < 0 ? x : ink.first;
            ink.second = x;
            break;
        }
    }
    return ink;
}

} // namespace

class TestProseLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSingleLineStandsAtTheSideOfTheInterface_data();
    void aSingleLineStandsAtTheSideOfTheInterface();
    void aParagraphBeginsAtItsOwnSide();
};

void TestProseLabel::aSingleLineStandsAtTheSideOfTheInterface_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Qt::LayoutDirection>("interface");
    const QString latin = QStringLiteral("Sign the agreement.");
    const QString arabic = QStringLiteral("توقيع الاتفاق.");
    QTest::newRow("Latin in English") << latin << Qt::LeftToRight;
    QTest::newRow("Latin in Arabic") << latin << Qt::RightToLeft;
    QTest::newRow("Arabic in English") << arabic << Qt::LeftToRight;
    QTest::newRow("Arabic in Arabic") << arabic << Qt::RightToLeft;
}

void TestProseLabel::aSingleLineStandsAtTheSideOfTheInterface()
{
    QFETCH(QString, text);
    QFETCH(Qt::LayoutDirection, interface);
    constexpr int kWidth = 600;
    constexpr int kNear = 4;
    for (const int lineWidth : {0, 400}) {
        ProseLabel label;
        label.setLayoutDirection(interface);
        label.setLineWidth(lineWidth);
        label.setForeign(text);
        label.resize(kWidth, label.heightForWidth(kWidth));
        const auto [first, last] = inkOf(label);
        if (interface == Qt::LeftToRight)
            QVERIFY2(first >= 0 && first <= kNear, qPrintable(QString::number(first)));
        else
            QVERIFY2(last >= kWidth - 1 - kNear, qPrintable(QString::number(last)));
    }
}

void TestProseLabel::aParagraphBeginsAtItsOwnSide()
{
    constexpr int kWidth = 600;
    ProseLabel label;
    label.setLayoutDirection(Qt::RightToLeft);
    label.setForeign(QStringLiteral("Two lines:\nof Latin prose."));
    label.resize(kWidth, label.heightForWidth(kWidth));
    const auto [first, last] = inkOf(label);
    QVERIFY(first >= 0 && first < kWidth / 10);
    QVERIFY(last < kWidth / 2);
}

QTEST_MAIN(TestProseLabel)
#include "tst_prose_label.moc"
