#pragma once

#include "app/ctl/output.h"
#include "models/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The shape of countersignctl: one table of commands drives help, parsing and dispatch.
namespace countersign::ctl {

/// Exit codes of the program.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  ///< Refused, failed, or a verification found something.
inline constexpr int kBadInput = 2; ///< Bad usage or bad input.

/// Rule of every error about the command line itself.
inline constexpr std::string_view kUsageRule = "usage";

/// The exit code that an error leads to.
[[nodiscard]] int exitCodeOf(const Error& error);

struct OptionSpec
{
    std::string_view name;  ///< Without the dashes.
    std::string_view value; ///< What stands after it, for help; empty: it takes none.
    std::string_view summary;
    bool isRequired = false;
    bool isList = false; ///< May be repeated, and takes all words up to the next option.
};

struct ArgumentSpec
{
    std::string_view name;
    std::string_view summary;
    bool repeats = false;
};

/// A command line after parsing: every name in it is one of the command's.
class Invocation
{
public:
    std::string workspace; ///< From `--workspace` or the environment; may be empty.
    bool json = false;
    std::vector<std::string> arguments;
    std::map<std::string, std::vector<std::string>, std::less<>> options;

    [[nodiscard]] bool has(std::string_view name) const
    {
        return options.find(name) != options.end();
    }
    /// The option's value, or the fallback.
    [[nodiscard]] std::string value(std::string_view name, std::string_view fallback = {}) const;
    [[nodiscard]] std::optional<std::string> optionalValue(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    /// A whole number between the two. Errors: InvalidInput (rule `usage`).
    [[nodiscard]] Result<std::int64_t> wholeNumber(
        std::string_view name, std::int64_t fallback, std::int64_t min, std::int64_t max) const;
};

/// Does the work and gives the exit code. An error is told by whoever called.
using CommandFunction = Result<int> (*)(const Invocation& invocation, Output& output);

struct CommandSpec
{
    std::string_view name; ///< One word or two: `queue`, `key new`.
    std::string_view summary;
    std::string_view description;
    std::vector<ArgumentSpec> arguments;
    std::vector<OptionSpec> options;
    std::vector<std::string_view> examples;
    CommandFunction run = nullptr;
};

/// An error of the command line.
[[nodiscard]] Failure usageFailure(std::string detail);

/// A whole number in decimal digits, without sign. Errors: InvalidInput (rule `usage`), naming
/// `what`.
[[nodiscard]] Result<std::int64_t> parseWholeNumber(
    const std::string& text, std::string_view what, std::int64_t min, std::int64_t max);

} // namespace countersign::ctl
