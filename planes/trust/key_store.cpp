#include "planes/trust/key_store.h"

#include "planes/trust/detail/pem.h"
#include "planes/trust/detail/private_file.h"

#include <algorithm>

#include <sys/stat.h>

namespace countersign::trust {

using namespace detail;

namespace {

constexpr std::string_view kPrivateSuffix = ".key.pem";
constexpr std::string_view kPublicSuffix = ".pub.pem";
constexpr std::size_t kNameSizeMax = 64;

Result<void> checkName(std::string_view name)
{
    if (!isKeyName(name))
        return fail(
            ErrorCode::InvalidInput,
            "the name of a key is 1 to 64 of a-z, 0-9, dot, underscore and hyphen, and does not "
            "begin with a dot",
            "key.name");
    return {};
}

/// Only the owner may even see the names.
Result<void> makeFolder(const std::filesystem::path& folder)
{
    std::error_code problem;
    if (std::filesystem::is_directory(folder, problem))
        return {};
    if (folder.has_parent_path())
        std::filesystem::create_directories(folder.parent_path(), problem);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && !std::filesystem::is_directory(folder, problem))
        return fail(
            Error{ErrorCode::StorageFailed, "the folder of keys cannot be made", "key.file"}.inFile(
                folder.string()));
    return {};
}

template <class T>
Result<T> concerning(Result<T> result, const std::filesystem::path& path)
{
    if (!result.ok())
        return fail(result.error().inFile(path.string()));
    return result;
}

} // namespace

bool isKeyName(std::string_view name)
{
    return !name.empty() && name.size() <= kNameSizeMax && name.front() != '.'
           && std::all_of(name.begin(), name.end(), [](char c) {
                  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
                         || c == '-';
              });
}

KeyStore::KeyStore(std::filesystem::path folder)
    : m_folder(std::move(folder))
{}

std::filesystem::path KeyStore::privatePath(std::string_view name) const
{
    return m_folder / (std::string(name) + std::string(kPrivateSuffix));
}

std::filesystem::path KeyStore::publicPath(std::string_view name) const
{
    return m_folder / (std::string(name) + std::string(kPublicSuffix));
}

Result<std::vector<StoredKey>> KeyStore::list() const
{
    std::vector<StoredKey> keys;
    std::error_code problem;
    if (!std::filesystem::exists(m_folder, problem) && !problem)
        return keys;
    std::filesystem::directory_iterator place(m_folder, problem);
    for (; !problem && place != std::filesystem::directory_iterator(); place.increment(problem)) {
        const std::string file = place->path().filename().string();
        const std::string name = file.ends_with(kPrivateSuffix)
                                     ? file.substr(0, file.size() - kPrivateSuffix.size())
                                     : "";
        if (!isKeyName(name))
            continue;
        StoredKey key{name, std::nullopt};
        if (const auto pem = readSmallFile(publicPath(name), ReadableBy::Anyone); pem.ok()) {
            if (auto publicKey = PublicKey::fromPem(*pem); publicKey.ok())
                key.publicKey = std::move(publicKey).value();
        }
        keys.push_back(std::move(key));
    }
    if (problem)
        return fail(Error{ErrorCode::StorageFailed, problem.message(), "key.file"}.inFile(
            m_folder.string()));
    std::sort(keys.begin(), keys.end(), [](const StoredKey& a, const StoredKey& b) {
        return a.name < b.name;
    });
    return keys;
}

Result<PublicKey> KeyStore::create(
    std::string_view name,
    KeyAlgorithm algorithm,
    const SecretBytes& passphrase,
    UnlockCost cost) const
{
    CS_CHECK(checkName(name));
    CS_TRY(const PrivateKey key, PrivateKey::generate(algorithm));
    return keep(name, key, passphrase, cost);
}

Result<PublicKey> KeyStore::importKey(
    std::string_view name,
    const SecretBytes& pem,
    const SecretBytes& passphrase,
    UnlockCost cost) const
{
    CS_CHECK(checkName(name));
    const bool encrypted = pemLabel(pem.view()) == kEncryptedPrivateKeyLabel;
    CS_TRY(
        const PrivateKey key,
        encrypted ? PrivateKey::fromEncryptedPkcs8(pem.view(), passphrase)
                  : PrivateKey::fromUnencryptedPkcs8(pem));
    return keep(name, key, passphrase, cost);
}

Result<PublicKey> KeyStore::keep(
    std::string_view name,
    const PrivateKey& key,
    const SecretBytes& passphrase,
    UnlockCost cost) const
{
    CS_TRY(const std::string pem, key.toEncryptedPkcs8(passphrase, cost));
    CS_CHECK(makeFolder(m_folder));
    // The private file takes the name; the public one follows from it and may be written again.
    CS_CHECK(writePrivateFile(privatePath(name), pem, IfExists::Refuse));
    CS_CHECK(writePrivateFile(publicPath(name), key.publicKey().pem(), IfExists::Replace));
    return key.publicKey();
}

Result<PrivateKey> KeyStore::load(std::string_view name, const SecretBytes& passphrase) const
{
    CS_CHECK(checkName(name));
    const std::filesystem::path path = privatePath(name);
    CS_TRY(const std::string pem, readSmallFile(path, ReadableBy::OwnerOnly));
    CS_TRY(PrivateKey key, concerning(PrivateKey::fromEncryptedPkcs8(pem, passphrase), path));
    const auto publicPem = readSmallFile(publicPath(name), ReadableBy::Anyone);
    if (!publicPem.ok() && publicPem.error().code == ErrorCode::NotFound) {
        CS_CHECK(writePrivateFile(publicPath(name), key.publicKey().pem(), IfExists::Replace));
        return key;
    }
    if (!publicPem.ok())
        return publicPem.failure();
    const auto publicKey = PublicKey::fromPem(*publicPem);
    // Also how damage inside an encrypted Ed25519 key shows, which has no checksum.
    if (!publicKey.ok() || *publicKey != key.publicKey())
        return fail(Error{
            ErrorCode::Corrupt,
            "the public and the private half of the key do not fit",
            "key.halves"}
                        .inFile(publicPath(name).string()));
    return key;
}

} // namespace countersign::trust
