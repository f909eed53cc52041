#pragma once

#include "app/ctl/command.h"

#include <vector>

/// Each family of commands, for the one table.
namespace countersign::ctl {

[[nodiscard]] std::vector<CommandSpec> initCommands();
[[nodiscard]] std::vector<CommandSpec> demoCommands();
[[nodiscard]] std::vector<CommandSpec> ingestCommands();
[[nodiscard]] std::vector<CommandSpec> queueCommands();
[[nodiscard]] std::vector<CommandSpec> showCommands();
[[nodiscard]] std::vector<CommandSpec> signCommands();
[[nodiscard]] std::vector<CommandSpec> runCommands();
[[nodiscard]] std::vector<CommandSpec> orderCommands();
[[nodiscard]] std::vector<CommandSpec> workCommands();
[[nodiscard]] std::vector<CommandSpec> rosterCommands();
[[nodiscard]] std::vector<CommandSpec> charterCommands();
[[nodiscard]] std::vector<CommandSpec> keyCommands();
[[nodiscard]] std::vector<CommandSpec> secretCommands();
[[nodiscard]] std::vector<CommandSpec> auditCommands();
[[nodiscard]] std::vector<CommandSpec> evidenceCommands();
[[nodiscard]] std::vector<CommandSpec> schemaCommands();

/// All of them, in the order of the help.
[[nodiscard]] std::vector<CommandSpec> allCommands();

} // namespace countersign::ctl
