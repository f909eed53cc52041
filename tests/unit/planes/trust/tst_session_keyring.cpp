#include "planes/trust/keyring.h"
#include "planes/trust/sealed_box.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;

/// Against a real keyring, in a session that tests/support/with_keyring.sh makes.
class TestSessionKeyring : public QObject
{
    Q_OBJECT

    std::unique_ptr<Keyring> m_keyring;

private Q_SLOTS:
    void init()
    {
        if (!qEnvironmentVariableIsSet("COUNTERSIGN_TEST_KEYRING"))
            QSKIP("no dbus-run-session or no gnome-keyring-daemon here: the keyring of a session");
        auto opened = openSessionKeyring();
        if (!opened.ok() && opened.error().code == ErrorCode::Unsupported)
            QSKIP("this build has no libsecret: the keyring of a session");
        QVERIFY(opened.ok());
        m_keyring = std::move(opened).value();
    }

    void givesBackWhatItKeeps()
    {
        const SecretBytes key = makeSealKey().value();
        const auto kept = m_keyring->keep("one", "A vault", key);
        QVERIFY2(kept.ok(), kept.ok() ? "" : kept.error().detail.c_str());
        QVERIFY(m_keyring->find("one").value().equals(key));
    }

    void keepsBytesThatAreNoText()
    {
        const SecretBytes key = SecretBytes::copyOf(std::string("\0\xff\n\x80\0", 5));
        QVERIFY(m_keyring->keep("bytes", "A vault", key).ok());
        QVERIFY(m_keyring->find("bytes").value().equals(key));
    }

    void aNewKeyTakesThePlaceOfTheOld()
    {
        const SecretBytes key = makeSealKey().value();
        QVERIFY(m_keyring->keep("two", "A vault", makeSealKey().value()).ok());
        QVERIFY(m_keyring->keep("two", "A vault", key).ok());
        QVERIFY(m_keyring->find("two").value().equals(key));
    }

    void knowsNoOtherKey()
    {
        QCOMPARE(m_keyring->find("none").error().rule, std::string("keyring.absent"));
    }

    void forgets()
    {
        QVERIFY(m_keyring->keep("three", "A vault", makeSealKey().value()).ok());
        QVERIFY(m_keyring->forget("three").ok());
        QVERIFY(m_keyring->forget("three").ok());
        QCOMPARE(m_keyring->find("three").error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestSessionKeyring)
#include "tst_session_keyring.moc"
