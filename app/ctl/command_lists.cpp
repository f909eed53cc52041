#include "app/ctl/command_lists.h"

namespace countersign::ctl {

std::vector<CommandSpec> allCommands()
{
    std::vector<CommandSpec> all;
    for (const auto family :
         {initCommands,
          demoCommands,
          ingestCommands,
          queueCommands,
          showCommands,
          signCommands,
          runCommands,
          orderCommands,
          workCommands,
          rosterCommands,
          charterCommands,
          keyCommands,
          secretCommands,
          auditCommands,
          evidenceCommands,
          schemaCommands}) {
        for (CommandSpec& command : family())
            all.push_back(std::move(command));
    }
    return all;
}

} // namespace countersign::ctl
