#include "app/console/console_line.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace countersign::app {

namespace {

/// Options that QApplication takes out of the command line, each with a value.
constexpr std::array<std::string_view, 13> kToolkitOptions = {
    "display",
    "geometry",
    "platform",
    "platformpluginpath",
    "platformtheme",
    "plugin",
    "qwindowgeometry",
    "qwindowicon",
    "qwindowtitle",
    "session",
    "style",
    "stylesheet",
    "visual"};

/// The toolkit takes one dash or two before the name.
std::string_view withoutDashes(std::string_view word)
{
    if (!word.starts_with('-'))
        return {};
    word.remove_prefix(word.starts_with("--") ? 2 : 1);
    return word;
}

bool isToolkitOption(std::string_view word)
{
    const std::string_view name = withoutDashes(word.substr(0, word.find('=')));
    return std::find(kToolkitOptions.begin(), kToolkitOptions.end(), name) != kToolkitOptions.end();
}

std::string quoted(const std::string& word)
{
    return "`" + word + "`";
}

} // namespace

ConsoleLine readConsoleLine(const QStringList& words)
{
    ConsoleLine line;
    for (qsizetype i = 0; i < words.size() && line.fault.empty(); ++i) {
        const std::string word = words.at(i).toStdString();
        const bool isLast = i + 1 == words.size();
        if (word == "--help" || word == "-h") {
            line.wantsHelp = true;
        } else if (word == "--version" || word == "-v") {
            line.wantsVersion = true;
        } else if (word == "--demo") {
            line.isDemo = true;
        } else if (word == "--workspace" || word == "-w") {
            if (isLast || words.at(i + 1).isEmpty())
                line.fault = quoted(word) + " needs a folder: --workspace DIR";
            else
                line.workspace = words.at(++i);
        } else if (word.starts_with("--workspace=")) {
            line.workspace = words.at(i).mid(static_cast<int>(word.find('=')) + 1);
            if (line.workspace.isEmpty())
                line.fault = "`--workspace` needs a folder: --workspace DIR";
        } else if (isToolkitOption(word)) {
            if (word.find('=') == std::string::npos)
                ++i;
        } else if (word.starts_with("-")) {
            line.fault = "there is no option " + quoted(word);
        } else {
            line.fault =
                quoted(word) + " stands alone: a workspace's folder is named by --workspace DIR";
        }
    }
    return line;
}

std::string consoleHelp()
{
    return "countersign: the Countersign console. AI recommends, people sign, the core executes "
           "and proves it.\n"
           "\n"
           "Usage: countersign [options]\n"
           "\n"
           "Options:\n"
           "  -w, --workspace DIR     The folder of the workspace; otherwise\n"
           "                          $COUNTERSIGN_WORKSPACE, or a question\n"
           "  --demo                  Open the demo workspace, made on first use, with its\n"
           "                          business systems\n"
           "  -h, --help              This text\n"
           "  -v, --version           The version\n"
           "\n"
           "It needs a display (DISPLAY or WAYLAND_DISPLAY). Without one, `countersignctl --help`\n"
           "shows how to do the same in a terminal.\n"
           "\n"
           "Exit codes: 0 done · 1 refused, or no window · 2 bad usage or input\n";
}

DisplayFacts displayFacts(const QStringList& words)
{
    DisplayFacts facts;
    facts.platform = qgetenv("QT_QPA_PLATFORM").toStdString();
    facts.hasDisplay =
        !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        const std::string word = words.at(i).toStdString();
        if (withoutDashes(word) == "platform")
            facts.platform = words.at(i + 1).toStdString();
        if (withoutDashes(word) == "display")
            facts.hasDisplay = true;
    }
    return facts;
}

std::optional<std::string> whyNoWindow(const DisplayFacts& facts)
{
#ifdef Q_OS_LINUX
    // Other platforms (offscreen, vnc, eglfs …) draw without a display server.
    const bool needsServer = facts.platform.empty() || facts.platform.starts_with("xcb")
                             || facts.platform.starts_with("wayland");
    if (needsServer && !facts.hasDisplay)
        return "no window can be opened: neither DISPLAY nor WAYLAND_DISPLAY is set. "
               + withoutWindowAdvice();
#else
    static_cast<void>(facts);
#endif
    return std::nullopt;
}

std::string withoutWindowAdvice()
{
    return "Set DISPLAY to a running X server, or use countersignctl, which does the same in a "
           "terminal: `countersignctl --help`.";
}

} // namespace countersign::app
