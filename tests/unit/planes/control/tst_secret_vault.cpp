#include "models/encoding.h"
#include "planes/control/secret_access.h"
#include "planes/control/secret_vault.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using trust::SecretBytes;

namespace {

constexpr trust::UnlockCost kCheap{10};

const Instant kNow = Instant::fromUnixSeconds(1'800'000'000);

Duration hours(int count)
{
    return std::chrono::hours(count);
}

Digest anchor(const char* of = "workspace")
{
    return Digest::of(of);
}

SecretBytes phrase(const char* text = "correct horse")
{
    return SecretBytes::copyOf(text);
}

/// For steps on the way to what is tested.
template <class T>
void done(const Result<T>& result)
{
    CS_ASSERT(result.ok());
}

SecretVault emptyVault()
{
    return SecretVault::create(anchor(), {VaultLock::Passphrase, kCheap}, phrase()).value();
}

/// A vault with two secrets, one of them with an earlier version.
SecretVault filledVault()
{
    SecretVault vault = emptyVault();
    done(vault.set("payments", SecretBytes::copyOf("first-value"), "for the bank", kNow));
    done(
        vault.rotate("payments", SecretBytes::copyOf("second-value"), {hours(2)}, kNow + hours(1)));
    done(vault.set("tickets", SecretBytes::copyOf("other-value"), std::nullopt, kNow));
    return vault;
}

Result<SecretVault> reopen(SecretVault& vault, const SecretBytes& unlocker = phrase())
{
    const std::string bytes = vault.toBytes().value();
    CS_TRY(VaultContent content, VaultContent::parse(bytes));
    return SecretVault::open(std::move(content), anchor(), unlocker);
}

template <class T>
std::string ruleOf(const Result<T>& result)
{
    return result.ok() ? "none" : result.error().rule;
}

std::string shown(const Result<SecretBytes>& value)
{
    return value.ok() ? std::string(value->view()) : value.error().rule;
}

} // namespace

class TestSecretVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSealedComesBackFromTheFile()
    {
        SecretVault vault = filledVault();
        const SecretVault again = reopen(vault).value();
        QCOMPARE(shown(again.value("payments", kNow + hours(1))), std::string("second-value"));
        QCOMPARE(shown(again.value("tickets", kNow)), std::string("other-value"));
        QCOMPARE(again.content().find("payments")->note, std::string("for the bank"));
        QCOMPARE(shown(again.value("none", kNow)), std::string("secret.absent"));
    }

    void keepsAnyBytesOfAnyLength()
    {
        SecretVault vault = emptyVault();
        for (const std::size_t size : {1U, 251U, 252U, 253U, 256U, 65'536U}) {
            std::string value(size, '\0');
            for (std::size_t i = 0; i < size; ++i)
                value[i] = static_cast<char>(i * 7);
            done(vault.set("bytes", SecretBytes::copyOf(value), std::nullopt, kNow));
            const SecretVault again = reopen(vault).value();
            QVERIFY(again.value("bytes", kNow).value().view() == value);
        }
    }

    void theFileTellsNeitherValueNorLength()
    {
        SecretVault one = emptyVault();
        SecretVault two = emptyVault();
        done(one.set("name", SecretBytes::copyOf("ab"), std::nullopt, kNow));
        done(two.set("name", SecretBytes::copyOf(std::string(250, 'x')), std::nullopt, kNow));
        const std::string bytes = two.toBytes().value();
        QCOMPARE(one.toBytes().value().size(), bytes.size());
        QVERIFY(bytes.find("xxx") == std::string::npos);
        QVERIFY(bytes.find(base64Encode("xxxxxx")) == std::string::npos);
    }

    void aWrongPassphraseOpensNothing()
    {
        SecretVault vault = filledVault();
        for (const char* wrong : {"correct horsf", "", "correct horse "}) {
            const auto opened = reopen(vault, phrase(wrong));
            QVERIFY(!opened.ok());
            QVERIFY(
                opened.error().rule == "vault.passphrase"
                || opened.error().rule == "seal.passphrase_empty");
        }
    }

    void aKeyFileOpensWithItsBytesOnly()
    {
        const SecretBytes key = trust::makeSealKey().value();
        SecretVault vault =
            SecretVault::create(anchor(), {VaultLock::KeyFile, {}, "secrets.key"}, key).value();
        done(vault.set("one", SecretBytes::copyOf("value"), std::nullopt, kNow));
        QCOMPARE(shown(reopen(vault, key).value().value("one", kNow)), std::string("value"));
        QCOMPARE(ruleOf(reopen(vault, trust::makeSealKey().value())), std::string("vault.key"));
        QCOMPARE(ruleOf(reopen(vault, SecretBytes::copyOf("short"))), std::string("vault.key"));
    }

    void anotherWorkspacesVaultIsRefused()
    {
        SecretVault vault = filledVault();
        VaultContent content = VaultContent::parse(vault.toBytes().value()).value();
        QCOMPARE(
            ruleOf(SecretVault::open(content, anchor("elsewhere"), phrase())),
            std::string("vault.anchor"));
        // Nor does it help to write this workspace's name on it.
        content.anchor = anchor("elsewhere");
        QCOMPARE(
            ruleOf(SecretVault::open(content, anchor("elsewhere"), phrase())),
            std::string("vault.passphrase"));
    }

    void aFlippedBitAnywhereIsRefused_data()
    {
        QTest::addColumn<bool>("hasPassphrase");
        QTest::newRow("key file, bits of every byte") << false;
        QTest::newRow("passphrase, a bit of every byte") << true;
    }

    void aFlippedBitAnywhereIsRefused()
    {
        QFETCH(const bool, hasPassphrase);
        const SecretBytes unlocker = hasPassphrase ? phrase() : trust::makeSealKey().value();
        SecretVault vault = filledVault();
        if (!hasPassphrase)
            done(vault.rewrap({VaultLock::KeyFile, {}, "secrets.key"}, unlocker));
        const std::string bytes = vault.toBytes().value();
        int parsed = 0;
        for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += hasPassphrase ? 9 : 3) {
            std::string changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            auto content = VaultContent::parse(changed);
            if (!content.ok())
                continue;
            ++parsed;
            // An expensive lock that somebody wrote into the file is not tried here.
            if (content->protection.cost.logN > kCheap.logN + 2 && hasPassphrase)
                continue;
            const auto opened = SecretVault::open(std::move(content).value(), anchor(), unlocker);
            QVERIFY2(!opened.ok(), qPrintable(QString::number(bit)));
        }
        QVERIFY(parsed > 100);
    }

    void everyShorterFileIsRefused()
    {
        SecretVault vault = filledVault();
        const std::string bytes = vault.toBytes().value();
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!VaultContent::parse(std::string_view(bytes).substr(0, size)).ok());
        QVERIFY(!VaultContent::parse(bytes + "\n").ok());
        QVERIFY(!VaultContent::parse(" " + bytes).ok());
    }

    void swappedEntriesAreRefused()
    {
        SecretVault vault = filledVault();
        const VaultContent good = VaultContent::parse(vault.toBytes().value()).value();
        const auto refused = [](VaultContent content) {
            return ruleOf(SecretVault::open(std::move(content), anchor(), phrase()))
                   == "vault.code";
        };
        VaultContent changed = good;
        std::swap(changed.secrets[0].versions.back().box, changed.secrets[1].versions.back().box);
        QVERIFY(refused(changed));
        changed = good;
        std::swap(changed.secrets[0].versions[0].box, changed.secrets[0].versions[1].box);
        QVERIFY(refused(changed));
        changed = good;
        changed.secrets.pop_back();
        QVERIFY(refused(changed));
        changed = good;
        changed.secrets[0].versions[0].retireAfter = kNow + hours(4000);
        QVERIFY(refused(changed));
        changed = good;
        changed.secrets[0].note += "!";
        QVERIFY(refused(changed));
    }

    /// Even whoever holds the key and makes a good code cannot pass one value for another by
    /// accident: the seal of each value binds its name and number.
    void aSealedValueCannotMove()
    {
        SecretVault vault = filledVault();
        VaultContent content = VaultContent::parse(vault.toBytes().value()).value();
        std::swap(content.secrets[0].versions.back().box, content.secrets[1].versions.back().box);
        const SecretBytes lock =
            trust::sealKeyFromPassphrase(phrase(), content.salt, kCheap).value();
        const SecretBytes dataKey =
            trust::openBox(lock, content.key, "countersign vault key\n" + anchor().hex()).value();
        const SecretBytes codeKey =
            trust::deriveSealKey(dataKey, {}, "countersign vault: code").value();
        content.code = trust::authenticationCode(codeKey, content.bytesWithoutCode()).value();
        const SecretVault opened = SecretVault::open(content, anchor(), phrase()).value();
        QCOMPARE(shown(opened.value("payments", kNow + hours(1))), std::string("seal.tag"));
        QCOMPARE(shown(opened.value("tickets", kNow)), std::string("seal.tag"));
        QCOMPARE(shown(opened.valueOf("payments", 1, kNow)), std::string("first-value"));
    }

    void theNewestIsUsedAndTheOneBeforeStaysForTheOverlap()
    {
        SecretVault vault = emptyVault();
        done(vault.set("one", SecretBytes::copyOf("old"), std::nullopt, kNow));
        const SecretChange change =
            vault.rotate("one", SecretBytes::copyOf("new"), {hours(2)}, kNow).value();
        QCOMPARE(change, (SecretChange{SecretAct::Rotated, "one", 2, kNow, kNow + hours(2)}));
        QCOMPARE(shown(vault.value("one", kNow)), std::string("new"));
        QCOMPARE(shown(vault.valueOf("one", 1, kNow + hours(1))), std::string("old"));
        // To the microsecond, and whether or not somebody has cleared away.
        const Instant last = kNow + hours(2) - Duration(1);
        QCOMPARE(shown(vault.valueOf("one", 1, last)), std::string("old"));
        QVERIFY(!vault.hasToRetire(last));
        QCOMPARE(shown(vault.valueOf("one", 1, kNow + hours(2))), std::string("secret.version"));
        QVERIFY(vault.hasToRetire(kNow + hours(2)));
        const auto retired = vault.retire(kNow + hours(2));
        QCOMPARE(retired.size(), std::size_t{1});
        QCOMPARE(retired.front(), (SecretChange{SecretAct::Retired, "one", 1}));
        QCOMPARE(vault.content().find("one")->versions.size(), std::size_t{1});
        QCOMPARE(shown(vault.value("one", kNow + hours(9000))), std::string("new"));
        QVERIFY(vault.retire(kNow + hours(9000)).empty());
    }

    void withoutOverlapTheOldVersionGoesAtOnce()
    {
        SecretVault vault = emptyVault();
        done(vault.set("one", SecretBytes::copyOf("old"), std::nullopt, kNow));
        done(vault.rotate("one", SecretBytes::copyOf("new"), {}, kNow));
        QCOMPARE(vault.content().find("one")->versions.size(), std::size_t{1});
        QCOMPARE(shown(vault.valueOf("one", 1, kNow)), std::string("secret.version"));
    }

    void aVersionCanWaitForItsTime()
    {
        SecretVault vault = emptyVault();
        done(vault.set("one", SecretBytes::copyOf("old"), std::nullopt, kNow));
        done(vault.rotate("one", SecretBytes::copyOf("new"), {hours(1), kNow + hours(5)}, kNow));
        QCOMPARE(shown(vault.value("one", kNow + hours(4))), std::string("old"));
        QCOMPARE(shown(vault.value("one", kNow + hours(5))), std::string("new"));
        QCOMPARE(shown(vault.valueOf("one", 1, kNow + hours(5))), std::string("old"));
        QCOMPARE(shown(vault.valueOf("one", 1, kNow + hours(6))), std::string("secret.version"));
    }

    void rollingBackBringsTheValueBeforeUnderANewNumber()
    {
        SecretVault vault = emptyVault();
        done(vault.set("one", SecretBytes::copyOf("old"), std::nullopt, kNow));
        done(vault.rotate("one", SecretBytes::copyOf("new"), {hours(2)}, kNow));
        const SecretChange change = vault.rollBack("one", hours(1), kNow + hours(1)).value();
        QCOMPARE(change.act, SecretAct::RolledBack);
        QCOMPARE(change.version, 3);
        QCOMPARE(shown(vault.value("one", kNow + hours(1))), std::string("old"));
        QCOMPARE(shown(vault.valueOf("one", 2, kNow + hours(1))), std::string("new"));
        // Once its overlap is over there is nothing to go back to.
        QCOMPARE(vault.retire(kNow + hours(2)).size(), std::size_t{2});
        QCOMPARE(
            ruleOf(vault.rollBack("one", hours(1), kNow + hours(2))),
            std::string("secret.version"));
    }

    void rollingBackCallsOffAVersionThatWaits()
    {
        SecretVault vault = emptyVault();
        done(vault.set("one", SecretBytes::copyOf("old"), std::nullopt, kNow));
        done(vault.rotate("one", SecretBytes::copyOf("new"), {hours(1), kNow + hours(5)}, kNow));
        done(vault.rollBack("one", {}, kNow + hours(1)));
        QCOMPARE(shown(vault.value("one", kNow + hours(6))), std::string("old"));
    }

    void settingReplacesAllVersionsAndNeverReusesANumber()
    {
        SecretVault vault = filledVault();
        const SecretChange change =
            vault.set("payments", SecretBytes::copyOf("third"), std::nullopt, kNow).value();
        QCOMPARE(change.version, 3);
        QCOMPARE(vault.content().find("payments")->versions.size(), std::size_t{1});
        QCOMPARE(vault.content().find("payments")->note, std::string("for the bank"));
    }

    void removingLeavesNothing()
    {
        SecretVault vault = filledVault();
        QCOMPARE(vault.remove("payments").value().act, SecretAct::Removed);
        QVERIFY(vault.content().find("payments") == nullptr);
        QCOMPARE(ruleOf(vault.remove("payments")), std::string("secret.absent"));
        QCOMPARE(ruleOf(reopen(vault).value().has("payments", kNow)), std::string("secret.absent"));
    }

    void rewrappingChangesTheLockAndEveryKey()
    {
        SecretVault vault = filledVault();
        const VaultContent before = vault.content();
        done(vault.rewrap({VaultLock::Passphrase, kCheap}, phrase("another")));
        QCOMPARE(ruleOf(reopen(vault)), std::string("vault.passphrase"));
        const SecretVault again = reopen(vault, phrase("another")).value();
        QCOMPARE(shown(again.value("payments", kNow + hours(1))), std::string("second-value"));
        QCOMPARE(shown(again.valueOf("payments", 1, kNow + hours(1))), std::string("first-value"));
        // A value sealed under the old data key does not open under the new one.
        VaultContent mixed = vault.content();
        mixed.secrets[1].versions.back().box = before.secrets[1].versions.back().box;
        QVERIFY(!vault.reopened(mixed).ok());
    }

    void followsItsFileAsLongAsTheKeyIsTheSame()
    {
        SecretVault vault = filledVault();
        const SecretVault reader = reopen(vault).value();
        done(vault.set("fresh", SecretBytes::copyOf("value"), std::nullopt, kNow));
        done(vault.toBytes());
        QCOMPARE(
            shown(reader.reopened(vault.content()).value().value("fresh", kNow)),
            std::string("value"));
        done(vault.rewrap({VaultLock::Passphrase, kCheap}, phrase()));
        done(vault.toBytes());
        QCOMPARE(ruleOf(reader.reopened(vault.content())), std::string("vault.key"));
    }

    void impossibleWishesAreRefused()
    {
        SecretVault vault = filledVault();
        const SecretBytes value = SecretBytes::copyOf("v");
        for (const char* name : {"", ".a", "A", "a b", "a/b", "ä"})
            QCOMPARE(ruleOf(vault.set(name, value, {}, kNow)), std::string("secret.name"));
        QCOMPARE(ruleOf(vault.set("a", SecretBytes(), {}, kNow)), std::string("secret.value"));
        QCOMPARE(
            ruleOf(vault.set("a", SecretBytes(65'537), {}, kNow)), std::string("secret.value"));
        QCOMPARE(
            ruleOf(vault.set("a", value, std::string(1001, 'n'), kNow)),
            std::string("secret.note"));
        QCOMPARE(ruleOf(vault.set("a", value, "\xff", kNow)), std::string("secret.note"));
        QCOMPARE(
            ruleOf(vault.rotate("tickets", value, {Duration(-1)}, kNow)),
            std::string("secret.overlap"));
        QCOMPARE(
            ruleOf(vault.rotate("tickets", value, {hours(24 * 366 + 1)}, kNow)),
            std::string("secret.overlap"));
        QCOMPARE(
            ruleOf(vault.rotate("tickets", value, {{}, kNow + hours(24 * 367)}, kNow)),
            std::string("secret.overlap"));
        QCOMPARE(ruleOf(vault.rotate("none", value, {}, kNow)), std::string("secret.absent"));
        QCOMPARE(ruleOf(vault.rollBack("none", {}, kNow)), std::string("secret.absent"));
    }

    void versionsAreNotKeptWithoutEnd()
    {
        SecretVault vault = filledVault();
        std::string refusal;
        for (int i = 0; i < 40 && refusal.empty(); ++i) {
            const auto rotated =
                vault.rotate("tickets", SecretBytes::copyOf("v"), {hours(100)}, kNow);
            if (!rotated.ok())
                refusal = rotated.error().rule;
        }
        QCOMPARE(refusal, std::string("secret.count"));
        QCOMPARE(vault.content().find("tickets")->versions.size(), kSecretVersionCountMax);
        QVERIFY(reopen(vault).ok());
    }

    void onlyWhoHoldsTheKeyMayChangeSecrets()
    {
        SecretWish wish{SecretAct::Set, "one", "somebody", true};
        QVERIFY(mayChangeSecret(wish).ok());
        wish.holdsKey = false;
        QCOMPARE(ruleOf(mayChangeSecret(wish)), std::string("secret.locked"));
    }
};

QTEST_GUILESS_MAIN(TestSecretVault)
#include "tst_secret_vault.moc"
