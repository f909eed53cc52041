#include "ui/format/check_text.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/sentence_places.h"
#include "ui/format/status_text.h"

#include <QCoreApplication>
#include <QStringList>

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
    const char* broken; ///< What it means that this check is not good.
};

struct Found
{
    std::string_view code;
    const char* sentence;
};

constexpr std::array kChecks{
    Named{
        "pack",
        QT_TRANSLATE_NOOP("CheckText", "Files of the pack"),
        QT_TRANSLATE_NOOP(
            "CheckText",
            "A file of the pack is missing, was changed, or is not named by its manifest.")},
    Named{
        "anchor",
        QT_TRANSLATE_NOOP("CheckText", "Anchor"),
        QT_TRANSLATE_NOOP("CheckText", "The founding statement is not the one that you trust.")},
    Named{
        "checkpoint",
        QT_TRANSLATE_NOOP("CheckText", "Checkpoint of the log"),
        QT_TRANSLATE_NOOP("CheckText", "The head of the log is not signed with the log's key.")},
    Named{
        "inclusion",
        QT_TRANSLATE_NOOP("CheckText", "Entries stand in the log"),
        QT_TRANSLATE_NOOP(
            "CheckText", "An entry of the decision is missing, was changed, or is out of order.")},
    Named{
        "foundation",
        QT_TRANSLATE_NOOP("CheckText", "Founding, roster and policy"),
        QT_TRANSLATE_NOOP(
            "CheckText",
            "The founding statement, the roster or the policy is not what was signed.")},
    Named{
        "documents",
        QT_TRANSLATE_NOOP("CheckText", "Documents and sources"),
        QT_TRANSLATE_NOOP(
            "CheckText",
            "A document or a source that people were shown is missing or was changed.")},
    Named{
        "signatures",
        QT_TRANSLATE_NOOP("CheckText", "Signatures"),
        QT_TRANSLATE_NOOP(
            "CheckText", "A signature is missing, is forged, or was given for something else.")},
    Named{
        "quorum",
        QT_TRANSLATE_NOOP("CheckText", "Quorum and outcome"),
        QT_TRANSLATE_NOOP(
            "CheckText",
            "The outcome does not follow from the signatures, or less was asked than the policy "
            "demands.")},
    Named{
        "runs",
        QT_TRANSLATE_NOOP("CheckText", "Course of every run"),
        QT_TRANSLATE_NOOP(
            "CheckText", "What was carried out does not fit the plan, or its history has gaps.")},
    Named{
        "dispatches",
        QT_TRANSLATE_NOOP("CheckText", "Authority of every step"),
        QT_TRANSLATE_NOOP("CheckText", "A step was sent off without the authority that it names.")},
    Named{
        "receipts",
        QT_TRANSLATE_NOOP("CheckText", "Receipts"),
        QT_TRANSLATE_NOOP(
            "CheckText", "A receipt is missing from the chain, or is about something else.")},
    Named{
        "entries",
        QT_TRANSLATE_NOOP("CheckText", "Entries of the ledger"),
        QT_TRANSLATE_NOOP("CheckText", "An entry of the ledger was changed, moved or removed.")},
    Named{
        "storage",
        QT_TRANSLATE_NOOP("CheckText", "Database file"),
        QT_TRANSLATE_NOOP(
            "CheckText",
            "The database file is damaged, or holds tables that this program did not make.")},
    Named{
        "tables",
        QT_TRANSLATE_NOOP("CheckText", "Tables made from the ledger"),
        QT_TRANSLATE_NOOP("CheckText", "A table says something else than the ledger.")},
    Named{
        "decisions",
        QT_TRANSLATE_NOOP("CheckText", "Decisions, one by one"),
        QT_TRANSLATE_NOOP("CheckText", "The chain of one decision is broken.")},
};

constexpr std::array kFindings{
    Found{"checkpoint.head", QT_TRANSLATE_NOOP("CheckText", "%1: %2 entries under the root %3.")},
    Found{
        "inclusion.entries",
        QT_TRANSLATE_NOOP(
            "CheckText", "%1 entries of the decision, each under the head of the log.")},
    Found{
        "foundation.decision",
        QT_TRANSLATE_NOOP(
            "CheckText", "%1. Founders who signed: %2. Roster version %3, policy version %4.")},
    Found{
        "foundation.workspace", QT_TRANSLATE_NOOP("CheckText", "%1, founded by the statement %2.")},
    Found{
        "documents.decision",
        QT_TRANSLATE_NOOP("CheckText", "Documents: %1. Sources: %2. Requests that name them: %3.")},
    Found{
        "documents.workspace",
        QT_TRANSLATE_NOOP(
            "CheckText", "%1 stored files and %2 accepted documents, all of them there.")},
    Found{
        "signatures.counted",
        QT_TRANSLATE_NOOP(
            "CheckText", "Answers: %1. Orders: %2. Each is signed with a key of the roster.")},
    Found{"quorum.request", QT_TRANSLATE_NOOP("CheckText", "%1, revision %2: %3.")},
    Found{"quorum.request_by", QT_TRANSLATE_NOOP("CheckText", "%1, revision %2: %3, by %4.")},
    Found{"runs.none", QT_TRANSLATE_NOOP("CheckText", "Nothing was carried out.")},
    Found{"runs.run", QT_TRANSLATE_NOOP("CheckText", "%1: events without a gap: %2.")},
    Found{"dispatches.none", QT_TRANSLATE_NOOP("CheckText", "No step was sent off.")},
    Found{
        "dispatches.counted",
        QT_TRANSLATE_NOOP(
            "CheckText",
            "Steps sent off: %1, each authorized before. The connectors are those of the signed "
            "request.")},
    Found{
        "receipts.counted",
        QT_TRANSLATE_NOOP(
            "CheckText", "Receipts in a chain: %1, each about the step that was sent off.")},
    Found{
        "entries.counted",
        QT_TRANSLATE_NOOP("CheckText", "%1 entries, each what the signed root covers.")},
    Found{
        "storage.sound",
        QT_TRANSLATE_NOOP("CheckText", "The file is sound and has the tables it should have.")},
    Found{
        "tables.compared",
        QT_TRANSLATE_NOOP("CheckText", "%1 tables, row by row what the ledger gives.")},
    Found{
        "decisions.counted",
        QT_TRANSLATE_NOOP(
            "CheckText", "Decisions: %1, each followed from the founding to its last effect.")},
    Found{
        "pack.files",
        QT_TRANSLATE_NOOP("CheckText", "%1 files, each as the signed manifest names it.")},
    Found{
        "anchor.own",
        QT_TRANSLATE_NOOP(
            "CheckText",
            "Checked against the pack's own founding statement. Compare the anchor with one that "
            "you have from elsewhere.")},
};

const Found* findingNamed(std::string_view code)
{
    const auto* const found = std::find_if(
        kFindings.begin(), kFindings.end(), [&](const Found& row) { return row.code == code; });
    return found == kFindings.end() ? nullptr : found;
}

const Named* checkNamed(std::string_view what)
{
    const auto* const found = std::find_if(
        kChecks.begin(), kChecks.end(), [&](const Named& row) { return row.what == what; });
    return found == kChecks.end() ? nullptr : found;
}

QString valueText(const CheckFinding& finding, std::size_t place)
{
    // The third value of a request's finding is its status, a word of ours.
    constexpr std::size_t kStatusPlace = 2;
    const std::string& value = finding.values[place];
    if (finding.code.starts_with("quorum.") && place == kStatusPlace)
        return requestStatusWords(value).words;
    const QString text = toQString(value);
    bool isCount = false;
    const qint64 count = text.toLongLong(&isCount);
    return isCount ? countText(count) : safeInline(text);
}

QString findingSentence(const CheckFinding& finding)
{
    return fillPlaces(
        Tr::tr(findingNamed(finding.code)->sentence),
        finding.values.size(),
        [&](std::size_t place) { return valueText(finding, place); });
}

} // namespace

QString checkName(std::string_view what)
{
    if (const Named* const known = checkNamed(what))
        return Tr::tr(known->words);
    QString words = toQString(what);
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    return isolateAuto(words);
}

QString checkSentence(const CheckRow& check)
{
    const Named* const known = checkNamed(check.what);
    if (!check.good && known != nullptr)
        return Tr::tr(known->broken);
    QStringList lines;
    for (const CheckFinding& finding : check.findings) {
        if (knowsFinding(finding.code))
            lines << findingSentence(finding);
    }
    return lines.isEmpty() ? safeInline(toQString(check.detail)) : lines.join(QLatin1Char('\n'));
}

bool knowsFinding(std::string_view code)
{
    return findingNamed(code) != nullptr;
}

} // namespace countersign::ui
