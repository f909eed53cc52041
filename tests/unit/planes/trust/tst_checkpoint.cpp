#include "planes/trust/checkpoint.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

const std::string kOrigin = "example.com/log";
const std::string kRootText = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
constexpr Instant kTime = Instant::fromUnixSeconds(1'750'000'000);

NoteSigner logKey(const std::string& name = kOrigin)
{
    return NoteSigner::make(name, fixedEd25519('l')).value();
}

NoteSigner witness(const std::string& name = "witness.example.com")
{
    return NoteSigner::makeWitness(name, fixedEd25519('w')).value();
}

Checkpoint sample()
{
    return {kOrigin, 42, Digest::of("")};
}

} // namespace

class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesThreeLines()
    {
        QVERIFY(sample().toText() == kOrigin + "\n42\n" + kRootText + "\n");
        QVERIFY(Checkpoint::parse(sample().toText()).value() == sample());
        Checkpoint extended = sample();
        extended.extensionLines = {"one", "two"};
        QVERIFY(Checkpoint::parse(extended.toText()).value() == extended);
    }

    void refusesMalformedTexts_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        row("nothing", "");
        row("no origin", "\n42\n" + kRootText + "\n");
        row("no root", "o\n42\n");
        row("no line feed", "o\n42\n" + kRootText);
        row("leading zero", "o\n042\n" + kRootText + "\n");
        row("plus", "o\n+42\n" + kRootText + "\n");
        row("negative", "o\n-1\n" + kRootText + "\n");
        row("hexadecimal", "o\n0x2\n" + kRootText + "\n");
        row("space", "o\n42 \n" + kRootText + "\n");
        row("empty size", "o\n\n" + kRootText + "\n");
        row("beyond 64 bits", "o\n18446744073709551616\n" + kRootText + "\n");
        row("short root", "o\n42\nYmFuYW5hcw==\n");
        row("root with stray bits", "o\n42\n" + kRootText.substr(0, 42) + "V=\n");
        row("empty extension", "o\n42\n" + kRootText + "\n\n");
        row("not UTF-8", "\xFF\n42\n" + kRootText + "\n");
    }
    void refusesMalformedTexts()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(Checkpoint::parse(text.toStdString()).error().code, ErrorCode::InvalidInput);
    }

    void readsTheLargestSize()
    {
        const auto read = Checkpoint::parse("o\n18446744073709551615\n" + kRootText + "\n");
        QVERIFY(read.ok());
        QVERIFY(read->size == UINT64_MAX);
    }

    void opensWhatTheLogSigned()
    {
        const std::string note = signCheckpoint(sample(), logKey()).value();
        const auto opened = openCheckpoint(note, logKey().verifier());
        QVERIFY(opened.ok());
        QVERIFY(opened->checkpoint == sample());
        QVERIFY(opened->cosignatures.empty());
        QVERIFY(opened->note.toText() == note);
    }

    void refusesEveryHeadWithOneBitChanged()
    {
        const std::string note = signCheckpoint(sample(), logKey()).value();
        for (std::size_t bit = 0; bit < 8 * note.size(); ++bit)
            QVERIFY2(
                !openCheckpoint(flipped(note, bit), logKey().verifier()).ok(),
                qPrintable(QString::number(bit)));
    }

    void originIsTheNameOfTheKey()
    {
        const auto wrong = signCheckpoint(sample(), logKey("example.com/other"));
        QVERIFY(wrong.error().rule == "checkpoint.origin");
        // A key that signs a head of another log, which signCheckpoint would not do.
        const NoteSigner other = logKey("example.com/other");
        const Note note{sample().toText(), {other.sign(sample().toText()).value()}};
        QVERIFY(
            openCheckpoint(note.toText(), other.verifier()).error().rule == "checkpoint.origin");
    }

    void collectsCosignatures()
    {
        std::string note = signCheckpoint(sample(), logKey()).value();
        note = cosignCheckpoint(note, witness(), kTime).value();
        const std::vector<NoteVerifier> witnesses = {
            witness("unused.example.com").verifier(), witness().verifier()};
        const auto opened = openCheckpoint(note, logKey().verifier(), witnesses).value();
        QCOMPARE(opened.cosignatures.size(), std::size_t{1});
        QCOMPARE(opened.cosignatures.front().verifierIndex, std::size_t{1});
        QVERIFY(opened.cosignatures.front().witnessedAt == kTime);
        QVERIFY(openWitnessedCheckpoint(note, kOrigin, witnesses).value().checkpoint == sample());
        QVERIFY(
            openWitnessedCheckpoint(note, "other", witnesses).error().rule == "checkpoint.origin");
        const std::vector<NoteVerifier> notWitnesses = {logKey().verifier()};
        QVERIFY(!openWitnessedCheckpoint(note, kOrigin, notWitnesses).ok());
    }

    void witnessesDoNotReplaceTheLog()
    {
        const std::string text = sample().toText();
        const Note note{text, {witness().cosign(text, kTime).value()}};
        const std::vector<NoteVerifier> witnesses = {witness().verifier()};
        QVERIFY(
            openCheckpoint(note.toText(), logKey().verifier(), witnesses).error().rule
            == "checkpoint.log_signature");
    }

    void cosignsCheckpointsOnly()
    {
        const Note note{"no checkpoint\n", {logKey().sign("no checkpoint\n").value()}};
        QVERIFY(!cosignCheckpoint(note.toText(), witness(), kTime).ok());
        QVERIFY(!cosignCheckpoint("junk", witness(), kTime).ok());
    }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
