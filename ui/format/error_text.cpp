#include "ui/format/error_text.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

struct RuleSentence
{
    std::string_view rule;
    const char* sentence;
};

// Rules a person meets often enough to deserve their own words.
constexpr std::array kRules{
    RuleSentence{
        "separation.proposer",
        QT_TRANSLATE_NOOP(
            "ErrorText", "Whoever proposed this or wrote its papers may not sign it.")},
    RuleSentence{
        "quorum.standing",
        QT_TRANSLATE_NOOP("ErrorText", "Your role does not have the standing that this needs.")},
    RuleSentence{
        "reject.standing",
        QT_TRANSLATE_NOOP("ErrorText", "Your role does not have the standing to reject this.")},
    RuleSentence{
        "gate.standing",
        QT_TRANSLATE_NOOP(
            "ErrorText", "Your role does not have the standing to confirm this step.")},
    RuleSentence{
        "run.standing",
        QT_TRANSLATE_NOOP("ErrorText", "Your role does not have the standing to steer this run.")},
    RuleSentence{
        "answer.request",
        QT_TRANSLATE_NOOP(
            "ErrorText", "The request changed since you looked. Read it again before you sign.")},
    RuleSentence{
        "answer.key", QT_TRANSLATE_NOOP("ErrorText", "This key belongs to nobody in the roster.")},
    RuleSentence{
        "answer.person", QT_TRANSLATE_NOOP("ErrorText", "This key belongs to somebody else.")},
    RuleSentence{
        "answer.reason", QT_TRANSLATE_NOOP("ErrorText", "A reason is needed for this answer.")},
    RuleSentence{
        "answer.window",
        QT_TRANSLATE_NOOP(
            "ErrorText",
            "The answer was signed too early or too late. Check this computer's clock.")},
    RuleSentence{
        "request.expired",
        QT_TRANSLATE_NOOP(
            "ErrorText", "The time for signing is over. It has to be proposed again.")},
    RuleSentence{
        "class.forbidden",
        QT_TRANSLATE_NOOP("ErrorText", "An action of this kind is forbidden, whoever signs.")},
    RuleSentence{
        "plan.connector_unknown",
        QT_TRANSLATE_NOOP(
            "ErrorText", "The plan calls a system that is not installed in this workspace.")},
    RuleSentence{
        "evidence.incomplete",
        QT_TRANSLATE_NOOP(
            "ErrorText", "The evidence pack is not complete, so nobody can sign yet.")},
    RuleSentence{
        "key.passphrase_empty",
        QT_TRANSLATE_NOOP("ErrorText", "The passphrase must not be empty.")},
};

QString sentenceOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return Tr::tr("What was given is not valid.");
    case ErrorCode::NotFound:
        return Tr::tr("It does not exist here.");
    case ErrorCode::Conflict:
        return Tr::tr("It changed meanwhile, or it exists already and is different.");
    case ErrorCode::Refused:
        return Tr::tr("A rule does not allow this.");
    case ErrorCode::Unauthorized:
        return Tr::tr("The roster or the signatures do not allow this.");
    case ErrorCode::Expired:
        return Tr::tr("The time for this is over, or has not come yet.");
    case ErrorCode::SignatureInvalid:
        return Tr::tr("A signature or its key is not good.");
    case ErrorCode::Corrupt:
        return Tr::tr(
            "Stored data contradicts its own digest. Do not rely on it; verify the workspace.");
    case ErrorCode::PassphraseWrong:
        return Tr::tr("This passphrase does not open the key. Nothing was signed.");
    case ErrorCode::LimitExceeded:
        return Tr::tr("It is too large.");
    case ErrorCode::Unsupported:
        return Tr::tr("This version cannot do that.");
    case ErrorCode::Cancelled:
        return Tr::tr("It was stopped before it finished.");
    case ErrorCode::Timeout:
        return Tr::tr("No answer came in time.");
    case ErrorCode::Unavailable:
        return Tr::tr("The other side cannot be reached now. Trying again may help.");
    case ErrorCode::StorageBusy:
        return Tr::tr("Another program is writing to this workspace. Try again in a moment.");
    case ErrorCode::StorageFailed:
        return Tr::tr("The workspace could not be read or written.");
    }
    return {};
}

} // namespace

QString errorSentence(const Error& error)
{
    const auto* const found = std::find_if(
        kRules.begin(), kRules.end(), [&](const auto& row) { return row.rule == error.rule; });
    return found == kRules.end() ? sentenceOf(error.code) : Tr::tr(found->sentence);
}

QString errorDetails(const Error& error)
{
    QStringList parts;
    if (!error.file.empty())
        parts << safeInline(toQString(error.file));
    if (!error.pointer.empty())
        parts << idText(error.pointer);
    if (!error.detail.empty())
        parts << safeInline(toQString(error.detail));
    if (!error.rule.empty())
        parts << Tr::tr("rule %1").arg(idText(error.rule));
    return parts.join(QStringLiteral(" · "));
}

} // namespace countersign::ui
