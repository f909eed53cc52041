#include "ui/format/check_text.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(CheckText)
};

struct Named
{
    std::string_view what;
    const char* words;
};

constexpr std::array kChecks{
    Named{"pack", QT_TRANSLATE_NOOP("CheckText", "Files of the pack")},
    Named{"anchor", QT_TRANSLATE_NOOP("CheckText", "Anchor")},
    Named{"checkpoint", QT_TRANSLATE_NOOP("CheckText", "Checkpoint of the log")},
    Named{"inclusion", QT_TRANSLATE_NOOP("CheckText", "Entries stand in the log")},
    Named{"foundation", QT_TRANSLATE_NOOP("CheckText", "Founding, roster and policy")},
    Named{"documents", QT_TRANSLATE_NOOP("CheckText", "Documents and sources")},
    Named{"signatures", QT_TRANSLATE_NOOP("CheckText", "Signatures")},
    Named{"quorum", QT_TRANSLATE_NOOP("CheckText", "Quorum and outcome")},
    Named{"runs", QT_TRANSLATE_NOOP("CheckText", "Course of every run")},
    Named{"dispatches", QT_TRANSLATE_NOOP("CheckText", "Authority of every step")},
    Named{"receipts", QT_TRANSLATE_NOOP("CheckText", "Receipts")},
    Named{"entries", QT_TRANSLATE_NOOP("CheckText", "Entries of the ledger")},
    Named{"storage", QT_TRANSLATE_NOOP("CheckText", "Database file")},
    Named{"tables", QT_TRANSLATE_NOOP("CheckText", "Tables made from the ledger")},
    Named{"decisions", QT_TRANSLATE_NOOP("CheckText", "Decisions, one by one")},
};

} // namespace

QString checkName(std::string_view what)
{
    const auto found = std::find_if(
        kChecks.begin(), kChecks.end(), [&](const Named& row) { return row.what == what; });
    if (found != kChecks.end())
        return Tr::tr(found->words);
    QString words = toQString(what);
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    return isolateAuto(words);
}

} // namespace countersign::ui
