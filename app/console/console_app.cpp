#include "app/console/console_app.h"

#include "app/console/console_line.h"
#include "app/console/local_backend.h"
#include "app/console/pages.h"
#include "app/demo/demo_workspace.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QProgressDialog>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <thread>

namespace countersign::app {

namespace {

constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Console)
};

int complain(const Error& error)
{
    const std::string line = error.describe();
    std::fprintf(stderr, "countersign: %s\n", line.c_str());
    QMessageBox::critical(nullptr, QStringLiteral("Countersign"), QString::fromStdString(line));
    return error.code == ErrorCode::InvalidInput || error.code == ErrorCode::NotFound
               ? kExitUsage
               : kExitRefused;
}

/// Makes the demo workspace behind a window that says what is going on.
Result<void> prepareDemo(const WorkspaceFolder& folder)
{
    if (folder.exists())
        return {};
    QProgressDialog progress(Tr::tr("Making the demo workspace …"), QString(), 0, 0);
    progress.setMinimumDuration(0);
    progress.setCancelButton(nullptr);
    progress.show();
    std::optional<Result<void>> made;
    const std::string systems = demoSystemsProgram();
    std::thread maker([&] {
        SystemEntropy entropy;
        Result<void> outcome =
            createDemoWorkspace(folder, systems, SystemClock(), entropy, [](const std::string&) {});
        QMetaObject::invokeMethod(
            &progress,
            [&made, &progress, outcome] {
                made = outcome;
                progress.accept();
            },
            Qt::QueuedConnection);
    });
    progress.exec();
    maker.join();
    if (!made->ok())
        return *made;
    // The decisions are handed in before the window opens, by a core of their own.
    CS_TRY(const auto core, Core::open(folder, {}));
    return deliverDemoDecisions(*core, [](const std::string&) {});
}

QString chosenFolder(const ConsoleLine& line)
{
    if (!line.workspace.isEmpty())
        return line.workspace;
    if (line.isDemo)
        return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
               + QStringLiteral("/countersign/demo");
    const QByteArray environment = qgetenv("COUNTERSIGN_WORKSPACE");
    if (!environment.isEmpty())
        return QString::fromLocal8Bit(environment);
    return QFileDialog::getExistingDirectory(nullptr, Tr::tr("Open a workspace"));
}

int tell(const std::string& problem, int exitCode)
{
    std::fprintf(stderr, "countersign: %s\n", problem.c_str());
    return exitCode;
}

/// Qt ends a program that finds no display by aborting it, which reads like a crash. Installed only
/// while the application object is made.
void leaveWithoutWindow(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtDebugMsg || type == QtInfoMsg)
        return;
    if (type != QtFatalMsg) {
        // Why comes first, as warnings.
        tell(message.trimmed().toStdString(), kExitRefused);
        return;
    }
    std::_Exit(tell("no window can be opened. " + withoutWindowAdvice(), kExitRefused));
}

/// What needs no window: help, version and bad words. Nothing when the console is to open.
std::optional<int> answerWithoutWindow(const ConsoleLine& line, const QStringList& words)
{
    if (!line.fault.empty())
        return tell(line.fault + " (see countersign --help)", kExitUsage);
    if (line.wantsHelp || line.wantsVersion) {
        const std::string text =
            line.wantsHelp ? consoleHelp() : std::string("countersign " COUNTERSIGN_VERSION "\n");
        const bool isWritten = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
        return isWritten && std::fflush(stdout) == 0 ? 0 : kExitRefused;
    }
    if (const auto reason = whyNoWindow(displayFacts(words)))
        return tell(*reason, kExitRefused);
    return std::nullopt;
}

} // namespace

int runConsole(int argc, char** argv)
{
    QStringList words;
    std::transform(
        argv + std::min(argc, 1), argv + argc, std::back_inserter(words), [](char* word) {
            return QString::fromLocal8Bit(word);
        });
    const ConsoleLine line = readConsoleLine(words);
    if (const auto exitCode = answerWithoutWindow(line, words))
        return *exitCode;
    const QtMessageHandler usual = qInstallMessageHandler(leaveWithoutWindow);
    const QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    // Numbers in documents are read and written the same everywhere.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setOrganizationName(QStringLiteral("countersign"));
    QApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    const QString path = chosenFolder(line);
    if (path.isEmpty())
        return 0;
    const WorkspaceFolder folder(path.toStdString());
    std::unique_ptr<DemoSystems> systems;
    if (line.isDemo) {
        if (const auto prepared = prepareDemo(folder); !prepared.ok())
            return complain(prepared.error());
        auto started = DemoSystems::start(folder);
        if (!started.ok())
            return complain(started.error());
        systems = std::move(started).value();
    }
    auto opened = LocalBackend::open(folder, true);
    if (!opened.ok())
        return complain(opened.error());
    const std::unique_ptr<LocalBackend> backend = std::move(opened).value();
    QSettings store;
    const SystemClock clock;
    ui::MainWindow window(*backend, clock, ui::Settings(store), pageFactory(*backend, clock));
    window.show();
    return QApplication::exec();
}

} // namespace countersign::app
