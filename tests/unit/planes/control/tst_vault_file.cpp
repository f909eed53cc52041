#include "planes/control/vault_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace countersign;
using namespace countersign::control;

namespace fs = std::filesystem;

namespace {

template <class T>
std::string ruleOf(const Result<T>& result)
{
    return result.ok() ? "none" : result.error().rule;
}

} // namespace

class TestVaultFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] fs::path path(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    [[nodiscard]] VaultFile file() const { return VaultFile(path("vault")); }
    [[nodiscard]] std::string content() const
    {
        const auto bytes = file().read();
        return !bytes.ok() ? bytes.error().rule : bytes->value_or("(none)");
    }
    void write(const char* name, const QByteArray& bytes, bool isPrivate = true) const
    {
        QFile target(QString::fromStdString(path(name).string()));
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(bytes);
        target.close();
        ::chmod(path(name).c_str(), isPrivate ? 0600 : 0644);
    }
    void put(const VaultFile& file, const VaultFile::Hold& hold, const char* bytes) const
    {
        QVERIFY(file.prepare(hold, bytes).ok());
        QVERIFY(file.commit(hold).ok());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aMissingFileIsNoError()
    {
        QCOMPARE(content(), std::string("(none)"));
        QVERIFY(!file().mark());
    }

    void isReplacedWholeAndForItsOwnerOnly()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "one");
        QCOMPARE(content(), std::string("one"));
        const auto mark = vault.mark();
        QVERIFY(vault.prepare(hold, "two").ok());
        QCOMPARE(content(), std::string("one"));
        QCOMPARE(vault.mark(), mark);
        QVERIFY(vault.commit(hold).ok());
        QCOMPARE(content(), std::string("two"));
        QVERIFY(vault.mark() != mark);
        struct stat state = {};
        QCOMPARE(::stat(vault.path().c_str(), &state), 0);
        QCOMPARE(state.st_mode & 0777U, 0600U);
        // Nothing but the vault and its lock.
        const QDir folder(m_folder->path());
        QCOMPARE(
            folder.entryList(QDir::Files | QDir::Hidden),
            (QStringList{QStringLiteral("vault"), QStringLiteral("vault.lock")}));
    }

    void whatWasReplacedIsOverwritten()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "old content");
        QFile old(QString::fromStdString(vault.path().string()));
        QVERIFY(old.open(QIODevice::ReadOnly));
        put(vault, hold, "new");
        QCOMPARE(old.readAll(), QByteArray(11, '\0'));
    }

    void aFileWithAnotherNameIsLeftToIt()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "old content");
        QCOMPARE(::link(vault.path().c_str(), path("backup").c_str()), 0);
        put(vault, hold, "new");
        QFile backup(QString::fromStdString(path("backup").string()));
        QVERIFY(backup.open(QIODevice::ReadOnly));
        QCOMPARE(backup.readAll(), QByteArray("old content"));
    }

    void aCrashBeforeTheLedgersWordLeavesTheOldFile()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "old");
        QVERIFY(vault.prepare(hold, "next").ok());
        QVERIFY(vault.settle(hold, Digest::of("old")).ok());
        QCOMPARE(content(), std::string("old"));
        QVERIFY(!fs::exists(path("vault.next")));
    }

    void aCrashAfterItFinishesTheChange()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "old");
        QVERIFY(vault.prepare(hold, "next").ok());
        QVERIFY(vault.settle(hold, Digest::of("next")).ok());
        QCOMPARE(content(), std::string("next"));
        QVERIFY(!fs::exists(path("vault.next")));
        QVERIFY(vault.settle(hold, Digest::of("next")).ok());
        QCOMPARE(content(), std::string("next"));
    }

    void aFileThatCouldNotBeWrittenChangesNothing()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        put(vault, hold, "old");
        // Where the next file would be stands a folder that is not empty.
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("vault.next/inside")));
        QVERIFY(!vault.prepare(hold, "next").ok());
        QCOMPARE(content(), std::string("old"));
    }

    void oneProcessAtATimeChangesIt()
    {
        const VaultFile vault = file();
        const auto hold = vault.hold().value();
        const pid_t child = ::fork();
        if (child == 0) {
            // Waits for the lock until the alarm ends it.
            ::alarm(1);
            ::_exit(VaultFile(path("vault")).hold().ok() ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
    }

    void filesOfOthersAreRefused()
    {
        write("vault", "open to all", false);
        QCOMPARE(content(), std::string("vault.permissions"));
        fs::remove(path("vault"));
        write("elsewhere", "content");
        fs::create_symlink(path("elsewhere"), path("vault"));
        QCOMPARE(content(), std::string("vault.permissions"));
        fs::remove(path("vault"));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("vault")));
        QVERIFY(!file().read().ok());
    }

    void plainSecretsAreFoundByName()
    {
        QVERIFY(plainSecrets(path("nowhere")).value().empty());
        write("b.token", "2");
        write("a", "1");
        write("Not-A-Name", "3");
        fs::create_symlink(path("a"), path("linked"));
        fs::create_directory(path("folder"));
        const auto found = plainSecrets(path("")).value();
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].name, std::string("a"));
        QCOMPARE(found[1].name, std::string("b.token"));
    }

    void readsWithoutTheLineFeedThatEditorsAdd()
    {
        write("a", "value\n");
        write("b", "value\n\n");
        write("c", "");
        write("d", QByteArray(65'536, 'x') + '\n');
        write("e", QByteArray(65'538, 'x'));
        write("f", "value", false);
        QVERIFY(readPrivateBytes(path("a")).value().view() == "value");
        QVERIFY(readPrivateBytes(path("b")).value().view() == "value\n");
        QVERIFY(readPrivateBytes(path("c")).value().empty());
        QCOMPARE(readPrivateBytes(path("d")).value().size(), std::size_t{65'536});
        QCOMPARE(ruleOf(readPrivateBytes(path("e"))), std::string("secret.value"));
        QCOMPARE(ruleOf(readPrivateBytes(path("f"))), std::string("secret.permissions"));
        QCOMPARE(ruleOf(readPrivateBytes(path("none"))), std::string("secret.file"));
    }

    void destroyingOverwrites()
    {
        write("a", "value");
        QFile open(QString::fromStdString(path("a").string()));
        QVERIFY(open.open(QIODevice::ReadOnly));
        QVERIFY(destroyFile(path("a")).ok());
        QVERIFY(!fs::exists(path("a")));
        QCOMPARE(open.readAll(), QByteArray(5, '\0'));
        QVERIFY(destroyFile(path("a")).ok());
    }
};

QTEST_GUILESS_MAIN(TestVaultFile)
#include "tst_vault_file.moc"
