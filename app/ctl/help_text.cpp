#include "app/ctl/help_text.h"

#include "app/ctl/command_line.h"

namespace countersign::ctl {

namespace {

constexpr std::size_t kLeftWidth = 26;

std::string row(const std::string& left, std::string_view right)
{
    std::string text = "  " + left;
    if (text.size() + 1 > kLeftWidth)
        text += "\n" + std::string(kLeftWidth, ' ');
    else
        text.resize(kLeftWidth, ' ');
    return text + std::string(right) + "\n";
}

std::string optionRows(const std::vector<OptionSpec>& options)
{
    std::string text;
    for (const OptionSpec& option : options) {
        std::string left = "--" + std::string(option.name);
        if (!option.value.empty())
            left += " " + std::string(option.value);
        if (option.isList)
            left += "…";
        text += row(left, option.summary);
    }
    return text;
}

std::string commandRows(const std::vector<CommandSpec>& table, std::string_view firstWord)
{
    std::string text;
    for (const CommandSpec& command : table) {
        const std::string first(command.name.substr(0, command.name.find(' ')));
        if (firstWord.empty() || first == firstWord)
            text += row(std::string(command.name), command.summary);
    }
    return text;
}

constexpr std::string_view kExitCodes =
    "\nExit codes: 0 done · 1 refused or failed verification · 2 bad usage or input\n";

} // namespace

std::string programHelp(const std::vector<CommandSpec>& table)
{
    std::string text = "countersignctl: what the Countersign console does, for scripts and "
                       "terminals\n\nUsage: countersignctl COMMAND [options]\n\nCommands:\n";
    text += commandRows(table, {});
    text += "\nOptions of every command:\n" + optionRows(globalOptions());
    text += "\nExamples:\n"
            "  countersignctl key new dana --keys ~/keys\n"
            "  countersignctl queue --workspace ~/northgate\n"
            "  countersignctl sign --help\n";
    text += kExitCodes;
    text += "Errors go to standard error as `file: pointer: message [rule]`.\n";
    return text;
}

std::string familyHelp(const std::vector<CommandSpec>& table, std::string_view firstWord)
{
    const std::string first(firstWord);
    std::string text;
    for (const CommandSpec& command : table) {
        if (command.name == firstWord)
            text += commandHelp(command) + "\n";
    }
    text += "Usage: countersignctl " + first + " COMMAND [options]\n\nCommands:\n";
    text += commandRows(table, firstWord);
    text += "\nExamples:\n";
    for (const CommandSpec& command : table) {
        if (command.name.starts_with(first + " "))
            text += "  countersignctl " + std::string(command.examples.front()) + "\n";
    }
    text += "\n`countersignctl " + first + " COMMAND --help` says more about one.\n";
    return text;
}

std::string commandHelp(const CommandSpec& command)
{
    std::string text = "Usage: countersignctl " + std::string(command.name);
    for (const ArgumentSpec& argument : command.arguments)
        text += " " + std::string(argument.name) + (argument.repeats ? "…" : "");
    for (const OptionSpec& option : command.options) {
        if (option.isRequired)
            text += " --" + std::string(option.name) + (option.value.empty() ? "" : " ")
                    + std::string(option.value);
    }
    text += " [options]\n\n" + std::string(command.summary) + ".\n";
    if (!command.description.empty())
        text += "\n" + std::string(command.description) + "\n";
    if (!command.arguments.empty()) {
        text += "\nArguments:\n";
        for (const ArgumentSpec& argument : command.arguments)
            text += row(std::string(argument.name), argument.summary);
    }
    if (!command.options.empty())
        text += "\nOptions:\n" + optionRows(command.options);
    text += "\nOptions of every command:\n" + optionRows(globalOptions());
    text += "\nExamples:\n";
    for (const std::string_view example : command.examples)
        text += "  countersignctl " + std::string(example) + "\n";
    text += kExitCodes;
    return text;
}

} // namespace countersign::ctl
