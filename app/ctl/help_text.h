#pragma once

#include "app/ctl/command.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign::ctl {

/// Help for the program: every command in one line.
[[nodiscard]] std::string programHelp(const std::vector<CommandSpec>& table);
/// Help for the commands that begin with one word, e.g. `key`.
[[nodiscard]] std::string
familyHelp(const std::vector<CommandSpec>& table, std::string_view firstWord);
[[nodiscard]] std::string commandHelp(const CommandSpec& command);

} // namespace countersign::ctl
