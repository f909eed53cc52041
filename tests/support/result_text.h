#pragma once

#include "models/result.h"

#include <QString>

#include <cstdio>
#include <utility>

namespace countersign::testing {

/// `ok`, or code and rule of the refusal as they stand in the tables of tests: `expired
/// answer.window`.
template <class T>
[[nodiscard]] QString outcomeOf(const Result<T>& result)
{
    if (result.ok())
        return QStringLiteral("ok");
    std::string text(errorCodeName(result.error().code));
    if (!result.error().rule.empty())
        text += " " + result.error().rule;
    return QString::fromStdString(text);
}

/// The value; a refusal is printed and stops the test. For what a test only prepares.
template <class T>
T must(Result<T> result)
{
    if (!result.ok())
        std::fprintf(stderr, "refused: %s\n", result.error().describe().c_str());
    return std::move(result).value();
}

inline void must(const Result<void>& result)
{
    if (!result.ok())
        std::fprintf(stderr, "refused: %s\n", result.error().describe().c_str());
    result.value();
}

} // namespace countersign::testing
