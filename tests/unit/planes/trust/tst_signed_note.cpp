#include "models/encoding.h"
#include "planes/trust/signed_note.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <array>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

const std::string kText = "a text\nof two lines\n";
const std::string kDash = "\xE2\x80\x94 ";

NoteSigner signer(std::string name = "example.com/log", char fill = 'k')
{
    return NoteSigner::make(std::move(name), fixedEd25519(fill)).value();
}

NoteSigner witness(char fill = 'w')
{
    return NoteSigner::makeWitness("witness.example.com", fixedEd25519(fill)).value();
}

Note signedBy(const NoteSigner& key)
{
    return Note{kText, {key.sign(kText).value()}};
}

std::vector<NoteVerifier> only(const NoteSigner& key)
{
    return {key.verifier()};
}

} // namespace

class TestSignedNote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiesWhatItSigned()
    {
        const std::array<NoteSigner, 2> signers = {
            signer(), NoteSigner::make("example.com/ecdsa", newP256()).value()};
        for (const NoteSigner& key : signers) {
            const Note note = signedBy(key);
            const Note read = Note::parse(note.toText()).value();
            QVERIFY(read == note);
            const auto verified = verifyNote(read, only(key));
            QVERIFY(verified.ok());
            QVERIFY(verified->front().name == key.verifier().name());
            QVERIFY(!verified->front().witnessedAt);
            QVERIFY(NoteVerifier::parse(key.verifier().vkey()).value() == key.verifier());
        }
    }

    void cosignaturesCarryTheirTime()
    {
        const NoteSigner key = witness();
        const Instant early = Instant::fromUnixSeconds(1'700'000'000);
        const Instant late = early + std::chrono::hours(1);
        const Note note{kText, {key.cosign(kText, late).value(), key.cosign(kText, early).value()}};
        const auto verified = verifyNote(note, only(key)).value();
        QCOMPARE(verified.size(), std::size_t{1});
        QVERIFY(verified.front().witnessedAt == late);
        QVERIFY(NoteVerifier::parse(key.verifier().vkey()).value() == key.verifier());
        QVERIFY(!key.sign(kText).ok());
        QVERIFY(!signer().cosign(kText, early).ok());
        QVERIFY(!key.cosign(kText, Instant::fromUnixSeconds(-1)).ok());
        QVERIFY(!NoteSigner::makeWitness("w", newP256()).ok());
        QVERIFY(!signer().sign("no line feed").ok());
    }

    void aCosignatureIsNotAPlainSignature()
    {
        const PrivateKey key = fixedEd25519('w');
        const NoteVerifier plain =
            NoteVerifier::make("witness.example.com", NoteKeyType::Ed25519, key.publicKey())
                .value();
        QVERIFY(plain.keyId() != witness().verifier().keyId());
        const Note note{kText, {witness().cosign(kText, Instant::fromUnixSeconds(5)).value()}};
        const std::vector<NoteVerifier> verifiers = {plain};
        QVERIFY(verifyNote(note, verifiers).error().rule == "note.no_known_signature");
    }

    void refusesEveryNoteWithOneBitChanged()
    {
        const NoteSigner log = signer();
        const NoteSigner watcher = witness();
        const Note note{
            kText,
            {log.sign(kText).value(),
             watcher.cosign(kText, Instant::fromUnixSeconds(1'700'000'000)).value()}};
        const std::string bytes = note.toText();
        const std::vector<NoteVerifier> verifiers = {log.verifier(), watcher.verifier()};
        QCOMPARE(verifyNote(note, verifiers).value().size(), std::size_t{2});
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            const auto changed = Note::parse(flipped(bytes, bit));
            if (!changed.ok())
                continue;
            // A changed name or key id makes a line unknown; the other one must still be good.
            const auto verified = verifyNote(*changed, verifiers);
            QVERIFY(!verified.ok() || (verified->size() == 1 && changed->text == kText));
        }
    }

    void unknownLinesCountForNothing()
    {
        const NoteSigner known = signer();
        Note note = signedBy(known);
        note.signatures.insert(note.signatures.begin(), {"somebody", 7, "bytes of another type"});
        QVERIFY(verifyNote(note, only(known)).ok());
        QVERIFY(verifyNote(note, {}).error().rule == "note.no_known_signature");
        const auto other = only(signer("example.com/other"));
        QVERIFY(verifyNote(note, other).error().rule == "note.no_known_signature");
    }

    void oneBadKnownLineSpoilsTheNote()
    {
        const NoteSigner known = signer();
        Note note = signedBy(known);
        NoteSignature bad = note.signatures.front();
        bad.bytes = flipped(bad.bytes, 3);
        note.signatures.push_back(bad);
        QVERIFY(verifyNote(note, only(known)).error().rule == "note.signature");
    }

    void splitsAtTheLastEmptyLine()
    {
        const NoteSigner key = signer();
        const std::string text = "first\n\nsecond\n";
        const Note note{text, {key.sign(text).value()}};
        const Note read = Note::parse(note.toText()).value();
        QVERIFY(read.text == text);
        QVERIFY(verifyNote(read, only(key)).ok());
    }

    void takesOneHundredSignatures()
    {
        Note note = signedBy(signer());
        while (note.signatures.size() < kNoteSignatureCountMax)
            note.signatures.push_back(note.signatures.front());
        QVERIFY(Note::parse(note.toText()).ok());
        note.signatures.push_back(note.signatures.front());
        QCOMPARE(Note::parse(note.toText()).error().code, ErrorCode::LimitExceeded);
    }

    void refusesMalformedNotes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        const std::string line = kDash + "name " + base64Encode("idid and signature") + "\n";
        row("nothing", "");
        row("no signature", "text\n\n");
        row("no empty line", "text\n" + line);
        row("no line feed at the end", "text\n\n" + line.substr(0, line.size() - 1));
        row("text after", "text\n\n" + line + "more\n");
        row("hyphen for dash", "text\n\n- name AAAAAAAA\n");
        row("no name", "text\n\n" + kDash + " AAAAAAAA\n");
        row("name with plus", "text\n\n" + kDash + "a+b AAAAAAAA\n");
        row("name with a wide space",
            "text\n\n" + kDash
                + "a\xE2\x80\x83"
                  "b AAAAAAAA\n");
        row("two spaces", "text\n\n" + kDash + "name  AAAAAAAA\n");
        row("key id alone", "text\n\n" + kDash + "name AAAAAA==\n");
        row("not base64", "text\n\n" + kDash + "name AAAA*AAA\n");
        row("base64 without padding", "text\n\n" + kDash + "name AAAAAAA\n");
        row("tab in the text", "te\txt\n\n" + line);
        row("carriage return", "text\r\n\n" + line);
        row("zero byte", std::string("te\0xt\n\n", 7) + line);
        row("not UTF-8", "te\xFFxt\n\n" + line);
    }
    void refusesMalformedNotes()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(Note::parse(bytes.toStdString()).error().code, ErrorCode::InvalidInput);
    }

    void refusesHugeNotes()
    {
        const std::string bytes(kNoteByteCountMax + 1, 'a');
        QCOMPARE(Note::parse(bytes).error().code, ErrorCode::LimitExceeded);
    }

    void refusesMalformedKeys_data()
    {
        QTest::addColumn<QByteArray>("vkey");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* name, const std::string& vkey, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(vkey) << code;
        };
        const std::string good = signer().verifier().vkey();
        const std::string key = good.substr(good.rfind('+') + 1);
        constexpr auto kInvalid = ErrorCode::InvalidInput;
        row("nothing", "", kInvalid);
        row("one part", "example.com", kInvalid);
        row("two parts", "example.com/log+00000000", kInvalid);
        row("empty name", good.substr(good.find('+')), kInvalid);
        row("another name", "x" + good, kInvalid);
        row("space in the name", "a b" + good.substr(good.find('+')), kInvalid);
        row("id too short", "example.com/log+0000000+" + key, kInvalid);
        row("id in upper case", "example.com/log+ABCDEF01+" + key, kInvalid);
        row("no key", "example.com/log+00000000+", kInvalid);
        row("short key",
            "example.com/log+00000000+"
                + base64Encode("\x01"
                               "abc"),
            kInvalid);
        row("low order key",
            "example.com/log+00000000+" + base64Encode("\x01" + std::string(32, '\0')),
            kInvalid);
        row("ML-DSA-44",
            "example.com/log+00000000+" + base64Encode("\x06" + std::string(1312, 'k')),
            ErrorCode::Unsupported);
        row("huge", std::string(100'000, 'a'), kInvalid);
    }
    void refusesMalformedKeys()
    {
        QFETCH(QByteArray, vkey);
        QFETCH(ErrorCode, code);
        QCOMPARE(NoteVerifier::parse(vkey.toStdString()).error().code, code);
    }
};

QTEST_GUILESS_MAIN(TestSignedNote)
#include "tst_signed_note.moc"
