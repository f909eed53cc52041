#pragma once

#include "app/ctl/command.h"
#include "planes/trust/secret.h"

#include <string>
#include <vector>

namespace countersign::ctl {

/// `--passphrase-file` and `--passphrase-env`, for the commands that unlock a key.
[[nodiscard]] std::vector<OptionSpec> passphraseOptions();

/// Where passphrases come from: a file that only its owner can read, a variable of the environment,
/// or the terminal with its echo off. Never an argument, which every process can see.
class Passphrases
{
public:
    /// The options, or those whose names begin with `prefix` (`new-`). Errors: InvalidInput (rule
    /// `usage`) when both a file and a variable are named.
    [[nodiscard]] static Result<Passphrases>
    of(const Invocation& invocation, const std::string& prefix = {});

    /// The passphrase of the `number`th key, counted from 0: with one file or variable it is that
    /// of all. `name` is shown when it is asked for; `twice`: asked for again, since nothing could
    /// tell a slip later. Errors: InvalidInput (rule `passphrase.absent`: nowhere to ask;
    /// `passphrase.env`, `passphrase.differs`, `passphrase.empty`), Refused (rule
    /// `passphrase.permissions`), NotFound, LimitExceeded, Cancelled.
    [[nodiscard]] Result<trust::SecretBytes>
    get(const std::string& name, std::size_t number = 0, bool twice = false) const;

    /// The passphrase of something that is no key, e.g. "the secrets". Errors: as get.
    [[nodiscard]] Result<trust::SecretBytes>
    getFor(const std::string& what, bool twice = false) const;

    /// Whether an option names one, so that nobody is asked.
    [[nodiscard]] bool isGiven() const { return !m_files.empty() || !m_variables.empty(); }

private:
    [[nodiscard]] Result<trust::SecretBytes>
    ask(const std::string& question, std::size_t number, bool twice) const;

    std::vector<std::string> m_files;
    std::vector<std::string> m_variables;
};

} // namespace countersign::ctl
