#include "app/core/secret_desk.h"

#include "planes/trust/keyring.h"

#include <array>
#include <utility>

#include <pwd.h>
#include <unistd.h>

namespace countersign::app {

namespace {

/// Who did it, where no person asked for it.
constexpr std::string_view kEngineAccount = "engine";

Error lockedError()
{
    return Error{
        ErrorCode::Unauthorized,
        "the secrets of this workspace are locked; steps that need one wait until somebody unlocks "
        "them",
        std::string(execution::kSecretsLockedRule)};
}

Error absentError()
{
    return Error{
        ErrorCode::NotFound,
        "the workspace has no secrets yet; set them with `countersignctl secret set`",
        "secret.absent"};
}

} // namespace

SecretDesk::SecretDesk(
    trust::LedgerStore& store,
    WorkspaceFolder folder,
    Digest anchor,
    std::shared_ptr<const Clock> clock,
    std::shared_ptr<EntropySource> entropy)
    : m_store(store)
    , m_folder(std::move(folder))
    , m_anchor(anchor)
    , m_clock(std::move(clock))
    , m_entropy(std::move(entropy))
    , m_file(m_folder.vault())
    , m_source(std::make_shared<VaultSource>(m_clock, absentError()))
{}

SecretsState SecretDesk::state() const
{
    SecretsState state;
    state.isUnlocked = m_source->isUnlocked();
    state.why = m_source->whyLocked();
    if (const auto plain = control::plainSecrets(m_folder.plainSecrets()); plain.ok())
        state.plainCount = plain->size();
    const auto bytes = m_file.read();
    state.exists = !bytes.ok() || bytes->has_value();
    if (!bytes.ok() || !*bytes)
        return state;
    if (const auto content = control::VaultContent::parse(**bytes); content.ok()) {
        state.lock = content->protection.lock;
        state.secretCount = content->secrets.size();
    }
    return state;
}

Result<std::optional<Digest>> SecretDesk::recordedDigest() const
{
    std::optional<Digest> recorded;
    const auto reader = m_store.openReader();
    CS_CHECK(reader->forEachOfType(
        std::string(kSecretChanged), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            CS_TRY(recorded, Digest::parse(textMember(event.body, "vault_sha256")));
            return true;
        }));
    return recorded;
}

Result<std::optional<control::VaultContent>> SecretDesk::readFile(bool mustBeRecorded) const
{
    CS_TRY(const std::optional<std::string> bytes, m_file.read());
    if (mustBeRecorded) {
        CS_TRY(const std::optional<Digest> recorded, recordedDigest());
        const bool isSame = bytes ? recorded == Digest::of(*bytes) : !recorded;
        if (!isSame)
            return fail(Error{
                ErrorCode::Corrupt,
                "the secrets are not those that the ledger names: their file was put back, "
                "exchanged or lost; `countersignctl secret rewrap` takes them as they are",
                "secret.unrecorded",
                m_file.path().string()});
    }
    if (!bytes)
        return std::optional<control::VaultContent>();
    CS_TRY(control::VaultContent content, control::VaultContent::parse(*bytes));
    return std::optional(std::move(content));
}

Result<std::optional<control::VaultContent>> SecretDesk::content() const
{
    return readFile(true);
}

SecretsLook SecretDesk::look()
{
    SecretsLook look;
    look.isNews = std::exchange(m_isNews, false);
    const std::optional<control::FileMark> mark = m_file.mark();
    if (!m_hasLooked || mark != m_seen) {
        look.isNews = true;
        m_hasLooked = true;
        m_seen = mark;
        if (const auto loaded = load(); !loaded.ok()) {
            m_source->lock(loaded.error());
            look.troubles.push_back(loaded.error());
        }
    }
    if (m_source->hasToRetire(m_clock->now())) {
        const auto retired =
            change({control::SecretAct::Retired, {}, std::string(kEngineAccount), true}, nullptr);
        if (!retired.ok())
            look.troubles.push_back(retired.error());
    }
    return look;
}

Result<void> SecretDesk::load()
{
    CS_CHECK(hold());
    m_seen = m_file.mark();
    CS_TRY(std::optional<control::VaultContent> content, readFile(true));
    if (!content) {
        const auto plain = control::plainSecrets(m_folder.plainSecrets());
        Error why = plain.ok() && !plain->empty() ? lockedError() : absentError();
        m_source->lock(std::move(why));
        return {};
    }
    const control::VaultProtection protection = content->protection;
    if (auto followed = m_source->reopened(*content); followed.ok()) {
        setUnlocked(std::move(followed).value());
        return {};
    }
    m_source->lock(lockedError());
    if (protection.lock != control::VaultLock::KeyFile)
        return {};
    CS_TRY(const trust::SecretBytes unlocker, findUnlocker(m_folder, protection));
    CS_TRY(
        control::SecretVault vault,
        control::SecretVault::open(std::move(*content), m_anchor, unlocker));
    setUnlocked(std::move(vault));
    return {};
}

void SecretDesk::setUnlocked(control::SecretVault vault)
{
    m_source->unlock(std::move(vault));
    m_seen = m_file.mark();
    m_hasLooked = true;
    m_isNews = true;
}

Result<control::VaultFile::Hold> SecretDesk::hold() const
{
    CS_TRY(control::VaultFile::Hold hold, m_file.hold());
    CS_TRY(const std::optional<Digest> recorded, recordedDigest());
    CS_CHECK(m_file.settle(hold, recorded));
    return hold;
}

Result<void> SecretDesk::unlock(const trust::SecretBytes& unlocker)
{
    CS_TRY(control::SecretVault vault, openVault(m_folder, unlocker));
    return adopt(std::move(vault));
}

Result<void> SecretDesk::adopt(control::SecretVault vault)
{
    CS_TRY(std::optional<control::VaultContent> content, readFile(true));
    if (!content)
        return fail(absentError());
    CS_TRY(control::SecretVault current, vault.reopened(std::move(*content)));
    if (current.content().anchor != m_anchor)
        return fail(
            ErrorCode::Corrupt, "these are the secrets of another workspace", "vault.anchor");
    setUnlocked(std::move(current));
    return {};
}

Result<void>
SecretDesk::create(const control::VaultProtection& protection, const trust::SecretBytes& unlocker)
{
    CS_CHECK(control::mayChangeSecret({control::SecretAct::Created, {}, accountName(), true}));
    CS_TRY(const control::VaultFile::Hold held, hold());
    CS_TRY(const std::optional<std::string> there, m_file.read());
    if (there)
        return fail(ErrorCode::Conflict, "the workspace has a vault already", "secret.exists");
    CS_TRY(
        control::SecretVault vault, control::SecretVault::create(m_anchor, protection, unlocker));
    CS_CHECK(write(
        held,
        std::move(vault),
        accountName(),
        [](control::SecretVault&) -> Result<control::SecretChange> {
            return control::SecretChange{control::SecretAct::Created, {}};
        }));
    return {};
}

Result<void> SecretDesk::rewrap(
    const control::SecretVault& vault,
    const control::VaultProtection& protection,
    const trust::SecretBytes& unlocker)
{
    CS_CHECK(control::mayChangeSecret({control::SecretAct::Rewrapped, {}, accountName(), true}));
    CS_TRY(const control::VaultFile::Hold held, hold());
    CS_TRY(std::optional<control::VaultContent> content, readFile(false));
    if (!content)
        return fail(absentError());
    CS_TRY(control::SecretVault current, vault.reopened(std::move(*content)));
    CS_CHECK(write(held, std::move(current), accountName(), [&](control::SecretVault& opened) {
        return opened.rewrap(protection, unlocker);
    }));
    return {};
}

Result<std::vector<control::SecretChange>> SecretDesk::change(
    const control::SecretWish& wish,
    const std::function<Result<control::SecretChange>(control::SecretVault&)>& work)
{
    if (const auto why = m_source->whyLocked())
        return fail(*why);
    CS_CHECK(control::mayChangeSecret(wish));
    CS_TRY(const control::VaultFile::Hold held, hold());
    CS_TRY(std::optional<control::VaultContent> content, readFile(true));
    if (!content)
        return fail(absentError());
    CS_TRY(control::SecretVault vault, m_source->reopened(std::move(*content)));
    return write(held, std::move(vault), wish.account, work);
}

Result<std::vector<control::SecretChange>> SecretDesk::write(
    const control::VaultFile::Hold& held,
    control::SecretVault vault,
    const std::string& account,
    const Work& work)
{
    std::vector<control::SecretChange> changes = vault.retire(m_clock->now());
    if (work) {
        CS_TRY(control::SecretChange change, work(vault));
        changes.push_back(std::move(change));
    }
    CS_TRY(const std::string bytes, vault.toBytes());
    const Digest digest = Digest::of(bytes);
    CS_CHECK(m_file.prepare(held, bytes));
    const auto recorded =
        m_store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            for (const control::SecretChange& change : changes)
                CS_CHECK(append(session, ledger, change, account, digest));
            return {};
        });
    if (!recorded.ok()) {
        m_file.drop(held);
        return recorded.failure();
    }
    // The ledger names the new file: should this fail, the next look finishes it.
    CS_CHECK(m_file.commit(held));
    setUnlocked(std::move(vault));
    return changes;
}

Result<void> SecretDesk::append(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const control::SecretChange& change,
    const std::string& account,
    const Digest& digest)
{
    Json body = {
        {"change", control::text(change.act)},
        {"account", account},
        {"vault_sha256", digest.hex()}};
    if (!change.name.empty())
        body["name"] = change.name;
    if (change.version != 0)
        body["version"] = change.version;
    if (change.notBefore)
        body["not_before"] = change.notBefore->text();
    if (change.earlierUntil)
        body["earlier_until"] = change.earlierUntil->text();
    const Instant now = m_clock->now();
    CS_CHECK(ledger.append(
        session,
        {0,
         EventId::make(now, *m_entropy).text(),
         std::string(kSecretChanged),
         now,
         {},
         std::move(body)}));
    return {};
}

std::vector<Error> SecretDesk::takeInPlainFiles()
{
    std::vector<Error> troubles;
    const auto found = control::plainSecrets(m_folder.plainSecrets());
    if (!found.ok())
        return {found.error()};
    for (const control::PlainSecret& plain : *found) {
        const auto taken = [&]() -> Result<void> {
            CS_TRY(const trust::SecretBytes value, control::readPrivateBytes(plain.path));
            const auto known = m_source->secret(plain.name);
            if (known.ok() && !known->equals(value))
                return fail(Error{
                    ErrorCode::Conflict,
                    "the secret " + plain.name + " is sealed already with another value; "
                        + "remove the file, or rotate the secret with it",
                    "secret.plain_conflict",
                    plain.path.string()});
            if (!known.ok()) {
                CS_CHECK(change(
                    {control::SecretAct::TakenIn, plain.name, accountName(), true},
                    [&](control::SecretVault& vault) -> Result<control::SecretChange> {
                        CS_TRY(
                            control::SecretChange change,
                            vault.set(plain.name, value, std::nullopt, m_clock->now()));
                        change.act = control::SecretAct::TakenIn;
                        return change;
                    }));
            }
            return control::destroyFile(plain.path);
        }();
        if (!taken.ok())
            troubles.push_back(taken.error());
    }
    return troubles;
}

Result<control::SecretVault>
openVault(const WorkspaceFolder& folder, const trust::SecretBytes& unlocker)
{
    CS_TRY(const WorkspaceSettings settings, folder.readSettings());
    CS_TRY(const std::optional<std::string> bytes, control::VaultFile(folder.vault()).read());
    if (!bytes)
        return fail(absentError());
    CS_TRY(control::VaultContent content, control::VaultContent::parse(*bytes));
    return control::SecretVault::open(std::move(content), settings.anchor, unlocker);
}

Result<trust::SecretBytes>
findUnlocker(const WorkspaceFolder& folder, const control::VaultProtection& protection)
{
    switch (protection.lock) {
    case control::VaultLock::Passphrase:
        break;
    case control::VaultLock::Keyring: {
        CS_TRY(const auto keyring, trust::openSessionKeyring());
        return keyring->find(protection.place);
    }
    case control::VaultLock::KeyFile:
        // An absolute path stays what it is.
        return control::readPrivateBytes(folder.root() / protection.place);
    }
    return fail(ErrorCode::InvalidInput, "a passphrase opens these secrets", "secret.passphrase");
}

std::string accountName()
{
    std::array<char, 16'384> buffer{};
    passwd entry = {};
    passwd* found = nullptr;
    const uid_t user = ::geteuid();
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
        return "uid:" + std::to_string(user);
    return found->pw_name;
}

} // namespace countersign::app
