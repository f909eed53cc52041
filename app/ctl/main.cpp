#include "app/core/private_process.h"
#include "app/ctl/command_line.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/help_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <clocale>
#include <cstdlib>

namespace {

using namespace countersign;
using namespace countersign::ctl;

std::string defaultWorkspace()
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread yet.
    const char* const value = std::getenv("COUNTERSIGN_WORKSPACE");
    return value == nullptr ? std::string() : std::string(value);
}

int write(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kDone;
}

int runLine(const std::vector<std::string>& words)
{
    const std::vector<CommandSpec> table = allCommands();
    const Result<ParsedLine> line = parseCommandLine(table, words, defaultWorkspace());
    Output output(stdout, stderr, line.ok() ? line->json : asksForJson(words));
    if (!line.ok()) {
        output.conclude(line.error());
        return kBadInput;
    }
    if (line->wantsVersion) {
        output.line("countersignctl " COUNTERSIGN_VERSION);
        output.document({{"version", COUNTERSIGN_VERSION}});
        return kDone;
    }
    if (line->command == nullptr)
        return write(line->family.empty() ? programHelp(table) : familyHelp(table, line->family));
    if (line->wantsHelp)
        return write(commandHelp(*line->command));
    const Result<int> done = line->command->run(line->invocation, output);
    if (done.ok())
        return *done;
    output.conclude(done.error());
    return exitCodeOf(done.error());
}

} // namespace

int main(int argc, char** argv)
{
    app::keepMemoryPrivate();
    const QCoreApplication application(argc, argv);
    // Qt takes over the locale of the environment; numbers in texts stay those of JSON.
    std::setlocale(LC_NUMERIC, "C");
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    const int exitCode = runLine(words);
    // An answer that did not arrive, on a full disk for example, was not given.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::fputs("standard output could not be written\n", stderr);
        return std::max(exitCode, kRefused);
    }
    return exitCode;
}
