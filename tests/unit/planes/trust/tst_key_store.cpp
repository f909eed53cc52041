#include "planes/trust/key_store.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

constexpr UnlockCost kCheap{.logN = 4};

SecretBytes passphrase(std::string_view text = "correct horse")
{
    return SecretBytes::copyOf(text);
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::filesystem::path& path, std::string_view bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

mode_t modeOf(const std::filesystem::path& path)
{
    struct stat state = {};
    CS_ASSERT(::stat(path.c_str(), &state) == 0);
    return state.st_mode & 0777U;
}

} // namespace

class TestKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_folder = std::filesystem::path(m_temporary->path().toStdString()) / "deep" / "keys";
    }

    void keepsKeysThatOnlyTheOwnerReads()
    {
        const mode_t before = ::umask(0);
        const KeyStore store(m_folder);
        const auto made = store.create("anna", KeyAlgorithm::EcdsaP256, passphrase(), kCheap);
        ::umask(before);
        QVERIFY(made.ok());
        QCOMPARE(modeOf(m_folder), mode_t{0700});
        QCOMPARE(modeOf(m_folder / "anna.key.pem"), mode_t{0600});
        QVERIFY(contentOf(m_folder / "anna.key.pem").starts_with("-----BEGIN ENCRYPTED"));
        QVERIFY(PublicKey::fromPem(contentOf(m_folder / "anna.pub.pem")).value() == *made);
        const PrivateKey key = store.load("anna", passphrase()).value();
        QVERIFY(key.publicKey() == *made);
        // No temporary file stays behind.
        const auto begin = std::filesystem::directory_iterator(m_folder);
        QCOMPARE(std::distance(begin, std::filesystem::directory_iterator()), 2);
    }

    void listsByName()
    {
        const KeyStore store(m_folder);
        QVERIFY(store.list().value().empty());
        for (const char* name : {"zoe", "anna", "b.2_x-y"})
            QVERIFY(store.create(name, KeyAlgorithm::Ed25519, passphrase(), kCheap).ok());
        write(m_folder / "notes.txt", "not a key");
        write(m_folder / "Upper.key.pem", "no key name");
        std::filesystem::remove(m_folder / "zoe.pub.pem");
        const auto keys = store.list().value();
        QCOMPARE(keys.size(), std::size_t{3});
        QVERIFY(keys[0].name == "anna" && keys[1].name == "b.2_x-y" && keys[2].name == "zoe");
        QVERIFY(keys[0].publicKey.has_value());
        QVERIFY(!keys[2].publicKey.has_value());
    }

    void neverOverwritesAName()
    {
        const KeyStore store(m_folder);
        const PublicKey first =
            store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).value();
        const auto second = store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QVERIFY(store.load("anna", passphrase()).value().publicKey() == first);
    }

    void refusesFilesThatOthersCanUse_data()
    {
        QTest::addColumn<uint>("mode");
        for (const uint mode : {0640U, 0604U, 0644U, 0620U, 0602U, 0610U})
            QTest::newRow(qPrintable(QString::number(mode, 8))) << mode;
    }
    void refusesFilesThatOthersCanUse()
    {
        QFETCH(uint, mode);
        const KeyStore store(m_folder);
        QVERIFY(store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).ok());
        const std::filesystem::path path = m_folder / "anna.key.pem";
        QCOMPARE(::chmod(path.c_str(), mode), 0);
        const auto loaded = store.load("anna", passphrase());
        QCOMPARE(loaded.error().code, ErrorCode::Refused);
        QVERIFY(loaded.error().rule == "key.permissions");
        QVERIFY(loaded.error().file == path.string());
        QVERIFY(
            loaded.error().detail.find("chmod 600 '" + path.string() + "'") != std::string::npos);
    }

    void refusesLinksAndFolders()
    {
        const KeyStore store(m_folder);
        QVERIFY(store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).ok());
        std::filesystem::create_symlink(m_folder / "anna.key.pem", m_folder / "link.key.pem");
        QCOMPARE(store.load("link", passphrase()).error().code, ErrorCode::Refused);
        std::filesystem::create_directory(m_folder / "folder.key.pem");
        QCOMPARE(store.load("folder", passphrase()).error().code, ErrorCode::Refused);
        QCOMPARE(::mkfifo((m_folder / "pipe.key.pem").c_str(), 0600), 0);
        QCOMPARE(store.load("pipe", passphrase()).error().code, ErrorCode::Refused);
    }

    void tellsWrongPassphraseFromDamage()
    {
        const KeyStore store(m_folder);
        QVERIFY(store.create("anna", KeyAlgorithm::EcdsaP256, passphrase(), kCheap).ok());
        const auto wrong = store.load("anna", passphrase("wrong"));
        QCOMPARE(wrong.error().code, ErrorCode::PassphraseWrong);
        QVERIFY(wrong.error().file.ends_with("anna.key.pem"));
        const std::filesystem::path path = m_folder / "anna.key.pem";
        const std::string pem = contentOf(path);
        write(path, pem.substr(0, pem.size() / 2));
        QCOMPARE(store.load("anna", passphrase()).error().code, ErrorCode::Corrupt);
        write(path, std::string(100'000, 'x'));
        QCOMPARE(store.load("anna", passphrase()).error().code, ErrorCode::LimitExceeded);
        QCOMPARE(store.load("nobody", passphrase()).error().code, ErrorCode::NotFound);
    }

    void refusesHalvesThatDoNotFit()
    {
        const KeyStore store(m_folder);
        QVERIFY(store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).ok());
        write(m_folder / "anna.pub.pem", newP256().publicKey().pem());
        const auto loaded = store.load("anna", passphrase());
        QCOMPARE(loaded.error().code, ErrorCode::Corrupt);
        QVERIFY(loaded.error().rule == "key.halves");
        write(m_folder / "anna.pub.pem", "junk");
        QCOMPARE(store.load("anna", passphrase()).error().code, ErrorCode::Corrupt);
    }

    void neverOpensADamagedFileAsAnotherKey()
    {
        const KeyStore store(m_folder);
        const PublicKey key =
            store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).value();
        const std::filesystem::path path = m_folder / "anna.key.pem";
        const std::string pem = contentOf(path);
        for (std::size_t bit = 0; bit < 8 * pem.size(); bit += 11) {
            write(path, flipped(pem, bit));
            const auto loaded = store.load("anna", passphrase());
            QVERIFY(!loaded.ok() || loaded->publicKey() == key);
        }
    }

    void writesTheMissingPublicHalf()
    {
        const KeyStore store(m_folder);
        const PublicKey key =
            store.create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap).value();
        std::filesystem::remove(m_folder / "anna.pub.pem");
        QVERIFY(store.load("anna", passphrase()).ok());
        QVERIFY(store.list().value().front().publicKey == key);
    }

    void importsForeignKeys()
    {
        const KeyStore store(m_folder);
        const PrivateKey key = newP256();
        const SecretBytes encrypted =
            SecretBytes::copyOf(key.toEncryptedPkcs8(passphrase(), kCheap).value());
        QCOMPARE(
            store.importKey("one", encrypted, passphrase("wrong"), kCheap).error().code,
            ErrorCode::PassphraseWrong);
        QVERIFY(store.importKey("one", encrypted, passphrase(), kCheap).value() == key.publicKey());
        const SecretBytes plain = key.toUnencryptedPkcs8().value();
        QVERIFY(store.importKey("two", plain, passphrase(), kCheap).ok());
        QVERIFY(contentOf(m_folder / "two.key.pem").starts_with("-----BEGIN ENCRYPTED"));
        QVERIFY(store.load("two", passphrase()).value().publicKey() == key.publicKey());
        QVERIFY(!store.importKey("three", SecretBytes::copyOf("junk"), passphrase(), kCheap).ok());
        QVERIFY(!store.importKey("four", plain, SecretBytes(), kCheap).ok());
        QCOMPARE(store.list().value().size(), std::size_t{2});
    }

    void refusesOtherNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("65 characters") << QByteArray(65, 'a');
        for (const char* name :
             {"Anna", "an na", "../anna", "a/b", ".", "..", ".anna", "\xC3\xA4", "a\n"})
            QTest::newRow(name) << QByteArray(name);
        QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    }
    void refusesOtherNames()
    {
        QFETCH(QByteArray, name);
        const KeyStore store(m_folder);
        const std::string text = name.toStdString();
        QCOMPARE(
            store.create(text, KeyAlgorithm::Ed25519, passphrase(), kCheap).error().code,
            ErrorCode::InvalidInput);
        QCOMPARE(store.load(text, passphrase()).error().code, ErrorCode::InvalidInput);
        QVERIFY(isKeyName(std::string(64, 'a')));
    }

    void saysWhereItCannotWrite()
    {
        std::filesystem::create_directories(m_folder.parent_path());
        write(m_folder, "a file where the folder should be");
        const auto made =
            KeyStore(m_folder).create("anna", KeyAlgorithm::Ed25519, passphrase(), kCheap);
        QCOMPARE(made.error().code, ErrorCode::StorageFailed);
        QVERIFY(made.error().file == m_folder.string());
        QCOMPARE(KeyStore(m_folder).list().error().code, ErrorCode::StorageFailed);
    }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
};

QTEST_GUILESS_MAIN(TestKeyStore)
#include "tst_key_store.moc"
