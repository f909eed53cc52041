#include "app/demo_systems/demo_server.h"
#include "app/demo_systems/mail_drop.h"
#include "app/demo_systems/post_command.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>

#include <sys/syscall.h>
#include <unistd.h>

/// The business systems of the invented company, as one program: see demo_server.h and
/// post_command.h. Exit codes: 0 done, 2 bad usage or input, 3 cannot run.
namespace {

using namespace countersign;

constexpr int kExitUsage = 2;
constexpr int kExitCannotRun = 3;

int complain(const std::string& message)
{
    std::fprintf(stderr, "countersign-demo-systems: %s\n", message.c_str());
    return kExitCannotRun;
}

struct ServeOptions
{
    std::uint16_t port = 0;
    std::string statePath;
    std::string token;
    QString mailFolder;
    int parentPid = 0;
};

Result<std::string> readToken(const QString& path)
{
    if (path.isEmpty())
        return std::string();
    QFile file(path);
    // "-": from standard input, so that it lies in no file.
    const bool isOpen = path == QStringLiteral("-") ? file.open(stdin, QIODevice::ReadOnly)
                                                    : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return fail(ErrorCode::NotFound, file.errorString().toStdString(), "", "--token-file");
    const std::string token = file.readAll().trimmed().toStdString();
    if (token.empty())
        return fail(ErrorCode::InvalidInput, "the token file is empty", "", "--token-file");
    return token;
}

Result<ServeOptions> readOptions(const QStringList& arguments)
{
    const QCommandLineOption port(
        QStringLiteral("port"), {}, QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption state(QStringLiteral("state"), {}, QStringLiteral("FILE"));
    const QCommandLineOption token(QStringLiteral("token-file"), {}, QStringLiteral("FILE"));
    const QCommandLineOption mail(QStringLiteral("mail-drop"), {}, QStringLiteral("DIR"));
    const QCommandLineOption parent(
        QStringLiteral("parent-pid"), {}, QStringLiteral("N"), QStringLiteral("0"));
    QCommandLineParser parser;
    parser.addOptions({port, state, token, mail, parent});
    if (!parser.parse(arguments))
        return fail(ErrorCode::InvalidInput, parser.errorText().toStdString());
    if (!parser.positionalArguments().isEmpty() || !parser.isSet(state))
        return fail(
            ErrorCode::InvalidInput,
            "usage: countersign-demo-systems --state FILE [--port N] [--token-file FILE] "
            "[--mail-drop DIR] [--parent-pid N] | post --state FILE --operation OP --key KEY "
            "[--system NAME]");
    ServeOptions options;
    bool isPort = false;
    bool isPid = false;
    options.port = parser.value(port).toUShort(&isPort);
    options.parentPid = parser.value(parent).toInt(&isPid);
    if (!isPort || !isPid || options.parentPid < 0)
        return fail(ErrorCode::InvalidInput, "--port and --parent-pid are numbers");
    options.statePath = parser.value(state).toStdString();
    options.mailFolder = parser.value(mail);
    CS_TRY(options.token, readToken(parser.value(token)));
    return options;
}

/// Ends the program as soon as that process is gone, also when it is gone already.
Result<std::unique_ptr<QSocketNotifier>> followProcess(int pid)
{
    if (pid == 0)
        return std::unique_ptr<QSocketNotifier>();
    // The library's own wrapper is not declared for C++ everywhere.
    const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (descriptor < 0)
        return fail(ErrorCode::NotFound, "the parent process is gone");
    auto notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    QObject::connect(
        notifier.get(),
        &QSocketNotifier::activated,
        QCoreApplication::instance(),
        &QCoreApplication::quit);
    return notifier;
}

int serve(const ServeOptions& options)
{
    const SystemClock clock;
    const auto follower = followProcess(options.parentPid);
    if (!follower.ok())
        return complain(follower.error().describe());
    const auto state = demo::SystemState::open(options.statePath);
    if (!state.ok())
        return complain(state.error().describe());
    demo::DemoService mailService(**state, clock);
    std::optional<demo::MailDrop> mail;
    if (!options.mailFolder.isEmpty()) {
        mail.emplace(mailService, options.mailFolder);
        if (const auto started = mail->start(); !started.ok())
            return complain(started.error().describe());
    }
    demo::DemoServer server(**state, clock, options.token);
    const auto port = server.listen(options.port);
    if (!port.ok())
        return complain(port.error().describe());
    std::printf("{\"port\":%u}\n", static_cast<unsigned>(*port));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("post"))
        return demo::runPost(arguments.mid(1));
    const Result<ServeOptions> options = readOptions(arguments);
    if (!options.ok()) {
        complain(options.error().describe());
        return kExitUsage;
    }
    return serve(*options);
}
