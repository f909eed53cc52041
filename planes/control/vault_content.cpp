#include "planes/control/vault_content.h"

#include "models/encoding.h"
#include "models/json_reader.h"
#include "planes/trust/key_store.h"

#include <algorithm>
#include <array>

namespace countersign::control {

namespace {

constexpr std::string_view kFormat = "countersign-vault/1";
constexpr std::size_t kSaltByteCount = 16;
constexpr std::size_t kCodeByteCount = 32;
constexpr std::size_t kPlaceByteCountMax = 4096;
constexpr std::int64_t kVersionNumberMax = 1'000'000'000;

constexpr std::array kFileKeys{
    std::string_view("anchor"),
    std::string_view("code"),
    std::string_view("format"),
    std::string_view("key"),
    std::string_view("lock"),
    std::string_view("log_n"),
    std::string_view("place"),
    std::string_view("salt"),
    std::string_view("secrets")};
constexpr std::array kBoxKeys{std::string_view("nonce"), std::string_view("sealed")};
constexpr std::array kSecretKeys{
    std::string_view("name"), std::string_view("note"), std::string_view("versions")};
constexpr std::array kVersionKeys{
    std::string_view("created_at"),
    std::string_view("nonce"),
    std::string_view("not_before"),
    std::string_view("number"),
    std::string_view("retire_after"),
    std::string_view("sealed")};

Failure malformed(std::string detail)
{
    return fail(
        ErrorCode::Corrupt, "the file of the secrets is damaged: " + detail, "vault.format");
}

Result<std::string> textOf(const JsonReader& object, std::string_view key)
{
    const auto found = object.find(key);
    if (!found)
        return object.refuseMissing(key);
    return found->text();
}

Result<std::string> bytesOf(const JsonReader& object, std::string_view key)
{
    CS_TRY(const std::string encoded, textOf(object, key));
    return base64Decode(encoded);
}

Result<Instant> timeOf(const JsonReader& object, std::string_view key)
{
    CS_TRY(const std::string written, textOf(object, key));
    return Instant::parse(written);
}

Result<std::int64_t> numberOf(const JsonReader& object, std::string_view key)
{
    const auto found = object.find(key);
    if (!found)
        return object.refuseMissing(key);
    return found->integer();
}

Result<trust::SealedBox> boxOf(const JsonReader& object)
{
    trust::SealedBox box;
    CS_TRY(box.nonce, bytesOf(object, "nonce"));
    CS_TRY(box.sealed, bytesOf(object, "sealed"));
    if (box.nonce.size() != trust::kSealNonceByteCount
        || box.sealed.size() < trust::kSealTagByteCount)
        return malformed("a sealed value is too short");
    return box;
}

Result<SealedVersion> versionOf(const JsonReader& place)
{
    CS_CHECK(place.expectObject(kVersionKeys));
    SealedVersion version;
    CS_TRY(const std::int64_t number, numberOf(place, "number"));
    if (number < 1 || number > kVersionNumberMax)
        return malformed("a version has an impossible number");
    version.number = static_cast<int>(number);
    CS_TRY(version.createdAt, timeOf(place, "created_at"));
    CS_TRY(version.notBefore, timeOf(place, "not_before"));
    if (place.find("retire_after")) {
        CS_TRY(version.retireAfter, timeOf(place, "retire_after"));
    }
    CS_TRY(version.box, boxOf(place));
    return version;
}

Result<SealedSecret> secretOf(const JsonReader& place)
{
    CS_CHECK(place.expectObject(kSecretKeys));
    SealedSecret secret;
    CS_TRY(secret.name, textOf(place, "name"));
    CS_TRY(secret.note, textOf(place, "note"));
    if (!isSecretName(secret.name) || secret.note.size() > kSecretNoteByteCountMax)
        return malformed("a secret has an impossible name or note");
    const auto versions = place.find("versions");
    if (!versions)
        return place.refuseMissing("versions");
    CS_CHECK(versions->expectArray());
    const std::size_t count = versions->value().size();
    if (count == 0 || count > kSecretVersionCountMax)
        return malformed("a secret has no version, or too many");
    for (std::size_t i = 0; i < count; ++i) {
        CS_TRY(SealedVersion version, versionOf(versions->element(i)));
        if (i > 0 && version.number <= secret.versions.back().number)
            return malformed("the versions of a secret are not in order");
        // All but the newest are on their way out.
        if (version.retireAfter.has_value() != (i + 1 < count))
            return malformed("a version of a secret stays, or goes, when it should not");
        secret.versions.push_back(std::move(version));
    }
    return secret;
}

Result<VaultProtection> protectionOf(const JsonReader& file)
{
    VaultProtection protection;
    CS_TRY(const std::string lock, textOf(file, "lock"));
    const std::array locks{VaultLock::Passphrase, VaultLock::Keyring, VaultLock::KeyFile};
    const auto* known = std::find_if(
        locks.begin(), locks.end(), [&](VaultLock each) { return text(each) == lock; });
    if (known == locks.end())
        return malformed("it is locked in a way that this version does not know");
    protection.lock = *known;
    const bool isPassphrase = protection.lock == VaultLock::Passphrase;
    if (isPassphrase != file.find("log_n").has_value()
        || isPassphrase == file.find("place").has_value())
        return malformed("its lock is not described as such");
    if (isPassphrase) {
        CS_TRY(const std::int64_t logN, numberOf(file, "log_n"));
        if (logN < 0 || logN > 63)
            return malformed("its cost is impossible");
        protection.cost.logN = static_cast<unsigned>(logN);
    } else {
        CS_TRY(protection.place, textOf(file, "place"));
        if (protection.place.empty() || protection.place.size() > kPlaceByteCountMax
            || protection.place.find('\0') != std::string::npos)
            return malformed("it does not say where its key is");
    }
    return protection;
}

Result<VaultContent> contentOf(const JsonReader& file)
{
    CS_CHECK(file.expectObject(kFileKeys));
    CS_TRY(const std::string format, textOf(file, "format"));
    if (format != kFormat)
        return malformed("it has another format");
    CS_TRY(const std::string anchorText, textOf(file, "anchor"));
    CS_TRY(const Digest anchor, Digest::parse(anchorText));
    CS_TRY(VaultProtection protection, protectionOf(file));
    VaultContent content{anchor, std::move(protection), {}, {}, {}, {}};
    CS_TRY(content.salt, bytesOf(file, "salt"));
    CS_TRY(content.code, bytesOf(file, "code"));
    if (content.salt.size() != kSaltByteCount || content.code.size() != kCodeByteCount)
        return malformed("its salt or its code has another length");
    const auto key = file.find("key");
    if (!key)
        return file.refuseMissing("key");
    CS_CHECK(key->expectObject(kBoxKeys));
    CS_TRY(content.key, boxOf(*key));
    if (content.key.sealed.size() != trust::kSealKeyByteCount + trust::kSealTagByteCount)
        return malformed("its key has another length");
    const auto secrets = file.find("secrets");
    if (!secrets)
        return file.refuseMissing("secrets");
    CS_CHECK(secrets->expectArray());
    if (secrets->value().size() > kSecretCountMax)
        return malformed("it has too many secrets");
    for (std::size_t i = 0; i < secrets->value().size(); ++i) {
        CS_TRY(SealedSecret secret, secretOf(secrets->element(i)));
        if (i > 0 && secret.name <= content.secrets.back().name)
            return malformed("its secrets are not in order");
        content.secrets.push_back(std::move(secret));
    }
    return content;
}

Json toJson(const VaultContent& content)
{
    Json secrets = Json::array();
    for (const SealedSecret& secret : content.secrets) {
        Json versions = Json::array();
        for (const SealedVersion& version : secret.versions) {
            Json row = {
                {"number", version.number},
                {"created_at", version.createdAt.text()},
                {"not_before", version.notBefore.text()},
                {"nonce", base64Encode(version.box.nonce)},
                {"sealed", base64Encode(version.box.sealed)}};
            if (version.retireAfter)
                row["retire_after"] = version.retireAfter->text();
            versions.push_back(std::move(row));
        }
        secrets.push_back(
            {{"name", secret.name}, {"note", secret.note}, {"versions", std::move(versions)}});
    }
    Json file = {
        {"format", kFormat},
        {"anchor", content.anchor.hex()},
        {"lock", text(content.protection.lock)},
        {"salt", base64Encode(content.salt)},
        {"key",
         {{"nonce", base64Encode(content.key.nonce)},
          {"sealed", base64Encode(content.key.sealed)}}},
        {"secrets", std::move(secrets)}};
    if (content.protection.lock == VaultLock::Passphrase)
        file["log_n"] = content.protection.cost.logN;
    else
        file["place"] = content.protection.place;
    return file;
}

} // namespace

std::string_view text(VaultLock lock)
{
    switch (lock) {
    case VaultLock::Passphrase:
        return "passphrase";
    case VaultLock::Keyring:
        return "keyring";
    case VaultLock::KeyFile:
        return "key_file";
    }
    return {};
}

bool isSecretName(std::string_view name)
{
    return trust::isKeyName(name);
}

const SealedVersion* SealedSecret::current(Instant now) const
{
    const auto found =
        std::find_if(versions.rbegin(), versions.rend(), [now](const SealedVersion& version) {
            return version.notBefore <= now && version.isLive(now);
        });
    return found == versions.rend() ? nullptr : &*found;
}

const SealedVersion* SealedSecret::find(int number) const
{
    const auto found =
        std::find_if(versions.begin(), versions.end(), [number](const SealedVersion& version) {
            return version.number == number;
        });
    return found == versions.end() ? nullptr : &*found;
}

const SealedSecret* VaultContent::find(std::string_view name) const
{
    const auto found =
        std::find_if(secrets.begin(), secrets.end(), [name](const SealedSecret& secret) {
            return secret.name == name;
        });
    return found == secrets.end() ? nullptr : &*found;
}

Result<VaultContent> VaultContent::parse(std::string_view bytes)
{
    if (bytes.size() > kVaultByteCountMax)
        return fail(
            ErrorCode::LimitExceeded, "the file of the secrets is larger than 8 MiB", "vault.size");
    const auto parsed = parseJson(
        bytes,
        {.byteCountMax = kVaultByteCountMax,
         .depthMax = 8,
         .valueCountMax = 300'000,
         .refusesNegativeZero = true});
    if (!parsed.ok())
        return malformed(parsed.error().detail);
    auto content = contentOf(JsonReader(*parsed));
    if (!content.ok())
        return content.error().rule == "vault.format" ? content.failure()
                                                      : malformed(content.error().describe());
    if (content->toBytes() != bytes)
        return malformed("it is not in its one form");
    return content;
}

std::string VaultContent::bytesWithoutCode() const
{
    return canonicalOwnJson(toJson(*this));
}

std::string VaultContent::toBytes() const
{
    Json file = toJson(*this);
    file["code"] = base64Encode(code);
    return canonicalOwnJson(file) + "\n";
}

} // namespace countersign::control
