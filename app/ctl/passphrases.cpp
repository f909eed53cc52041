#include "app/ctl/passphrases.h"

#include "app/ctl/terminal_prompt.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::ctl {

namespace {

constexpr std::size_t kPassphraseByteCountMax = 4096;

Failure about(const std::string& file, ErrorCode code, std::string detail, std::string rule)
{
    return fail(Error{code, std::move(detail), std::move(rule), file});
}

/// Without the line feed that editors put at the end.
void withoutLineEnd(trust::SecretBytes& secret)
{
    std::size_t size = secret.size();
    if (size > 0 && secret.view()[size - 1] == '\n')
        --size;
    if (size > 0 && secret.view()[size - 1] == '\r')
        --size;
    secret.truncate(size);
}

Result<void> checkOnlyOwnerReads(int descriptor, const std::string& path)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return about(path, ErrorCode::StorageFailed, std::strerror(errno), "file");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return about(
            path,
            ErrorCode::Refused,
            "others can read this passphrase; run: chmod 600 " + path,
            "passphrase.permissions");
    return {};
}

Result<trust::SecretBytes> fromDescriptor(int descriptor, const std::string& path)
{
    CS_CHECK(checkOnlyOwnerReads(descriptor, path));
    trust::SecretBytes buffer(kPassphraseByteCountMax + 1);
    std::size_t size = 0;
    while (size < buffer.size()) {
        const ssize_t count = ::read(descriptor, buffer.data() + size, buffer.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return about(path, ErrorCode::StorageFailed, std::strerror(errno), "file");
        if (count == 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    if (size > kPassphraseByteCountMax)
        return about(
            path,
            ErrorCode::LimitExceeded,
            "a passphrase has at most 4096 bytes",
            "passphrase.size");
    buffer.truncate(size);
    withoutLineEnd(buffer);
    return buffer;
}

Result<trust::SecretBytes> fromFile(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return about(
            path,
            errno == ENOENT ? ErrorCode::NotFound : ErrorCode::StorageFailed,
            std::string("the file with the passphrase cannot be opened: ") + std::strerror(errno),
            "file");
    auto secret = fromDescriptor(descriptor, path);
    ::close(descriptor);
    return secret;
}

Result<trust::SecretBytes> fromEnvironment(const std::string& variable)
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment.
    const char* const value = std::getenv(variable.c_str());
    if (value == nullptr)
        return fail(
            ErrorCode::InvalidInput,
            "the environment has no variable " + variable,
            "passphrase.env");
    return trust::SecretBytes::copyOf(value);
}

Result<trust::SecretBytes> fromTerminal(const std::string& question, bool twice)
{
    CS_TRY(auto secret, promptHidden(question));
    if (twice) {
        CS_TRY(const auto again, promptHidden("The same again: "));
        if (!secret.equals(again))
            return fail(
                ErrorCode::InvalidInput, "the two passphrases differ", "passphrase.differs");
    }
    return secret;
}

} // namespace

std::vector<OptionSpec> passphraseOptions()
{
    return {
        {"passphrase-file",
         "FILE",
         "File with the passphrase, mode 0600 (one for each key, or one for all)",
         false,
         true},
        {"passphrase-env", "NAME", "Variable of the environment with the passphrase", false, true}};
}

Result<Passphrases> Passphrases::of(const Invocation& invocation, const std::string& prefix)
{
    const std::string file = prefix + "passphrase-file";
    const std::string variable = prefix + "passphrase-env";
    Passphrases passphrases;
    passphrases.m_files = invocation.values(file);
    passphrases.m_variables = invocation.values(variable);
    if (!passphrases.m_files.empty() && !passphrases.m_variables.empty())
        return usageFailure("--" + file + " and --" + variable + " exclude each other");
    return passphrases;
}

Result<trust::SecretBytes>
Passphrases::get(const std::string& name, std::size_t number, bool twice) const
{
    return ask("Passphrase for the key \"" + name + "\": ", number, twice);
}

Result<trust::SecretBytes> Passphrases::getFor(const std::string& what, bool twice) const
{
    return ask("Passphrase for " + what + ": ", 0, twice);
}

Result<trust::SecretBytes>
Passphrases::ask(const std::string& question, std::size_t number, bool twice) const
{
    const auto pick = [&](const std::vector<std::string>& given) {
        return given[given.size() == 1 ? 0 : number];
    };
    const std::size_t count = m_files.size() + m_variables.size();
    if (count > 1 && number >= count)
        return usageFailure("there are fewer passphrases than keys");
    const auto read = [&]() -> Result<trust::SecretBytes> {
        if (!m_files.empty())
            return fromFile(pick(m_files));
        if (!m_variables.empty())
            return fromEnvironment(pick(m_variables));
        return fromTerminal(question, twice);
    };
    CS_TRY(trust::SecretBytes secret, read());
    if (secret.empty())
        return fail(ErrorCode::InvalidInput, "the passphrase is empty", "passphrase.empty");
    return secret;
}

} // namespace countersign::ctl
