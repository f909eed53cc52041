#include "app/core/key_file.h"

#include "app/core/workspace_folder.h"
#include "models/encoding.h"
#include "planes/control/vault_file.h"
#include "planes/trust/sealed_box.h"

namespace countersign::app {

Result<trust::SecretBytes> makeKeyFile(const std::filesystem::path& path)
{
    auto there = control::readPrivateBytes(path);
    if (there.ok() && there->size() < trust::kSealKeyByteCount)
        return fail(Error{
            ErrorCode::InvalidInput,
            "a key file holds at least 32 random bytes",
            "secret.key_file",
            path.string()});
    if (there.ok() || there.error().code != ErrorCode::NotFound)
        return there;
    CS_TRY(const trust::SecretBytes random, trust::makeSealKey());
    std::string digits = hexEncode(random.view());
    const trust::SecretBytes key = trust::SecretBytes::takeFrom(digits);
    CS_CHECK(writeFileWhole(path, key.view(), true));
    return trust::SecretBytes::copyOf(key.view());
}

} // namespace countersign::app
