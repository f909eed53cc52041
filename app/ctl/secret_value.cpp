#include "app/ctl/secret_value.h"

#include "app/ctl/terminal_prompt.h"
#include "planes/control/secret_vault.h"
#include "planes/control/vault_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace countersign::ctl {

namespace {

Failure tooLarge()
{
    return fail(ErrorCode::InvalidInput, "a secret has 1 to 65536 bytes", "secret.value");
}

void withoutLineFeed(trust::SecretBytes& value)
{
    if (!value.empty() && value.view().back() == '\n')
        value.truncate(value.size() - 1);
}

Result<trust::SecretBytes> fromStandardInput()
{
    trust::SecretBytes value(control::kSecretByteCountMax + 2);
    std::size_t size = 0;
    while (size < value.size()) {
        const ssize_t count = ::read(STDIN_FILENO, value.data() + size, value.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(ErrorCode::StorageFailed, std::strerror(errno), "file");
        if (count == 0) {
            value.truncate(size);
            withoutLineFeed(value);
            return value;
        }
        size += static_cast<std::size_t>(count);
    }
    return tooLarge();
}

Result<trust::SecretBytes> fromTerminal(const std::string& name)
{
    CS_TRY(auto value, promptHidden("Value of the secret \"" + name + "\": "));
    CS_TRY(const auto again, promptHidden("The same again: "));
    if (!value.equals(again))
        return fail(ErrorCode::InvalidInput, "the two values differ", "passphrase.differs");
    return value;
}

} // namespace

std::vector<OptionSpec> secretValueOptions()
{
    return {
        {"from-file", "FILE", "File with the value, mode 0600; it is left alone"},
        {"from-env", "NAME", "Variable of the environment with the value"}};
}

Result<trust::SecretBytes> readSecretValue(const Invocation& invocation, const std::string& name)
{
    const auto file = invocation.optionalValue("from-file");
    const auto variable = invocation.optionalValue("from-env");
    if (file && variable)
        return usageFailure("--from-file and --from-env exclude each other");
    const auto read = [&]() -> Result<trust::SecretBytes> {
        if (file)
            return control::readPrivateBytes(*file);
        if (!variable)
            return ::isatty(STDIN_FILENO) == 1 ? fromTerminal(name) : fromStandardInput();
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment.
        const char* const value = std::getenv(variable->c_str());
        if (value == nullptr)
            return fail(
                ErrorCode::InvalidInput,
                "the environment has no variable " + *variable,
                "secret.env");
        return trust::SecretBytes::copyOf(value);
    };
    CS_TRY(trust::SecretBytes value, read());
    if (value.empty() || value.size() > control::kSecretByteCountMax)
        return tooLarge();
    return value;
}

Result<Duration> parseSpan(const std::string& text, std::string_view what)
{
    constexpr std::int64_t kCountMax = 100'000'000;
    if (text == "0")
        return Duration::zero();
    const char unit = text.empty() ? '\0' : text.back();
    const std::int64_t unitSeconds = unit == 's'   ? 1
                                     : unit == 'm' ? 60
                                     : unit == 'h' ? 3600
                                     : unit == 'd' ? 86'400
                                                   : 0;
    if (unitSeconds == 0)
        return usageFailure(
            std::string(what) + " takes a time like 90s, 30m, 24h or 7d, not \"" + text + "\"");
    CS_TRY(
        const std::int64_t count,
        parseWholeNumber(text.substr(0, text.size() - 1), what, 0, kCountMax));
    return Duration(std::chrono::seconds(count * unitSeconds));
}

} // namespace countersign::ctl
