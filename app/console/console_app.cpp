#include "app/console/console_app.h"

#include "app/console/local_backend.h"
#include "app/console/pages.h"
#include "app/demo/demo_workspace.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileDialog>
#include <QMessageBox>
#include <QProgressDialog>
#include <QSettings>
#include <QStandardPaths>

#include <clocale>
#include <cstdio>
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

QString
chosenFolder(const QCommandLineParser& parser, const QCommandLineOption& workspace, bool demo)
{
    if (parser.isSet(workspace))
        return parser.value(workspace);
    if (demo)
        return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
               + QStringLiteral("/countersign/demo");
    const QByteArray environment = qgetenv("COUNTERSIGN_WORKSPACE");
    if (!environment.isEmpty())
        return QString::fromLocal8Bit(environment);
    return QFileDialog::getExistingDirectory(nullptr, Tr::tr("Open a workspace"));
}

} // namespace

int runConsole(int argc, char** argv)
{
    QApplication application(argc, argv);
    // Numbers in documents are read and written the same everywhere.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setOrganizationName(QStringLiteral("countersign"));
    QApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Countersign: AI recommends, people sign, the core executes and proves it."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption workspace(
        {QStringLiteral("w"), QStringLiteral("workspace")},
        QStringLiteral(
            "The folder of the workspace; otherwise $COUNTERSIGN_WORKSPACE, or a question."),
        QStringLiteral("DIR"));
    const QCommandLineOption demo(
        QStringLiteral("demo"),
        QStringLiteral("Open the demo workspace, made on first use, with its business systems."));
    parser.addOptions({workspace, demo});
    parser.process(application);
    const bool isDemo = parser.isSet(demo);
    const QString path = chosenFolder(parser, workspace, isDemo);
    if (path.isEmpty())
        return 0;
    const WorkspaceFolder folder(path.toStdString());
    std::unique_ptr<DemoSystems> systems;
    if (isDemo) {
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
