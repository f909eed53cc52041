#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

namespace {

struct Message
{
    QString context;
    QString source;
    QString comment;
    bool numerus = false;
    bool finished = false;
    QStringList translations; ///< One, or one for each plural form.

    [[nodiscard]] QString key() const
    {
        return context + QLatin1Char('|') + source + QLatin1Char('|') + comment;
    }
};

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message message;
    message.context = context;
    message.numerus = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!message.numerus) {
                message.translations << xml.readElementText();
                continue;
            }
            while (xml.readNextStartElement())
                message.translations << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readCatalogue(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    xml.readNextStartElement();
    while (xml.readNextStartElement()) {
        while (xml.readNextStartElement()) {
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("message"))
                messages << readMessage(xml, context);
            else
                xml.skipCurrentElement();
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

/// `%1`, `%n` …, sorted; `&&` is a plain ampersand and no accelerator.
QStringList marks(const QString& text, bool withNumber)
{
    static const QRegularExpression kMark(QStringLiteral("%(\\d+|n)|&(?!&)"));
    QString plain = text;
    plain.remove(QStringLiteral("&&"));
    QStringList found;
    auto matches = kMark.globalMatch(plain);
    while (matches.hasNext()) {
        const QString mark = matches.next().captured();
        if (withNumber || mark != QLatin1String("%n"))
            found << mark;
    }
    std::sort(found.begin(), found.end());
    return found;
}

QString catalogue()
{
    return QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/translations/countersign_ar.ts");
}

} // namespace

/// Every string of the console has a finished Arabic translation with the same place markers.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStringIsFinished();
    void placeMarkersAreKept();
    void pluralsHaveEveryFormOfArabic();
    void noSourceStringIsMissing();
    void theCatalogueIsBuiltIn();
};

void TestTranslations::everyStringIsFinished()
{
    const QList<Message> messages = readCatalogue(catalogue());
    QVERIFY(messages.size() > 500);
    QStringList open;
    for (const Message& message : messages) {
        const bool isEmpty =
            message.translations.isEmpty() || message.translations.contains(QString());
        if (!message.finished || isEmpty)
            open << message.key();
    }
    QVERIFY2(open.isEmpty(), qPrintable(open.join(QLatin1Char('\n'))));
}

void TestTranslations::placeMarkersAreKept()
{
    // Arabic says none, one and two without a number.
    constexpr int kFormsWithoutNumber = 3;
    QStringList wrong;
    for (const Message& message : readCatalogue(catalogue())) {
        for (int form = 0; form < message.translations.size(); ++form) {
            const bool withNumber = !message.numerus || form >= kFormsWithoutNumber;
            if (marks(message.translations.at(form), withNumber)
                != marks(message.source, withNumber))
                wrong << message.key() + QStringLiteral(" -> ") + message.translations.at(form);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestTranslations::pluralsHaveEveryFormOfArabic()
{
    constexpr int kArabicForms = 6;
    int plurals = 0;
    for (const Message& message : readCatalogue(catalogue())) {
        if (!message.numerus)
            continue;
        ++plurals;
        QVERIFY2(message.translations.size() == kArabicForms, qPrintable(message.key()));
    }
    QVERIFY(plurals > 0);
}

void TestTranslations::noSourceStringIsMissing()
{
    const QString tool = QStringLiteral(COUNTERSIGN_LUPDATE);
    if (!QFile::exists(tool))
        QSKIP("lupdate of Qt 6 is not installed: the sources were not compared");
    const QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
    const QString root = QStringLiteral(COUNTERSIGN_SOURCE_DIR);
    QProcess lupdate;
    lupdate.start(
        tool,
        {QStringLiteral("-silent"),
         QStringLiteral("-locations"),
         QStringLiteral("none"),
         QStringLiteral("-I"),
         root,
         QStringLiteral("-extensions"),
         QStringLiteral("cpp,h"),
         root + QStringLiteral("/ui"),
         root + QStringLiteral("/app/console"),
         QStringLiteral("-ts"),
         fresh,
         QStringLiteral("-target-language"),
         QStringLiteral("ar")});
    QVERIFY(lupdate.waitForFinished(120'000));
    QCOMPARE(lupdate.exitCode(), 0);
    const QList<Message> wanted = readCatalogue(fresh);
    QVERIFY(wanted.size() > 500);
    QSet<QString> known;
    for (const Message& message : readCatalogue(catalogue()))
        known.insert(message.key());
    QStringList missing;
    for (const Message& message : wanted) {
        if (!known.contains(message.key()))
            missing << message.key();
    }
    QVERIFY2(
        missing.isEmpty(),
        qPrintable(
            QStringLiteral("run the target update_translations and translate:\n")
            + missing.join(QLatin1Char('\n'))));
}

void TestTranslations::theCatalogueIsBuiltIn()
{
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/i18n/countersign_ar.qm")));
    QCOMPARE(
        translator.translate("countersign::ui::LedgerPage", "Audit log"),
        QStringLiteral("سجل التدقيق"));
    QCOMPARE(
        translator.translate("TimeText", "%n hours", "more than one", 5),
        QStringLiteral("%n ساعات"));
    QCOMPARE(
        translator.translate("TimeText", "%n hours", "more than one", 2), QStringLiteral("ساعتين"));
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
