#pragma once

#include "app/ctl/command.h"

#include <string>
#include <vector>

namespace countersign::ctl {

/// What the words of a command line ask for.
struct ParsedLine
{
    bool wantsHelp = false;
    bool wantsVersion = false;
    /// As far as it was said before an error.
    bool json = false;
    /// The command, or nullptr: then `family` may hold the first word of several.
    const CommandSpec* command = nullptr;
    std::string family;
    Invocation invocation;
};

/// Options that every command takes.
[[nodiscard]] const std::vector<OptionSpec>& globalOptions();

/// True when `--json` stands among the words, so that an error of parsing is told that way, too.
[[nodiscard]] bool asksForJson(const std::vector<std::string>& words);

/// Reads the words after the program's name. `workspaceDefault` is that of the environment. A value
/// that begins with two dashes is written `--name=--value`. Errors: InvalidInput (rule `usage`),
/// with what to do.
[[nodiscard]] Result<ParsedLine> parseCommandLine(
    const std::vector<CommandSpec>& table,
    const std::vector<std::string>& words,
    const std::string& workspaceDefault);

} // namespace countersign::ctl
