#pragma once

#include "models/json.h"

#include <QProcess>
#include <QString>
#include <QStringList>

#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace countersign::test {

/// What countersignctl left behind.
struct CtlRun
{
    int exitCode = -1;
    std::string out;
    std::string err;
    /// Standard output read as one JSON document; discarded when it is none.
    Json json = Json(Json::value_t::discarded);
};

/// The real program in a process of its own. The environment names no workspace.
class Ctl
{
public:
    static QString programPath()
    {
        return QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersignctl");
    }

    /// Arguments that every call begins with.
    QStringList common;
    std::vector<std::pair<QString, QString>> environment;

    [[nodiscard]] CtlRun run(const QStringList& arguments) const
    {
        constexpr int kWaitMs = 120'000;
        QProcess process;
        prepare(process);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(programPath(), common + arguments);
        CtlRun result;
        if (!process.waitForFinished(kWaitMs) || process.exitStatus() != QProcess::NormalExit)
            return result;
        result.exitCode = process.exitCode();
        result.out = process.readAllStandardOutput().toStdString();
        result.err = process.readAllStandardError().toStdString();
        if (auto json = parseJson(result.out); json.ok())
            result.json = std::move(*json);
        return result;
    }

    [[nodiscard]] CtlRun runJson(const QStringList& arguments) const
    {
        return run(arguments + QStringList{QStringLiteral("--json")});
    }

    /// The same, without asking the terminal of whoever runs the tests.
    void prepare(QProcess& process) const
    {
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        variables.remove(QStringLiteral("COUNTERSIGN_WORKSPACE"));
        for (const auto& [name, value] : environment)
            variables.insert(name, value);
        process.setProcessEnvironment(variables);
        process.setChildProcessModifier([] { ::setsid(); });
    }
};

} // namespace countersign::test
