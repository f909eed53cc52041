#include "app/core/key_file.h"
#include "app/core/secret_desk.h"
#include "app/demo/demo_secret.h"
#include "tests/support/demo_fixture.h"

#include <QTest>

#include <fstream>

#include <sys/stat.h>

using namespace countersign;
using namespace countersign::app;
using trust::SecretBytes;

namespace {

constexpr trust::UnlockCost kCheap{10};
constexpr const char* kValue = "canary-5d1f0a77c2";

class MovingClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return SystemClock().now() + ahead; }
    Duration ahead{};
};

template <class T>
std::string ruleOf(const Result<T>& result)
{
    return result.ok() ? "none" : result.error().rule;
}

control::VaultProtection passphraseLock()
{
    return {control::VaultLock::Passphrase, kCheap};
}

SecretBytes phrase()
{
    return SecretBytes::copyOf("correct horse");
}

} // namespace

class TestSecretDesk : public QObject
{
    Q_OBJECT

    std::unique_ptr<testing::DemoFixture> m_fixture;
    std::shared_ptr<MovingClock> m_clock;

    [[nodiscard]] std::unique_ptr<Core> open() const
    {
        CoreOptions options;
        options.clock = m_clock;
        auto core = Core::open(m_fixture->folder(), options).value();
        static_cast<void>(core->secrets().look());
        return core;
    }

    /// A workspace whose secrets a passphrase protects, opened by nobody yet.
    void lockWithPassphrase() const
    {
        const auto core = open();
        const auto unlocker = findUnlocker(
            m_fixture->folder(), {control::VaultLock::KeyFile, {}, std::string(kKeyFileName)});
        const auto vault = openVault(m_fixture->folder(), unlocker.value());
        QVERIFY(core->secrets().rewrap(vault.value(), passphraseLock(), phrase()).ok());
    }

    void writePlain(const char* name, const char* value, mode_t mode = 0600) const
    {
        const auto folder = m_fixture->folder().plainSecrets();
        std::filesystem::create_directories(folder);
        std::ofstream(folder / name) << value;
        ::chmod((folder / name).c_str(), mode);
    }

    static Result<std::vector<control::SecretChange>>
    set(Core& core, const char* name, const char* value)
    {
        return core.secrets().change(
            {control::SecretAct::Set, name, "somebody", true}, [&](control::SecretVault& vault) {
                return vault.set(name, SecretBytes::copyOf(value), std::nullopt, core.now());
            });
    }

    static std::vector<Json> recorded(Core& core)
    {
        std::vector<Json> bodies;
        const auto reader = core.store().openReader();
        const auto read = reader->forEachOfType(
            std::string(kSecretChanged), [&](const trust::LedgerEntry& entry) -> Result<bool> {
                bodies.push_back(trust::readEvent(entry).value().body);
                return true;
            });
        CS_ASSERT(read.ok());
        return bodies;
    }

    static std::string given(Core& core, const char* name)
    {
        const auto value = core.secrets().source()->secret(name);
        return value.ok() ? std::string(value->view()) : value.error().rule;
    }

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_shared<MovingClock>();
        m_fixture = std::make_unique<testing::DemoFixture>();
        const auto made = m_fixture->make();
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().describe().c_str());
    }

    void theDemosSecretIsSealedAndOpensWithoutAsking()
    {
        const auto core = open();
        QVERIFY(core->secrets().source()->isUnlocked());
        QCOMPARE(given(*core, "demo-systems"), m_fixture->token());
        QVERIFY(!std::filesystem::exists(m_fixture->folder().plainSecrets()));
        QCOMPARE(given(*core, "none"), std::string("secret.absent"));
    }

    void eachChangeStandsInTheLedgerWithoutTheValue()
    {
        const auto core = open();
        QVERIFY(set(*core, "payments", kValue).ok());
        const std::vector<Json> bodies = recorded(*core);
        QCOMPARE(bodies.size(), std::size_t{3});
        QCOMPARE(textMember(bodies[0], "change"), std::string("created"));
        QCOMPARE(textMember(bodies[1], "name"), std::string("demo-systems"));
        Json last = bodies[2];
        const std::string file = readFileWhole(m_fixture->folder().vault(), 100'000).value();
        QCOMPARE(textMember(last, "vault_sha256"), Digest::of(file).hex());
        last.erase("vault_sha256");
        QCOMPARE(
            last.dump(),
            std::string(R"({"account":"somebody","change":"set","name":"payments","version":1})"));
    }

    void withoutAPassphraseTheEngineStartsAndGivesNothing()
    {
        lockWithPassphrase();
        const auto core = open();
        QCOMPARE(given(*core, "demo-systems"), std::string("secret.locked"));
        QCOMPARE(
            ruleOf(core->secrets().source()->ready("demo-systems")), std::string("secret.locked"));
        QCOMPARE(ruleOf(set(*core, "a", "b")), std::string("secret.locked"));
        const SecretsState state = core->secrets().state();
        QVERIFY(state.exists && !state.isUnlocked);
        QCOMPARE(state.secretCount, std::size_t{1});
        QCOMPARE(
            ruleOf(core->secrets().unlock(SecretBytes::copyOf("wrong"))),
            std::string("vault.passphrase"));
        QVERIFY(core->secrets().unlock(phrase()).ok());
        QVERIFY(core->secrets().look().isNews);
        QVERIFY(!core->secrets().look().isNews);
        QVERIFY(given(*core, "demo-systems") != "secret.locked");
    }

    void followsWhatAnotherProcessChanged()
    {
        const auto engine = open();
        const auto other = open();
        QVERIFY(set(*other, "payments", kValue).ok());
        QCOMPARE(given(*engine, "payments"), std::string("secret.absent"));
        QVERIFY(engine->secrets().look().isNews);
        QCOMPARE(given(*engine, "payments"), std::string(kValue));
        // Another key: this process does not know it and says so.
        lockWithPassphrase();
        QVERIFY(engine->secrets().look().isNews);
        QCOMPARE(given(*engine, "payments"), std::string("secret.locked"));
    }

    void anEarlierFilePutBackIsRefused()
    {
        const std::string before = readFileWhole(m_fixture->folder().vault(), 100'000).value();
        const auto core = open();
        QVERIFY(set(*core, "payments", kValue).ok());
        QVERIFY(writeFileWhole(m_fixture->folder().vault(), before, true).ok());
        QCOMPARE(core->secrets().look().troubles.size(), std::size_t{1});
        QCOMPARE(given(*core, "demo-systems"), std::string("secret.unrecorded"));
        QCOMPARE(given(*open(), "demo-systems"), std::string("secret.unrecorded"));
        // Nor does it help to lose it.
        std::filesystem::remove(m_fixture->folder().vault());
        QCOMPARE(given(*open(), "demo-systems"), std::string("secret.unrecorded"));
        // Whoever has its key may say that it is to be taken as it is.
        QVERIFY(writeFileWhole(m_fixture->folder().vault(), before, true).ok());
        lockWithPassphrase();
        const auto again = open();
        QVERIFY(again->secrets().unlock(phrase()).ok());
        QCOMPARE(given(*again, "payments"), std::string("secret.absent"));
    }

    void aCrashBetweenLedgerAndFileIsFinished()
    {
        const std::string before = readFileWhole(m_fixture->folder().vault(), 100'000).value();
        {
            const auto core = open();
            QVERIFY(set(*core, "payments", kValue).ok());
        }
        // As if the process had died before the new file took the place of the old one.
        const auto vault = m_fixture->folder().vault();
        auto next = vault;
        next += ".next";
        std::filesystem::rename(vault, next);
        QVERIFY(writeFileWhole(vault, before, true).ok());
        QCOMPARE(given(*open(), "payments"), std::string(kValue));
        QVERIFY(!std::filesystem::exists(next));
        // As if it had died before the ledger's word.
        QVERIFY(writeFileWhole(next, before, true).ok());
        QCOMPARE(given(*open(), "payments"), std::string(kValue));
        QVERIFY(!std::filesystem::exists(next));
    }

    void plainFilesAreSealedAndDestroyed()
    {
        writePlain("legacy", "old-token\n");
        writePlain("open", "shown-to-all", 0644);
        writePlain("demo-systems", "another-value");
        const auto core = open();
        const std::vector<Error> refused = core->secrets().takeInPlainFiles();
        QCOMPARE(given(*core, "legacy"), std::string("old-token"));
        QVERIFY(!std::filesystem::exists(m_fixture->folder().plainSecrets() / "legacy"));
        QCOMPARE(textMember(recorded(*core).back(), "change"), std::string("taken_in"));
        QCOMPARE(refused.size(), std::size_t{2});
        QCOMPARE(refused[0].rule, std::string("secret.plain_conflict"));
        QCOMPARE(refused[1].rule, std::string("secret.permissions"));
        QVERIFY(std::filesystem::exists(m_fixture->folder().plainSecrets() / "open"));
        // A file that was sealed but not destroyed, because of a crash, goes the second time.
        writePlain("legacy", "old-token");
        QCOMPARE(core->secrets().takeInPlainFiles().size(), std::size_t{2});
        QVERIFY(!std::filesystem::exists(m_fixture->folder().plainSecrets() / "legacy"));
    }

    void anEarlierDemoWorkspaceIsTakenOver()
    {
        // Its token lies in a plain file, and its vault is not made yet.
        const auto folder = m_fixture->folder();
        const std::string token = m_fixture->token();
        std::filesystem::remove(folder.vault());
        std::filesystem::remove(folder.root() / kKeyFileName);
        writePlain("demo-systems", (token + "\n").c_str());
        QVERIFY(m_fixture->startSystems().ok());
        QCOMPARE(m_fixture->token(), token);
        QCOMPARE(given(*open(), "demo-systems"), token);
        QVERIFY(!std::filesystem::exists(folder.plainSecrets() / "demo-systems"));
    }

    void whatHasRetiredIsDestroyedByTheWay()
    {
        const auto core = open();
        QVERIFY(set(*core, "payments", "old").ok());
        const auto rotated = core->secrets().change(
            {control::SecretAct::Rotated, "payments", "somebody", true},
            [&](control::SecretVault& vault) {
                return vault.rotate(
                    "payments", SecretBytes::copyOf("new"), {std::chrono::hours(2)}, core->now());
            });
        QVERIFY(rotated.ok());
        static_cast<void>(core->secrets().look());
        const std::size_t count = recorded(*core).size();
        m_clock->ahead = std::chrono::hours(1);
        static_cast<void>(core->secrets().look());
        QCOMPARE(recorded(*core).size(), count);
        m_clock->ahead = std::chrono::hours(3);
        QVERIFY(core->secrets().look().troubles.empty());
        QCOMPARE(recorded(*core).size(), count + 1);
        QCOMPARE(textMember(recorded(*core).back(), "change"), std::string("retired"));
        QCOMPARE(textMember(recorded(*core).back(), "account"), std::string("engine"));
        const auto content = core->secrets().content().value();
        QCOMPARE(content->find("payments")->versions.size(), std::size_t{1});
        QCOMPARE(given(*core, "payments"), std::string("new"));
    }

    void aVaultIsNotMadeTwice()
    {
        const auto core = open();
        QCOMPARE(
            ruleOf(core->secrets().create(passphraseLock(), phrase())),
            std::string("secret.exists"));
    }

    void aMissingKeyFileLeavesItLocked()
    {
        std::filesystem::remove(m_fixture->folder().root() / kKeyFileName);
        const auto core = open();
        QVERIFY(!core->secrets().source()->isUnlocked());
        QCOMPARE(given(*core, "demo-systems"), std::string("secret.file"));
    }
};

QTEST_GUILESS_MAIN(TestSecretDesk)
#include "tst_secret_desk.moc"
