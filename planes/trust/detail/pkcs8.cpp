#include "planes/trust/detail/pkcs8.h"

#include "planes/trust/detail/der.h"
#include "planes/trust/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <bit>

namespace countersign::trust::detail {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kOidPbes2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"sv;
constexpr std::string_view kOidPbkdf2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c"sv;
constexpr std::string_view kOidScrypt = "\x2b\x06\x01\x04\x01\xda\x47\x04\x0b"sv;

struct NamedOid
{
    std::string_view oid;
    const char* name;
    std::size_t keyByteCount;
};

constexpr std::string_view kOidAes256Cbc = "\x60\x86\x48\x01\x65\x03\x04\x01\x2a"sv;
constexpr std::array<NamedOid, 3> kCiphers = {{
    {"\x60\x86\x48\x01\x65\x03\x04\x01\x02"sv, "AES-128-CBC", 16},
    {"\x60\x86\x48\x01\x65\x03\x04\x01\x16"sv, "AES-192-CBC", 24},
    {kOidAes256Cbc, "AES-256-CBC", 32},
}};
constexpr std::array<NamedOid, 4> kPrfs = {{
    {"\x2a\x86\x48\x86\xf7\x0d\x02\x07"sv, "SHA1", 0},
    {"\x2a\x86\x48\x86\xf7\x0d\x02\x09"sv, "SHA256", 0},
    {"\x2a\x86\x48\x86\xf7\x0d\x02\x0a"sv, "SHA384", 0},
    {"\x2a\x86\x48\x86\xf7\x0d\x02\x0b"sv, "SHA512", 0},
}};

constexpr std::size_t kIvByteCount = 16;
constexpr std::size_t kBlockByteCount = 16;
constexpr std::size_t kSaltByteCount = 16;
constexpr std::size_t kSaltByteCountMax = 1024;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;

Failure corrupt(const char* detail)
{
    return fail(ErrorCode::Corrupt, detail, "key.pkcs8");
}

Failure unsupported(const char* detail)
{
    return fail(ErrorCode::Unsupported, detail, "key.pkcs8");
}

Failure tooCostly()
{
    return fail(
        ErrorCode::LimitExceeded,
        "unlocking this key would take more than 256 MiB or too many rounds",
        "key.unlock_cost");
}

template <std::size_t Size>
const NamedOid* find(const std::array<NamedOid, Size>& table, std::string_view oid)
{
    const auto found = std::find_if(
        table.begin(), table.end(), [oid](const NamedOid& entry) { return entry.oid == oid; });
    return found == table.end() ? nullptr : &*found;
}

/// Every malformed element of the file is the same news to its owner.
template <class T>
Result<T> orCorrupt(Result<T> read)
{
    if (!read.ok() && read.error().code == ErrorCode::InvalidInput)
        return corrupt("the encrypted key is not well-formed PKCS#8");
    return read;
}

Result<void> checkCost(const ScryptCost& cost)
{
    if (cost.n < 2 || !std::has_single_bit(cost.n) || cost.r == 0 || cost.p == 0)
        return corrupt("the scrypt parameters of the key are not valid");
    if (cost.n > kScryptWorkMax || cost.r > kScryptWorkMax || cost.p > kScryptWorkMax
        || cost.n * cost.r > kScryptMemoryMax / 128 || cost.n * cost.r > kScryptWorkMax / cost.p
        || cost.p * cost.r > kScryptMemoryMax / 128)
        return tooCostly();
    return {};
}

Result<void> readScrypt(DerReader parameters, EncryptedKey& key, std::size_t& statedByteCount)
{
    CS_TRY(const std::string_view salt, parameters.read(DerTag::OctetString));
    ScryptCost cost;
    CS_TRY(cost.n, parameters.readUint64());
    CS_TRY(cost.r, parameters.readUint64());
    CS_TRY(cost.p, parameters.readUint64());
    if (parameters.nextIs(DerTag::Integer)) {
        CS_TRY(statedByteCount, parameters.readUint64());
    }
    CS_CHECK(parameters.end());
    CS_CHECK(checkCost(cost));
    key.salt = salt;
    key.cost = cost;
    return {};
}

Result<void> readPbkdf2(DerReader parameters, EncryptedKey& key, std::size_t& statedByteCount)
{
    CS_TRY(const std::string_view salt, parameters.read(DerTag::OctetString));
    Pbkdf2Cost cost;
    cost.digestName = "SHA1"; // The default of RFC 8018, A.2.
    CS_TRY(cost.iterationCount, parameters.readUint64());
    if (parameters.nextIs(DerTag::Integer)) {
        CS_TRY(statedByteCount, parameters.readUint64());
    }
    if (parameters.nextIs(DerTag::Sequence)) {
        CS_TRY(const std::string_view prf, parameters.read(DerTag::Sequence));
        DerReader prfReader(prf);
        CS_TRY(const std::string_view oid, prfReader.read(DerTag::ObjectId));
        if (prfReader.nextIs(DerTag::Null)) {
            CS_CHECK(prfReader.read(DerTag::Null));
        }
        CS_CHECK(prfReader.end());
        const NamedOid* known = find(kPrfs, oid);
        if (known == nullptr)
            return unsupported("the key is protected by PBKDF2 with an unknown hash");
        cost.digestName = known->name;
    }
    CS_CHECK(parameters.end());
    if (cost.iterationCount == 0)
        return corrupt("the PBKDF2 parameters of the key are not valid");
    if (cost.iterationCount > kPbkdf2IterationCountMax)
        return tooCostly();
    key.salt = salt;
    key.cost = cost;
    return {};
}

Result<void> readKdf(std::string_view bytes, EncryptedKey& key, std::size_t& statedByteCount)
{
    DerReader reader(bytes);
    CS_TRY(const std::string_view oid, reader.read(DerTag::ObjectId));
    CS_TRY(const std::string_view parameters, reader.read(DerTag::Sequence));
    CS_CHECK(reader.end());
    if (oid == kOidScrypt)
        return readScrypt(DerReader(parameters), key, statedByteCount);
    if (oid == kOidPbkdf2)
        return readPbkdf2(DerReader(parameters), key, statedByteCount);
    return unsupported("the key is protected by neither scrypt nor PBKDF2");
}

Result<void> readCipher(std::string_view bytes, EncryptedKey& key)
{
    DerReader reader(bytes);
    CS_TRY(const std::string_view oid, reader.read(DerTag::ObjectId));
    const NamedOid* known = find(kCiphers, oid);
    if (known == nullptr)
        return unsupported("the key is not encrypted with AES-CBC");
    CS_TRY(const std::string_view iv, reader.read(DerTag::OctetString));
    CS_CHECK(reader.end());
    if (iv.size() != kIvByteCount)
        return corrupt("the initialization vector of the key is not 16 bytes");
    key.cipherName = known->name;
    key.keyByteCount = known->keyByteCount;
    key.iv = iv;
    return {};
}

Result<EncryptedKey> readEncryptedKey(std::string_view der)
{
    EncryptedKey key;
    DerReader file(der);
    CS_TRY(const std::string_view info, file.read(DerTag::Sequence));
    CS_CHECK(file.end());
    DerReader infoReader(info);
    CS_TRY(const std::string_view algorithm, infoReader.read(DerTag::Sequence));
    CS_TRY(const std::string_view ciphertext, infoReader.read(DerTag::OctetString));
    CS_CHECK(infoReader.end());
    DerReader algorithmReader(algorithm);
    CS_TRY(const std::string_view oid, algorithmReader.read(DerTag::ObjectId));
    if (oid != kOidPbes2)
        return unsupported("the key is not protected by PBES2");
    CS_TRY(const std::string_view parameters, algorithmReader.read(DerTag::Sequence));
    CS_CHECK(algorithmReader.end());
    DerReader parameterReader(parameters);
    CS_TRY(const std::string_view kdf, parameterReader.read(DerTag::Sequence));
    CS_TRY(const std::string_view cipher, parameterReader.read(DerTag::Sequence));
    CS_CHECK(parameterReader.end());
    std::size_t statedByteCount = 0;
    CS_CHECK(readKdf(kdf, key, statedByteCount));
    CS_CHECK(readCipher(cipher, key));
    if (statedByteCount != 0 && statedByteCount != key.keyByteCount)
        return corrupt("the stated key length is not that of the cipher");
    if (key.salt.size() > kSaltByteCountMax)
        return corrupt("the salt of the key is larger than 1 KiB");
    if (ciphertext.empty() || ciphertext.size() % kBlockByteCount != 0)
        return corrupt("the encrypted key is not a whole number of blocks");
    key.ciphertext = ciphertext;
    return key;
}

Result<SecretBytes> deriveKey(const EncryptedKey& key, const SecretBytes& passphrase)
{
    if (const auto* scrypt = std::get_if<ScryptCost>(&key.cost))
        return deriveByScrypt(passphrase, key.salt, *scrypt, key.keyByteCount);
    // An empty passphrase has no pages; the library wants an address all the same.
    const char* phrase = passphrase.empty() ? "" : passphrase.data();
    const auto& pbkdf2 = std::get<Pbkdf2Cost>(key.cost);
    std::uint64_t iterationCount = pbkdf2.iterationCount;
    std::string digestName = pbkdf2.digestName;
    const std::array<OSSL_PARAM, 5> parameters = {
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_PASSWORD, paramData(phrase), passphrase.size()),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_SALT, paramData(key.salt.data()), key.salt.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &iterationCount),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digestName.data(), 0),
        OSSL_PARAM_construct_end(),
    };
    return deriveWith("PBKDF2", key.keyByteCount, parameters.data());
}

struct CipherJob
{
    const char* name;
    const SecretBytes& key;
    std::string_view iv;
    bool encrypts;
};

/// False when the padding is wrong.
Result<bool> runCipher(const CipherJob& job, std::string_view input, SecretBytes& output)
{
    const EvpCipherCtx context(EVP_CIPHER_CTX_new());
    const std::unique_ptr<EVP_CIPHER, Deleter<EVP_CIPHER_free>> cipher(
        EVP_CIPHER_fetch(nullptr, job.name, nullptr));
    output = SecretBytes(input.size() + kBlockByteCount);
    auto* target = reinterpret_cast<unsigned char*>(output.data());
    int bodySize = 0;
    int tailSize = 0;
    if (!context || !cipher
        || EVP_CipherInit_ex2(
               context.get(),
               cipher.get(),
               bytesOf(job.key.view()),
               bytesOf(job.iv),
               job.encrypts ? 1 : 0,
               nullptr)
               != 1
        || EVP_CipherUpdate(
               context.get(), target, &bodySize, bytesOf(input), static_cast<int>(input.size()))
               != 1)
        return libraryFailure("the cipher of a stored key");
    if (EVP_CipherFinal_ex(context.get(), target + bodySize, &tailSize) != 1) {
        forgetErrors();
        output.clear();
        return false;
    }
    output.truncate(static_cast<std::size_t>(bodySize + tailSize));
    return true;
}

Failure wrongPassphrase()
{
    return fail(
        ErrorCode::PassphraseWrong, "the passphrase does not unlock this key", "key.passphrase");
}

} // namespace

Result<EncryptedKey> parseEncryptedKey(std::string_view der)
{
    return orCorrupt(readEncryptedKey(der));
}

Result<SecretBytes> decryptKey(const EncryptedKey& key, const SecretBytes& passphrase)
{
    CS_TRY(const SecretBytes derived, deriveKey(key, passphrase));
    SecretBytes plain;
    CS_TRY(
        const bool paddingGood,
        runCipher({key.cipherName.c_str(), derived, key.iv, false}, key.ciphertext, plain));
    // One wrong passphrase in 256 leaves padding that looks right; then the rest is noise and no
    // single element of the stated length.
    DerReader reader(plain.view());
    if (!paddingGood || !reader.read(DerTag::Sequence).ok() || !reader.atEnd())
        return wrongPassphrase();
    return plain;
}

Result<std::string>
encryptKey(const SecretBytes& privateKeyInfo, const SecretBytes& passphrase, unsigned logN)
{
    constexpr unsigned kLogNMax = 40;
    EncryptedKey key;
    key.salt.resize(kSaltByteCount);
    key.iv.resize(kIvByteCount);
    if (RAND_bytes(bytesOf(key.salt), kSaltByteCount) != 1
        || RAND_bytes(bytesOf(key.iv), kIvByteCount) != 1)
        return libraryFailure("random bytes for a key file");
    const ScryptCost cost{std::uint64_t{1} << std::min(logN, kLogNMax), kScryptR, kScryptP};
    CS_CHECK(checkCost(cost));
    key.cost = cost;
    key.cipherName = "AES-256-CBC";
    key.keyByteCount = 32;
    CS_TRY(const SecretBytes derived, deriveKey(key, passphrase));
    SecretBytes ciphertext;
    CS_CHECK(runCipher(
        {key.cipherName.c_str(), derived, key.iv, true}, privateKeyInfo.view(), ciphertext));
    const std::string kdf = derElement(
        DerTag::Sequence,
        derElement(DerTag::ObjectId, kOidScrypt)
            + derElement(
                DerTag::Sequence,
                derElement(DerTag::OctetString, key.salt) + derUint64(cost.n) + derUint64(cost.r)
                    + derUint64(cost.p)));
    const std::string cipher = derElement(
        DerTag::Sequence,
        derElement(DerTag::ObjectId, kOidAes256Cbc) + derElement(DerTag::OctetString, key.iv));
    const std::string algorithm = derElement(
        DerTag::Sequence,
        derElement(DerTag::ObjectId, kOidPbes2) + derElement(DerTag::Sequence, kdf + cipher));
    return derElement(
        DerTag::Sequence, algorithm + derElement(DerTag::OctetString, ciphertext.view()));
}

} // namespace countersign::trust::detail
