#include "ui/signing/sign_facts.h"

#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/signing/plan_edit.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SignFacts)
};

Json shownPlan(const SigningDraft& draft, const DecisionView& view)
{
    if (draft.amendedPlan)
        return *draft.amendedPlan;
    return view.plan ? view.plan->content : Json();
}

bool binds(const SigningDraft& draft)
{
    if (draft.answer)
        return draft.answer->kind == control::AnswerKind::Approve
               || draft.answer->kind == control::AnswerKind::Edit;
    return draft.order && draft.order->kind == control::RunOrderKind::ConfirmGate;
}

/// An order concerns one step: that step alone decides whether it can be undone.
bool irreversible(const SigningDraft& draft, const DecisionView& view)
{
    if (!draft.order)
        return draft.request.classes.reversibility == Reversibility::R3;
    const PlanFacts plan = planFacts(shownPlan(draft, view));
    const auto step = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const StepFacts& s) {
        return s.stepId == draft.order->stepId;
    });
    return step == plan.steps.end() || step->irreversible;
}

QStringList missingSigners(const SigningDraft& draft, const DecisionView& view)
{
    QStringList missing;
    if (!view.quorum || draft.completesQuorum || !draft.answer)
        return missing;
    for (const std::string& role : view.quorum->rolesMissing)
        missing << roleName(role);
    return missing;
}

} // namespace

SignFacts signFacts(const SigningDraft& draft, const DecisionView& view)
{
    SignFacts facts;
    if (draft.answer) {
        facts.action = answerName(draft.answer->kind);
        facts.meaning = answerMeaning(draft.answer->kind);
    } else if (draft.order) {
        facts.action = orderName(draft.order->kind);
        facts.meaning = orderMeaning(draft.order->kind);
    }
    const Json plan = shownPlan(draft, view);
    facts.ask = askSentence(draft.request, plan);
    facts.plan = planFacts(plan);
    if (draft.amendedPlan && view.plan)
        facts.planChanges = payloadChanges(view.plan->content, *draft.amendedPlan);
    facts.others = missingSigners(draft, view);
    facts.completes = draft.completesQuorum && binds(draft);
    return facts;
}

QString draftMismatch(const SigningDraft& draft, const DecisionView& view)
{
    if (control::requestDigest(draft.request) != draft.requestSha256)
        return Tr::tr("The request on the screen does not have the digest that would be signed.");
    const std::string expected =
        draft.answer  ? control::answerStatement(draft.request, *draft.answer)
        : draft.order ? control::runOrderStatement(draft.request, *draft.order)
                      : std::string();
    if (expected.empty() || expected != draft.payload)
        return Tr::tr("The statement that would be signed says something else than this screen.");
    const auto planDigest = canonicalDigest(shownPlan(draft, view));
    // A request with another plan than the one displayed must never be signed by looking at this
    // one.
    if (!planDigest.ok() || *planDigest != draft.request.plan.sha256)
        return Tr::tr("The plan on the screen is not the plan that would be signed. Open the "
                      "decision again.");
    return {};
}

bool TypedCheck::matches(const QString& typed) const
{
    if (!needed)
        return true;
    if (amount) {
        const auto given = Money::parse(typedAmount(typed), amount->currency());
        return given.ok() && *given == *amount;
    }
    return typed.trimmed().compare(word, Qt::CaseInsensitive) == 0;
}

TypedCheck typedCheck(const SigningDraft& draft, const DecisionView& view)
{
    TypedCheck check;
    check.needed = binds(draft) && irreversible(draft, view);
    if (!check.needed)
        return check;
    check.amount = draft.request.exposure;
    const QStringList words =
        toQString(draft.request.title).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    check.word = words.isEmpty() ? toQString(draft.request.requestId) : words.first();
    return check;
}

} // namespace countersign::ui
