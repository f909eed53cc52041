#include "planes/trust/detail/openssl.h"
#include "planes/trust/keyring.h"

#ifdef COUNTERSIGN_WITH_LIBSECRET
#include <libsecret/secret.h>
#endif

namespace countersign::trust {

#ifdef COUNTERSIGN_WITH_LIBSECRET

namespace {

constexpr const char* kContentType = "application/octet-stream";
constexpr const char* kIdAttribute = "vault";

const SecretSchema& schema()
{
    static const SecretSchema kSchema = {
        "io.countersign.Vault",
        SECRET_SCHEMA_NONE,
        {{kIdAttribute, SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
        0,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        nullptr};
    return kSchema;
}

using ErrorHandle = std::unique_ptr<GError, detail::Deleter<g_error_free>>;
using ValueHandle = std::unique_ptr<SecretValue, detail::Deleter<[](void* value) {
                                        secret_value_unref(value);
                                    }>>;

Failure unavailable(GError* reason)
{
    const ErrorHandle owned(reason);
    return fail(
        ErrorCode::Unavailable,
        std::string("the keyring of the session does not answer: ")
            + (owned ? owned->message : "no reason given"),
        "keyring");
}

class SessionKeyring final : public Keyring
{
public:
    Result<void>
    keep(const std::string& id, const std::string& label, const SecretBytes& key) override
    {
        const ValueHandle value(
            secret_value_new(key.data(), static_cast<gssize>(key.size()), kContentType));
        GError* reason = nullptr;
        secret_password_store_binary_sync(
            &schema(),
            SECRET_COLLECTION_DEFAULT,
            label.c_str(),
            value.get(),
            nullptr,
            &reason,
            kIdAttribute,
            id.c_str(),
            nullptr);
        if (reason != nullptr)
            return unavailable(reason);
        return {};
    }

    Result<SecretBytes> find(const std::string& id) override
    {
        GError* reason = nullptr;
        const ValueHandle value(secret_password_lookup_binary_sync(
            &schema(), nullptr, &reason, kIdAttribute, id.c_str(), nullptr));
        if (reason != nullptr)
            return unavailable(reason);
        if (!value)
            return fail(
                ErrorCode::NotFound,
                "the keyring of this session does not hold the key",
                "keyring.absent");
        gsize size = 0;
        const gchar* bytes = secret_value_get(value.get(), &size);
        return SecretBytes::copyOf({bytes, size});
    }

    Result<void> forget(const std::string& id) override
    {
        GError* reason = nullptr;
        secret_password_clear_sync(&schema(), nullptr, &reason, kIdAttribute, id.c_str(), nullptr);
        if (reason != nullptr)
            return unavailable(reason);
        return {};
    }
};

} // namespace

Result<std::unique_ptr<Keyring>> openSessionKeyring()
{
    return std::unique_ptr<Keyring>(std::make_unique<SessionKeyring>());
}

#else

Result<std::unique_ptr<Keyring>> openSessionKeyring()
{
    return fail(
        ErrorCode::Unsupported,
        "this build knows no keyring of the session: it was made without libsecret",
        "keyring.build");
}

#endif

} // namespace countersign::trust
