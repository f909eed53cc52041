#include "app/demo_systems/post_command.h"

#include "app/demo_systems/demo_service.h"

#include <QCommandLineParser>
#include <QFile>

#include <csignal>
#include <cstdio>
#include <thread>

namespace countersign::demo {

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitRefused = 65;  // EX_DATAERR
constexpr int kExitFailed = 70;   // EX_SOFTWARE
constexpr int kExitTryAgain = 75; // EX_TEMPFAIL
constexpr qint64 kInputBytesMax = 1024 * 1024;

int exitCodeOf(int status)
{
    if (status < 300)
        return 0;
    if (status == 408 || status == 429 || status == 503)
        return kExitTryAgain;
    return status < 500 ? kExitRefused : kExitFailed;
}

int complain(int exitCode, const std::string& message)
{
    std::fprintf(stderr, "%s\n", message.c_str());
    return exitCode;
}

int answer(const Reply& reply)
{
    if (reply.isDropped)
        std::raise(SIGKILL);
    if (reply.delayMs > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(reply.delayMs));
    const int exitCode = exitCodeOf(reply.status);
    std::fprintf(exitCode == 0 ? stdout : stderr, "%s\n", reply.body.c_str());
    return exitCode;
}

} // namespace

int runPost(const QStringList& arguments)
{
    const QCommandLineOption state(QStringLiteral("state"), {}, QStringLiteral("FILE"));
    const QCommandLineOption operation(QStringLiteral("operation"), {}, QStringLiteral("OP"));
    const QCommandLineOption key(QStringLiteral("key"), {}, QStringLiteral("KEY"));
    const QCommandLineOption system(
        QStringLiteral("system"), {}, QStringLiteral("NAME"), QStringLiteral("chat"));
    QCommandLineParser parser;
    parser.addOptions({state, operation, key, system});
    if (!parser.parse(arguments))
        return complain(kExitUsage, parser.errorText().toStdString());
    if (!parser.isSet(state) || !parser.isSet(operation) || !parser.isSet(key))
        return complain(kExitUsage, "usage: post --state FILE --operation OP --key KEY");

    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return complain(kExitUsage, "standard input cannot be read");
    QByteArray bytes;
    while (bytes.size() <= kInputBytesMax) {
        const QByteArray more = input.read(kInputBytesMax);
        if (more.isEmpty())
            break;
        bytes += more;
    }
    EffectRequest request;
    request.system = parser.value(system).toStdString();
    request.operation = parser.value(operation).toStdString();
    request.idempotencyKey = parser.value(key).toStdString();
    Result<Json> payload = parseJson(bytes.toStdString());
    if (!payload.ok())
        return answer(replyOf(payload.error()));
    request.payload = std::move(*payload);

    const auto opened = SystemState::open(parser.value(state).toStdString());
    if (!opened.ok())
        return answer(replyOf(opened.error()));
    const SystemClock clock;
    return answer(DemoService(**opened, clock).handle(request));
}

} // namespace countersign::demo
