#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <string>

/// What can be said before there is a window, and so without a display.
namespace countersign::app {

/// What the words of a command line ask of the console.
struct ConsoleLine
{
    bool wantsHelp = false;
    bool wantsVersion = false;
    bool isDemo = false;
    QString workspace; ///< Empty: not said.
    std::string fault; ///< What is wrong with the words, and what to do; empty for nothing.
};

/// Reads the words after the program's name. Options of the toolkit itself (`-platform`, `-style`
/// …) are left to it. Nothing of Qt needs to run yet.
[[nodiscard]] ConsoleLine readConsoleLine(const QStringList& words);

/// Usage, options and exit codes, for standard output.
[[nodiscard]] std::string consoleHelp();

/// What the environment says about where windows go.
struct DisplayFacts
{
    std::string platform;    ///< QT_QPA_PLATFORM, or what follows `-platform`.
    bool hasDisplay = false; ///< DISPLAY, WAYLAND_DISPLAY or `-display` names one.
};
[[nodiscard]] DisplayFacts displayFacts(const QStringList& words);

/// Why no window can be opened there, and what to do instead; nothing when one may be tried.
[[nodiscard]] std::optional<std::string> whyNoWindow(const DisplayFacts& facts);

/// The sentences that follow any reason why there is no window.
[[nodiscard]] std::string withoutWindowAdvice();

} // namespace countersign::app
