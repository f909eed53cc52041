#include "planes/control/secret_vault.h"

#include "models/encoding.h"

#include <algorithm>

namespace countersign::control {

namespace {

constexpr std::string_view kValuePurpose = "countersign vault: values";
constexpr std::string_view kCodePurpose = "countersign vault: code";
constexpr std::string_view kKeyPurpose = "countersign vault: key";
/// The length of a value stands before it, in four bytes, and both are filled up to a multiple of
/// this, so that the file does not tell how long a secret is.
constexpr std::size_t kLengthByteCount = 4;
constexpr std::size_t kFillByteCount = 256;

/// What a value's seal binds, so that none can be moved to another name, version or workspace.
std::string valuePlace(const Digest& anchor, const std::string& name, int number)
{
    return "countersign secret\n" + anchor.hex() + "\n" + name + "\n" + std::to_string(number);
}

Failure absent(std::string_view name)
{
    return fail(
        ErrorCode::NotFound,
        "the workspace has no secret named " + std::string(name),
        "secret.absent");
}

Failure wrongKey(VaultLock lock)
{
    if (lock == VaultLock::Passphrase)
        return fail(
            ErrorCode::PassphraseWrong,
            "the passphrase does not unlock the secrets",
            "vault.passphrase");
    return fail(
        ErrorCode::PassphraseWrong, "the key found does not unlock the secrets", "vault.key");
}

/// The key under which the data key is sealed.
Result<trust::SecretBytes> lockKey(
    const VaultProtection& protection, std::string_view salt, const trust::SecretBytes& unlocker)
{
    if (protection.lock == VaultLock::Passphrase)
        return trust::sealKeyFromPassphrase(unlocker, salt, protection.cost);
    if (unlocker.size() < trust::kSealKeyByteCount)
        return wrongKey(protection.lock);
    return trust::deriveSealKey(unlocker, salt, kKeyPurpose);
}

std::string keyPlace(const Digest& anchor)
{
    return "countersign vault key\n" + anchor.hex();
}

trust::SecretBytes filled(const trust::SecretBytes& value)
{
    const std::size_t used = kLengthByteCount + value.size();
    trust::SecretBytes plain((used + kFillByteCount - 1) / kFillByteCount * kFillByteCount);
    for (std::size_t i = 0; i < kLengthByteCount; ++i)
        plain.data()[i] = static_cast<char>(value.size() >> (8 * (kLengthByteCount - 1 - i)));
    std::copy(value.view().begin(), value.view().end(), plain.data() + kLengthByteCount);
    return plain;
}

Result<trust::SecretBytes> withoutFilling(const trust::SecretBytes& plain)
{
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthByteCount && i < plain.size(); ++i)
        size = size << 8U | static_cast<unsigned char>(plain.view()[i]);
    if (plain.size() < kLengthByteCount || size > plain.size() - kLengthByteCount)
        return fail(ErrorCode::Corrupt, "a sealed secret has no length", "vault.format");
    return trust::SecretBytes::copyOf(plain.view().substr(kLengthByteCount, size));
}

Result<void> checkNew(const std::string& name, const trust::SecretBytes& value)
{
    if (!isSecretName(name))
        return fail(
            ErrorCode::InvalidInput,
            "\"" + name + "\" is no name for a secret: 1 to 64 of a-z 0-9 . _ -, no dot first",
            "secret.name");
    if (value.empty() || value.size() > kSecretByteCountMax)
        return fail(ErrorCode::InvalidInput, "a secret has 1 to 65536 bytes", "secret.value");
    return {};
}

Result<void> checkOverlap(Duration overlap)
{
    if (overlap < Duration::zero() || overlap > kSecretOverlapMax)
        return fail(ErrorCode::InvalidInput, "an overlap takes 0 to 366 days", "secret.overlap");
    return {};
}

} // namespace

std::string_view text(SecretAct act)
{
    switch (act) {
    case SecretAct::Created:
        return "created";
    case SecretAct::Set:
        return "set";
    case SecretAct::TakenIn:
        return "taken_in";
    case SecretAct::Rotated:
        return "rotated";
    case SecretAct::RolledBack:
        return "rolled_back";
    case SecretAct::Retired:
        return "retired";
    case SecretAct::Removed:
        return "removed";
    case SecretAct::Rewrapped:
        return "rewrapped";
    }
    return {};
}

SecretVault::SecretVault(VaultContent content, trust::SecretBytes dataKey)
    : m_content(std::move(content))
    , m_dataKey(std::move(dataKey))
{}

Result<SecretVault> SecretVault::create(
    const Digest& anchor, VaultProtection protection, const trust::SecretBytes& unlocker)
{
    VaultContent content{anchor, std::move(protection), {}, {}, {}, {}};
    CS_TRY(content.salt, trust::makeSalt());
    CS_TRY(const trust::SecretBytes key, lockKey(content.protection, content.salt, unlocker));
    CS_TRY(trust::SecretBytes dataKey, trust::makeSealKey());
    CS_TRY(content.key, trust::sealBytes(key, dataKey, keyPlace(anchor)));
    return SecretVault(std::move(content), std::move(dataKey));
}

Result<SecretVault>
SecretVault::open(VaultContent content, const Digest& anchor, const trust::SecretBytes& unlocker)
{
    if (content.anchor != anchor)
        return fail(
            ErrorCode::Corrupt, "these are the secrets of another workspace", "vault.anchor");
    CS_TRY(const trust::SecretBytes key, lockKey(content.protection, content.salt, unlocker));
    auto dataKey = trust::openBox(key, content.key, keyPlace(anchor));
    if (!dataKey.ok())
        return dataKey.error().rule == "seal.tag" ? wrongKey(content.protection.lock)
                                                  : dataKey.failure();
    SecretVault vault(std::move(content), std::move(dataKey).value());
    CS_CHECK(vault.checkCode());
    return vault;
}

Result<SecretVault> SecretVault::reopened(VaultContent content) const
{
    if (content.key != m_content.key || content.anchor != m_content.anchor)
        return fail(
            ErrorCode::PassphraseWrong,
            "the secrets were put under another key meanwhile",
            "vault.key");
    SecretVault vault(std::move(content), trust::SecretBytes::copyOf(m_dataKey.view()));
    CS_CHECK(vault.checkCode());
    return vault;
}

Result<void> SecretVault::checkCode() const
{
    CS_TRY(const trust::SecretBytes key, trust::deriveSealKey(m_dataKey, {}, kCodePurpose));
    CS_TRY(const std::string code, trust::authenticationCode(key, m_content.bytesWithoutCode()));
    if (!trust::sameBytes(code, m_content.code))
        return fail(
            ErrorCode::Corrupt,
            "the file of the secrets was changed by somebody who has not its key",
            "vault.code");
    return {};
}

Result<std::string> SecretVault::toBytes()
{
    CS_TRY(const trust::SecretBytes key, trust::deriveSealKey(m_dataKey, {}, kCodePurpose));
    CS_TRY(m_content.code, trust::authenticationCode(key, m_content.bytesWithoutCode()));
    std::string bytes = m_content.toBytes();
    if (bytes.size() > kVaultByteCountMax)
        return fail(
            ErrorCode::LimitExceeded, "the secrets need more than 8 MiB together", "vault.size");
    return bytes;
}

Result<trust::SealedBox>
SecretVault::seal(const std::string& name, int number, const trust::SecretBytes& value) const
{
    CS_TRY(const trust::SecretBytes key, trust::deriveSealKey(m_dataKey, {}, kValuePurpose));
    return trust::sealBytes(key, filled(value), valuePlace(m_content.anchor, name, number));
}

Result<trust::SecretBytes>
SecretVault::unseal(const std::string& name, const SealedVersion& version) const
{
    CS_TRY(const trust::SecretBytes key, trust::deriveSealKey(m_dataKey, {}, kValuePurpose));
    CS_TRY(
        const trust::SecretBytes plain,
        trust::openBox(key, version.box, valuePlace(m_content.anchor, name, version.number)));
    return withoutFilling(plain);
}

SealedSecret* SecretVault::find(std::string_view name)
{
    const auto found = std::find_if(
        m_content.secrets.begin(), m_content.secrets.end(), [name](const SealedSecret& secret) {
            return secret.name == name;
        });
    return found == m_content.secrets.end() ? nullptr : &*found;
}

Result<const SealedSecret*> SecretVault::existing(std::string_view name) const
{
    const SealedSecret* const secret = m_content.find(name);
    if (secret == nullptr)
        return absent(name);
    return secret;
}

Result<void> SecretVault::has(std::string_view name, Instant now) const
{
    CS_TRY(const SealedSecret* const secret, existing(name));
    if (secret->current(now) == nullptr)
        return fail(
            ErrorCode::NotFound,
            "the secret " + secret->name + " is not to be used yet",
            "secret.not_yet");
    return {};
}

Result<trust::SecretBytes> SecretVault::value(std::string_view name, Instant now) const
{
    CS_CHECK(has(name, now));
    const SealedSecret& secret = *m_content.find(name);
    return unseal(secret.name, *secret.current(now));
}

Result<trust::SecretBytes>
SecretVault::valueOf(std::string_view name, int version, Instant now) const
{
    CS_TRY(const SealedSecret* const secret, existing(name));
    const SealedVersion* const sealed = secret->find(version);
    if (sealed == nullptr || !sealed->isLive(now))
        return fail(
            ErrorCode::NotFound,
            "the secret " + secret->name + " has no version " + std::to_string(version)
                + " any more",
            "secret.version");
    return unseal(secret->name, *sealed);
}

Result<SecretChange> SecretVault::set(
    const std::string& name,
    const trust::SecretBytes& value,
    const std::optional<std::string>& note,
    Instant now)
{
    CS_CHECK(checkNew(name, value));
    if (note && (note->size() > kSecretNoteByteCountMax || !isUtf8(*note)))
        return fail(ErrorCode::InvalidInput, "a note is text of at most 1000 bytes", "secret.note");
    SealedSecret* secret = find(name);
    const int number = secret == nullptr ? 1 : secret->versions.back().number + 1;
    CS_TRY(trust::SealedBox box, seal(name, number, value));
    if (secret == nullptr) {
        if (m_content.secrets.size() >= kSecretCountMax)
            return fail(
                ErrorCode::LimitExceeded, "a workspace has at most 1000 secrets", "secret.count");
        const auto place = std::find_if(
            m_content.secrets.begin(), m_content.secrets.end(), [&](const SealedSecret& other) {
                return other.name > name;
            });
        secret = &*m_content.secrets.insert(place, SealedSecret{name, {}, {}});
    }
    secret->note = note.value_or(secret->note);
    secret->versions.clear();
    secret->versions.push_back({number, now, now, std::nullopt, std::move(box)});
    return SecretChange{SecretAct::Set, name, number};
}

Result<SecretChange> SecretVault::append(
    SealedSecret& secret,
    const trust::SecretBytes& value,
    const SecretRotation& rotation,
    Instant now)
{
    CS_CHECK(checkOverlap(rotation.overlap));
    const Instant notBefore = std::max(now, rotation.notBefore.value_or(now));
    if (notBefore > now + kSecretOverlapMax)
        return fail(
            ErrorCode::InvalidInput,
            "a version that is to be used in more than 366 days is set then",
            "secret.overlap");
    const Instant earlierUntil = notBefore + rotation.overlap;
    std::erase_if(
        secret.versions, [now](const SealedVersion& version) { return !version.isLive(now); });
    if (secret.versions.size() >= kSecretVersionCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "16 versions of " + secret.name + " are still to be kept",
            "secret.count");
    const int number = secret.versions.back().number + 1;
    CS_TRY(trust::SealedBox box, seal(secret.name, number, value));
    for (SealedVersion& version : secret.versions)
        version.retireAfter = std::min(version.retireAfter.value_or(earlierUntil), earlierUntil);
    secret.versions.push_back({number, now, notBefore, std::nullopt, std::move(box)});
    std::erase_if(
        secret.versions, [now](const SealedVersion& version) { return !version.isLive(now); });
    return SecretChange{SecretAct::Rotated, secret.name, number, notBefore, earlierUntil};
}

Result<SecretChange> SecretVault::rotate(
    const std::string& name,
    const trust::SecretBytes& value,
    const SecretRotation& rotation,
    Instant now)
{
    CS_CHECK(existing(name));
    CS_CHECK(checkNew(name, value));
    return append(*find(name), value, rotation, now);
}

Result<SecretChange> SecretVault::rollBack(const std::string& name, Duration overlap, Instant now)
{
    CS_CHECK(has(name, now));
    SealedSecret& secret = *find(name);
    // A newest version that waits for its time is called off: what is in use stays so.
    const SealedVersion* const current = secret.current(now);
    const bool isStaged = current->number != secret.versions.back().number;
    const auto before = std::find_if(
        secret.versions.rbegin(), secret.versions.rend(), [&](const SealedVersion& version) {
            return version.isLive(now)
                   && (version.number < current->number
                       || (isStaged && version.number == current->number));
        });
    if (before == secret.versions.rend())
        return fail(
            ErrorCode::NotFound,
            "the version before the one in use was destroyed: its overlap is over",
            "secret.version");
    CS_TRY(const trust::SecretBytes value, unseal(name, *before));
    CS_TRY(SecretChange change, append(secret, value, {overlap, std::nullopt}, now));
    change.act = SecretAct::RolledBack;
    return change;
}

Result<SecretChange> SecretVault::remove(const std::string& name)
{
    CS_CHECK(existing(name));
    std::erase_if(
        m_content.secrets, [&](const SealedSecret& secret) { return secret.name == name; });
    return SecretChange{SecretAct::Removed, name};
}

bool SecretVault::hasToRetire(Instant now) const
{
    return std::any_of(
        m_content.secrets.begin(), m_content.secrets.end(), [now](const SealedSecret& secret) {
            return std::any_of(
                secret.versions.begin(), secret.versions.end(), [now](const SealedVersion& each) {
                    return !each.isLive(now);
                });
        });
}

std::vector<SecretChange> SecretVault::retire(Instant now)
{
    std::vector<SecretChange> changes;
    for (SealedSecret& secret : m_content.secrets) {
        for (const SealedVersion& version : secret.versions) {
            if (!version.isLive(now))
                changes.push_back({SecretAct::Retired, secret.name, version.number});
        }
        std::erase_if(
            secret.versions, [now](const SealedVersion& version) { return !version.isLive(now); });
        // The newest version never retires.
        CS_ASSERT(!secret.versions.empty());
    }
    return changes;
}

Result<SecretChange>
SecretVault::rewrap(VaultProtection protection, const trust::SecretBytes& unlocker)
{
    CS_TRY(
        SecretVault fresh, SecretVault::create(m_content.anchor, std::move(protection), unlocker));
    fresh.m_content.secrets = m_content.secrets;
    for (SealedSecret& secret : fresh.m_content.secrets) {
        for (SealedVersion& version : secret.versions) {
            CS_TRY(const trust::SecretBytes value, unseal(secret.name, version));
            CS_TRY(version.box, fresh.seal(secret.name, version.number, value));
        }
    }
    *this = std::move(fresh);
    return SecretChange{SecretAct::Rewrapped, {}};
}

} // namespace countersign::control
