#include "ui/signing/eligible_keys.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(EligibleKeys)
};

bool contains(const std::vector<std::string>& list, const std::string& id)
{
    return std::find(list.begin(), list.end(), id) != list.end();
}

bool mayUse(const DecisionView& view, control::AnswerKind kind, const LocalKey& key)
{
    if (key.personId.empty())
        return false;
    switch (kind) {
    case control::AnswerKind::Approve:
    case control::AnswerKind::Edit:
        return view.quorum && contains(view.quorum->mayStillApprove, key.personId);
    case control::AnswerKind::Reject:
        return view.request && !contains(view.request->barred, key.personId);
    case control::AnswerKind::Respond:
    case control::AnswerKind::Defer:
        return true;
    }
    return false;
}

} // namespace

std::vector<LocalKey>
eligibleKeys(const DecisionView& view, control::AnswerKind kind, const std::vector<LocalKey>& keys)
{
    std::vector<LocalKey> eligible;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(eligible), [&](const LocalKey& key) {
        return mayUse(view, kind, key);
    });
    return eligible;
}

std::vector<LocalKey> heldKeys(const std::vector<LocalKey>& keys)
{
    std::vector<LocalKey> held;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(held), [](const LocalKey& key) {
        return !key.personId.empty();
    });
    return held;
}

QString whyNoOrders(const std::vector<LocalKey>& keys)
{
    if (keys.empty())
        return Tr::tr(
            "There is no signing key on this computer. Create one under Keys and people.");
    if (heldKeys(keys).empty())
        return Tr::tr("None of the keys on this computer belongs to a person in the roster.");
    return {};
}

QString
whyNoKey(const DecisionView& view, control::AnswerKind kind, const std::vector<LocalKey>& keys)
{
    if (QString why = whyNoOrders(keys); !why.isEmpty())
        return why;
    const std::vector<LocalKey> held = heldKeys(keys);
    const bool approving =
        kind == control::AnswerKind::Approve || kind == control::AnswerKind::Edit;
    if (approving && view.quorum) {
        for (const control::CountedAnswer& counted : view.quorum->approvals) {
            const auto mine = std::find_if(held.begin(), held.end(), [&](const LocalKey& key) {
                return key.personId == counted.answer.personId;
            });
            if (mine != held.end())
                return Tr::tr("%1 has signed this already.")
                    .arg(safeInline(toQString(mine->displayName)));
        }
    }
    if (view.request) {
        const auto barred = std::find_if(held.begin(), held.end(), [&](const LocalKey& key) {
            return contains(view.request->barred, key.personId);
        });
        if (barred != held.end() && held.size() == 1)
            return Tr::tr("%1 proposed this or wrote its papers and may not sign it.")
                .arg(safeInline(toQString(barred->displayName)));
    }
    return Tr::tr("Nobody who holds a key on this computer has the role or standing this needs.");
}

} // namespace countersign::ui
