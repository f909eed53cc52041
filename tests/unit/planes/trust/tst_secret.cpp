#include "planes/trust/secret.h"

#include <QTest>

#include <type_traits>

using namespace countersign::trust;

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotCopied()
    {
        static_assert(!std::is_copy_constructible_v<SecretBytes>);
        static_assert(!std::is_copy_assignable_v<SecretBytes>);
        static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
    }

    void keepsTheBytesAsItGrows()
    {
        SecretBytes secret;
        QVERIFY(secret.empty());
        std::string expected;
        for (int i = 0; i < 3000; ++i) {
            const std::string piece(3, static_cast<char>('a' + i % 26));
            secret.append(piece);
            expected += piece;
        }
        QVERIFY(secret.view() == expected);
    }

    void movingEmptiesTheSource()
    {
        SecretBytes source = SecretBytes::copyOf("passphrase");
        SecretBytes target = SecretBytes::copyOf("another");
        target = std::move(source);
        QVERIFY(target.view() == "passphrase");
        QVERIFY(source.empty()); // NOLINT(bugprone-use-after-move): the promise under test
        const SecretBytes constructed = std::move(target);
        QVERIFY(constructed.view() == "passphrase");
    }

    void takingOverWipesTheSource()
    {
        std::string source = "a passphrase that is longer than a short string";
        const char* place = source.data();
        const std::size_t size = source.size();
        const SecretBytes secret = SecretBytes::takeFrom(source);
        QVERIFY(source.empty());
        QVERIFY(std::string_view(place, size) == std::string(size, '\0'));
        QVERIFY(secret.view().starts_with("a passphrase"));
    }

    void shorteningWipesTheRest()
    {
        SecretBytes secret = SecretBytes::copyOf("passphrase");
        const char* place = secret.data();
        secret.truncate(4);
        QVERIFY(secret.view() == "pass");
        QVERIFY(std::string_view(place + 4, 6) == std::string(6, '\0'));
    }

    void comparesWholeContent()
    {
        const SecretBytes one = SecretBytes::copyOf("one");
        QVERIFY(one.equals(SecretBytes::copyOf("one")));
        QVERIFY(!one.equals(SecretBytes::copyOf("onE")));
        QVERIFY(!one.equals(SecretBytes::copyOf("ones")));
        QVERIFY(SecretBytes().equals(SecretBytes()));
        QVERIFY(SecretBytes(3).equals(SecretBytes::copyOf(std::string_view("\0\0\0", 3))));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
