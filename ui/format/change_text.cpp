#include "ui/format/change_text.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/sentence_places.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ChangeText)
};

struct Sentence
{
    std::string_view code;
    const char* text;
};

constexpr std::array kSentences{
    Sentence{
        "halt.lifted",
        QT_TRANSLATE_NOOP(
            "ChangeText", "Everything may be carried out again. %1 had stopped it: %2")},
    Sentence{"roster.renamed", QT_TRANSLATE_NOOP("ChangeText", "The roster %1 will be called %2.")},
    Sentence{"roster.person_added", QT_TRANSLATE_NOOP("ChangeText", "%1 (%2) joins.")},
    Sentence{"roster.person_removed", QT_TRANSLATE_NOOP("ChangeText", "%1 (%2) leaves.")},
    Sentence{"roster.person_renamed", QT_TRANSLATE_NOOP("ChangeText", "%1 will be called %2.")},
    Sentence{"roster.manager_changed", QT_TRANSLATE_NOOP("ChangeText", "%1 will report to %2.")},
    Sentence{"roster.role_given", QT_TRANSLATE_NOOP("ChangeText", "%1 gets the role %2.")},
    Sentence{"roster.role_taken", QT_TRANSLATE_NOOP("ChangeText", "%1 loses the role %2.")},
    Sentence{"roster.key_added", QT_TRANSLATE_NOOP("ChangeText", "%1 may sign with the key %2.")},
    Sentence{
        "roster.key_removed",
        QT_TRANSLATE_NOOP("ChangeText", "%1 may no longer sign with the key %2.")},
    Sentence{
        "roster.key_expiry",
        QT_TRANSLATE_NOOP("ChangeText", "The key %2 of %1 will expire at %3.")},
    Sentence{
        "roster.key_distrusted",
        QT_TRANSLATE_NOOP(
            "ChangeText", "Signatures of the key %1 from ledger entry %2 on no longer count: %3")},
    Sentence{
        "roster.key_trusted_again",
        QT_TRANSLATE_NOOP("ChangeText", "Signatures of the key %1 count again.")},
    Sentence{
        "roster.agent_added",
        QT_TRANSLATE_NOOP("ChangeText", "The program %1 (%2) may hand in; %3 answers for it.")},
    Sentence{
        "roster.agent_changed",
        QT_TRANSLATE_NOOP("ChangeText", "The program %1 (%2) changes; %3 answers for it.")},
    Sentence{
        "roster.agent_removed",
        QT_TRANSLATE_NOOP("ChangeText", "The program %1 (%2) may no longer hand in.")},
    Sentence{"policy.renamed", QT_TRANSLATE_NOOP("ChangeText", "The policy %1 will be called %2.")},
    Sentence{"policy.role", QT_TRANSLATE_NOOP("ChangeText", "The role %1 gets the standing %2.")},
    Sentence{
        "policy.role_removed",
        QT_TRANSLATE_NOOP("ChangeText", "The role %1 no longer has a standing.")},
    Sentence{
        "policy.quorum",
        QT_TRANSLATE_NOOP("ChangeText", "The quorum of class %1 was %2 and becomes %3.")},
    Sentence{
        "policy.governance",
        QT_TRANSLATE_NOOP(
            "ChangeText", "What a change of this kind needs (%1) was %2 and becomes %3.")},
    Sentence{"policy.floors", QT_TRANSLATE_NOOP("ChangeText", "The floors were %1 and become %2.")},
    Sentence{
        "policy.unattended",
        QT_TRANSLATE_NOOP("ChangeText", "Whether class A0 may run without a signature: %1.")}};

} // namespace

QString changeSentence(const control::ChangeLine& line)
{
    const auto valueAt = [&](std::size_t place) {
        return safeInline(toQString(line.values[place]));
    };
    const auto* const known =
        std::find_if(kSentences.begin(), kSentences.end(), [&](const Sentence& row) {
            return row.code == line.code;
        });
    if (known != kSentences.end())
        return fillPlaces(Tr::tr(known->text), line.values.size(), valueAt);
    QString words = safeInline(toQString(line.code));
    for (std::size_t i = 0; i < line.values.size(); ++i)
        words += QLatin1Char(' ') + valueAt(i);
    return words;
}

} // namespace countersign::ui
