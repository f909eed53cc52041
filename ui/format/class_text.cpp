#include "ui/format/class_text.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ClassText)
};

} // namespace

ClassWords classWords(ApprovalClass value)
{
    switch (value) {
    case ApprovalClass::A0:
        return {
            QStringLiteral("A0"),
            Tr::tr("nobody signs"),
            Tr::tr("Nobody has to sign."),
            Tone::Neutral};
    case ApprovalClass::A1:
        return {
            QStringLiteral("A1"),
            Tr::tr("a manager signs"),
            Tr::tr("A manager or lead signs."),
            Tone::Neutral};
    case ApprovalClass::A2:
        return {
            QStringLiteral("A2"),
            Tr::tr("function heads sign"),
            Tr::tr("The heads of the functions concerned sign."),
            Tone::Accent};
    case ApprovalClass::A3:
        return {
            QStringLiteral("A3"),
            Tr::tr("executives sign"),
            Tr::tr("Executives or the board sign."),
            Tone::Accent};
    }
    return {};
}

ClassWords classWords(Reversibility value)
{
    switch (value) {
    case Reversibility::R0:
        return {
            QStringLiteral("R0"),
            Tr::tr("undone automatically"),
            Tr::tr("It can be undone automatically."),
            Tone::Good};
    case Reversibility::R1:
        return {
            QStringLiteral("R1"),
            Tr::tr("undone with some effort"),
            Tr::tr("It can be undone with limited effort."),
            Tone::Good};
    case Reversibility::R2:
        return {
            QStringLiteral("R2"),
            Tr::tr("costly to undo"),
            Tr::tr("Undoing it is costly."),
            Tone::Caution};
    case Reversibility::R3:
        return {
            QStringLiteral("R3"),
            Tr::tr("cannot be undone"),
            Tr::tr("It cannot be undone, or it binds us to others."),
            Tone::Danger};
    }
    return {};
}

ClassWords classWords(Sensitivity value)
{
    switch (value) {
    case Sensitivity::S0:
        return {
            QStringLiteral("S0"),
            Tr::tr("public"),
            Tr::tr("The content is public."),
            Tone::Neutral};
    case Sensitivity::S1:
        return {
            QStringLiteral("S1"),
            Tr::tr("internal"),
            Tr::tr("The content is internal."),
            Tone::Neutral};
    case Sensitivity::S2:
        return {
            QStringLiteral("S2"),
            Tr::tr("confidential"),
            Tr::tr("The content is confidential or commercial."),
            Tone::Neutral};
    case Sensitivity::S3:
        return {
            QStringLiteral("S3"),
            Tr::tr("regulated or board"),
            Tr::tr("The content is regulated, personal or for the board only."),
            Tone::Caution};
    }
    return {};
}

ClassWords classWords(ActionClass value)
{
    switch (value) {
    case ActionClass::A:
        return {
            QStringLiteral("A"),
            Tr::tr("allowed action"),
            Tr::tr("An action that is allowed by itself."),
            Tone::Neutral};
    case ActionClass::B:
        return {
            QStringLiteral("B"),
            Tr::tr("needs approval"),
            Tr::tr("An action that always needs approval."),
            Tone::Neutral};
    case ActionClass::C:
        return {
            QStringLiteral("C"),
            Tr::tr("forbidden"),
            Tr::tr("An action that is forbidden, whoever signs."),
            Tone::Danger};
    }
    return {};
}

std::vector<ClassWords> classWords(const Classes& classes)
{
    return {
        classWords(classes.approval),
        classWords(classes.reversibility),
        classWords(classes.sensitivity),
        classWords(classes.action)};
}

QString raiseSentence(const control::ClassRaise& raise)
{
    const auto because = [&] {
        if (raise.because.starts_with("plan."))
            return Tr::tr("a step of the plan is of that class");
        if (raise.because.starts_with("connector."))
            return Tr::tr("the system it calls demands it");
        if (raise.because.starts_with("policy."))
            return Tr::tr("the policy demands it");
        if (raise.because.starts_with("memo."))
            return Tr::tr("the memo says so");
        return Tr::tr("rule %1").arg(idText(raise.because));
    }();
    const QString sentence = Tr::tr("Raised from %1 to %2: %3")
                                 .arg(idText(raise.claimed), idText(raise.effective), because);
    if (raise.detail.empty())
        return sentence + QLatin1Char('.');
    return Tr::tr("%1 (%2).").arg(sentence, safeInline(toQString(raise.detail)));
}

QString whySignature(const Classes& classes)
{
    if (classes.action == ActionClass::C)
        return Tr::tr("This action is forbidden: no signature can allow it.");
    if (classes.reversibility == Reversibility::R3)
        return Tr::tr("A signature is needed because part of this cannot be undone.");
    if (classes.reversibility == Reversibility::R2)
        return Tr::tr("A signature is needed because undoing this is costly.");
    if (classes.action == ActionClass::B)
        return Tr::tr("A signature is needed because actions of this kind always need approval.");
    if (classes.approval != ApprovalClass::A0)
        return Tr::tr("A signature is needed because its approval class asks for one.");
    return Tr::tr("No signature is needed by its classes.");
}

} // namespace countersign::ui
