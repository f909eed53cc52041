#include "app/ctl/command_lists.h"
#include "app/demo/terminal_demo.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace countersign::ctl {

namespace {

/// The folder that was named, or a new one.
Result<std::filesystem::path> demoFolder(const Invocation& invocation)
{
    if (!invocation.workspace.empty())
        return std::filesystem::path(invocation.workspace);
    std::error_code error;
    std::string name =
        (std::filesystem::temp_directory_path(error) / "countersign-demo-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(
            ErrorCode::StorageFailed, "there is no place for the demo; name one with --workspace");
    return std::filesystem::path(name);
}

Result<int> demo(const Invocation& invocation, Output& output)
{
    CS_TRY(const std::filesystem::path folder, demoFolder(invocation));
    CS_CHECK(app::runTerminalDemo(folder, output.isJson(), std::cout));
    std::cout.flush();
    output.line("The demo's workspace stays in " + folder.string());
    return kDone;
}

} // namespace

std::vector<CommandSpec> demoCommands()
{
    return {
        {"demo",
         "The whole way of a decision, from an empty folder to a verified pack",
         "Founds the workspace of an invented company, hands in its decisions, signs as its "
         "approvers\n"
         "would, carries out what was signed and proves it. Needs no network.",
         {},
         {},
         {"demo", "demo --workspace ~/countersign-demo", "demo --json"},
         demo}};
}

} // namespace countersign::ctl
