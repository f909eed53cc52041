#include "app/ctl/command_line.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

constexpr std::string_view kDashes = "--";

bool isOption(const std::string& word)
{
    return word.size() > kDashes.size() && word.starts_with(kDashes);
}

/// A word `--name` or `--name=value` taken apart.
struct OptionWord
{
    std::string name;
    std::optional<std::string> value;
};

OptionWord takeApart(const std::string& word)
{
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos)
        return {word.substr(kDashes.size()), std::nullopt};
    return {word.substr(kDashes.size(), equals - kDashes.size()), word.substr(equals + 1)};
}

const OptionSpec* findOption(const std::vector<OptionSpec>& specs, const std::string& name)
{
    const auto found = std::find_if(
        specs.begin(), specs.end(), [&](const OptionSpec& spec) { return spec.name == name; });
    return found == specs.end() ? nullptr : &*found;
}

const CommandSpec* findCommand(const std::vector<CommandSpec>& table, const std::string& name)
{
    const auto found = std::find_if(
        table.begin(), table.end(), [&](const CommandSpec& spec) { return spec.name == name; });
    return found == table.end() ? nullptr : &*found;
}

/// The second words of the commands that begin with this one, e.g. `new, import, list`.
std::string secondWords(const std::vector<CommandSpec>& table, const std::string& first)
{
    std::string words;
    for (const CommandSpec& spec : table) {
        if (spec.name.starts_with(first + " "))
            words += (words.empty() ? "" : ", ") + std::string(spec.name.substr(first.size() + 1));
    }
    return words;
}

class LineReader
{
public:
    LineReader(const std::vector<CommandSpec>& table, const std::vector<std::string>& words)
        : m_table(table)
        , m_words(words)
    {}

    Result<ParsedLine> read()
    {
        CS_CHECK(takeGlobalOptions());
        if (m_line.wantsVersion)
            return std::move(m_line);
        CS_CHECK(takeCommand());
        if (m_line.wantsHelp || m_line.command == nullptr)
            return std::move(m_line);
        CS_CHECK(takeRest());
        CS_CHECK(checkComplete());
        return std::move(m_line);
    }

private:
    [[nodiscard]] std::string helpHint() const
    {
        std::string hint = "; see `countersignctl";
        if (m_line.command != nullptr)
            hint += " " + std::string(m_line.command->name);
        return hint + " --help`";
    }

    /// Takes what every command understands out of the words, wherever it stands.
    Result<void> takeGlobalOptions()
    {
        bool onlyArguments = false;
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            const std::string& word = m_words[i];
            onlyArguments = onlyArguments || word == kDashes;
            if (onlyArguments || (!isOption(word) && word != "-h")) {
                m_rest.push_back(word);
                continue;
            }
            const OptionWord option = word == "-h" ? OptionWord{"help", {}} : takeApart(word);
            const OptionSpec* spec = findOption(globalOptions(), option.name);
            if (spec == nullptr) {
                m_rest.push_back(word);
                continue;
            }
            CS_CHECK(takeGlobalOption(*spec, option, i));
        }
        return {};
    }

    Result<void> takeGlobalOption(const OptionSpec& spec, const OptionWord& option, std::size_t& i)
    {
        if (spec.value.empty() && option.value)
            return usageFailure("--" + option.name + " takes no value" + helpHint());
        if (option.name == "help")
            m_line.wantsHelp = true;
        else if (option.name == "version")
            m_line.wantsVersion = true;
        else if (option.name == "json")
            m_line.json = m_line.invocation.json = true;
        else if (option.value)
            m_line.invocation.workspace = *option.value;
        else if (i + 1 < m_words.size() && !isOption(m_words[i + 1]))
            m_line.invocation.workspace = m_words[++i];
        else
            return usageFailure("--" + option.name + " needs a value" + helpHint());
        return {};
    }

    Result<void> takeCommand()
    {
        if (m_rest.empty()) {
            if (m_line.wantsHelp)
                return {};
            return usageFailure("which command? See `countersignctl --help`");
        }
        const std::string first = m_rest.front();
        if (isOption(first))
            return usageFailure("unknown option " + first + helpHint());
        if (m_rest.size() > 1) {
            m_line.command = findCommand(m_table, first + " " + m_rest[1]);
            if (m_line.command != nullptr) {
                m_next = 2;
                return {};
            }
        }
        const std::string others = secondWords(m_table, first);
        const bool isAlone = m_rest.size() == 1 || isOption(m_rest[1]);
        if (!others.empty() && m_line.wantsHelp && isAlone) {
            m_line.family = first;
            return {};
        }
        m_line.command = findCommand(m_table, first);
        m_next = 1;
        if (m_line.command != nullptr && (others.empty() || isAlone))
            return {};
        if (!others.empty())
            return usageFailure(
                "`" + first + "` is followed by one of: " + others + "; see `countersignctl "
                + first + " --help`");
        return usageFailure("unknown command \"" + first + "\"; see `countersignctl --help`");
    }

    Result<void> takeRest()
    {
        bool onlyArguments = false;
        while (m_next < m_rest.size()) {
            const std::string& word = m_rest[m_next++];
            if (!onlyArguments && word == kDashes)
                onlyArguments = true;
            else if (!onlyArguments && isOption(word))
                CS_CHECK(takeOption(takeApart(word)));
            else
                m_line.invocation.arguments.push_back(word);
        }
        return {};
    }

    Result<void> takeOption(const OptionWord& option)
    {
        const OptionSpec* spec = findOption(m_line.command->options, option.name);
        if (spec == nullptr)
            return usageFailure("unknown option --" + option.name + helpHint());
        const bool isRepeated = m_line.invocation.has(option.name);
        std::vector<std::string>& values = m_line.invocation.options[option.name];
        if (isRepeated && !spec->isList)
            return usageFailure("--" + option.name + " stands twice" + helpHint());
        if (spec->value.empty()) {
            if (option.value)
                return usageFailure("--" + option.name + " takes no value" + helpHint());
            return {};
        }
        if (option.value) {
            values.push_back(*option.value);
            return {};
        }
        const std::size_t before = values.size();
        while (m_next < m_rest.size() && !isOption(m_rest[m_next]) && m_rest[m_next] != kDashes
               && (spec->isList || values.size() == before))
            values.push_back(m_rest[m_next++]);
        if (values.size() == before)
            return usageFailure(
                "--" + option.name + " needs a value: " + std::string(spec->value) + helpHint());
        return {};
    }

    Result<void> checkComplete()
    {
        const CommandSpec& command = *m_line.command;
        const std::vector<std::string>& given = m_line.invocation.arguments;
        if (given.size() < command.arguments.size())
            return usageFailure(
                std::string(command.arguments[given.size()].name) + " is missing" + helpHint());
        const bool repeats = !command.arguments.empty() && command.arguments.back().repeats;
        if (given.size() > command.arguments.size() && !repeats)
            return usageFailure(
                "\"" + given[command.arguments.size()] + "\" is one argument too many"
                + helpHint());
        for (const OptionSpec& spec : command.options) {
            if (spec.isRequired && !m_line.invocation.has(spec.name))
                return usageFailure(
                    "--" + std::string(spec.name) + (spec.value.empty() ? "" : " ")
                    + std::string(spec.value) + " is missing" + helpHint());
        }
        return {};
    }

    const std::vector<CommandSpec>& m_table;
    const std::vector<std::string>& m_words;
    std::vector<std::string> m_rest;
    std::size_t m_next = 0;
    ParsedLine m_line;
};

} // namespace

const std::vector<OptionSpec>& globalOptions()
{
    static const std::vector<OptionSpec> kOptions = {
        {"workspace", "DIR", "The workspace; otherwise the environment's COUNTERSIGN_WORKSPACE"},
        {"json", "", "Print exactly one JSON document"},
        {"help", "", "Print help"},
        {"version", "", "Print the version"}};
    return kOptions;
}

bool asksForJson(const std::vector<std::string>& words)
{
    const auto end = std::find(words.begin(), words.end(), kDashes);
    return std::find(words.begin(), end, "--json") != end;
}

Result<ParsedLine> parseCommandLine(
    const std::vector<CommandSpec>& table,
    const std::vector<std::string>& words,
    const std::string& workspaceDefault)
{
    CS_TRY(ParsedLine line, LineReader(table, words).read());
    if (line.invocation.workspace.empty())
        line.invocation.workspace = workspaceDefault;
    return line;
}

} // namespace countersign::ctl
