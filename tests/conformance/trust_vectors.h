#pragma once

#include "models/encoding.h"
#include "models/json.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <string>

/// Reads the public test vectors of the trust plane, which lie outside the project.
namespace countersign::trust::test {

inline QString vectorFolder(const QString& name)
{
    return qEnvironmentVariable(
               "COUNTERSIGN_CONFORMANCE_DIR",
               QStringLiteral(COUNTERSIGN_SOURCE_DIR "/../shared/conformance"))
           + QStringLiteral("/trust/") + name;
}

inline std::string readVector(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

inline Json readJsonVector(const QString& path)
{
    return parseJson(readVector(path)).value();
}

/// Every file below a folder that matches, in the order of their paths.
inline QStringList filesBelow(const QString& folder, const QString& pattern)
{
    QStringList paths;
    QDirIterator place(folder, {pattern}, QDir::Files, QDirIterator::Subdirectories);
    while (place.hasNext())
        paths.append(place.next());
    paths.sort();
    return paths;
}

inline std::string textOf(const Json& object, const char* member)
{
    return object.at(member).get<std::string>();
}

inline std::string bytesOfHex(const Json& object, const char* member)
{
    return hexDecode(textOf(object, member)).value();
}

} // namespace countersign::trust::test

/// Leaves the test function, saying so, where the vectors are not installed.
#define NEED_VECTORS(folder)                                                                       \
    do {                                                                                           \
        if (!QDir(folder).exists())                                                                \
            QSKIP(qPrintable(QStringLiteral("no test vectors at %1").arg(folder)));                \
    } while (false)
