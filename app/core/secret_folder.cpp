#include "app/core/secret_folder.h"

#include "app/core/workspace_folder.h"
#include "planes/trust/key_store.h"

#include <sys/stat.h>

namespace countersign::app {

SecretFolder::SecretFolder(std::filesystem::path folder)
    : m_folder(std::move(folder))
{}

Result<trust::SecretBytes> SecretFolder::secret(const std::string& name)
{
    constexpr std::uint64_t kSecretByteCountMax = 64 * 1024;
    if (!trust::isKeyName(name))
        return fail(
            ErrorCode::InvalidInput, "\"" + name + "\" is not a name of a secret", "secret.name");
    const std::filesystem::path path = m_folder / name;
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0)
        return fail(ErrorCode::NotFound, "there is no secret named " + name, "secret.absent");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(
            ErrorCode::Unauthorized,
            "others can read the secret " + name + "; run: chmod 600 " + path.string(),
            "secret.permissions");
    CS_TRY(std::string bytes, readFileWhole(path, kSecretByteCountMax));
    trust::SecretBytes value = trust::SecretBytes::takeFrom(bytes);
    if (!value.empty() && value.view().back() == '\n')
        value.truncate(value.size() - 1);
    return value;
}

} // namespace countersign::app
