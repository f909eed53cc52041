#include "ui/decision/decision_presenter.h"

#include "ui/format/error_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/reply.h"
#include "ui/signing/eligible_keys.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

constexpr std::array kKinds{
    control::AnswerKind::Approve,
    control::AnswerKind::Edit,
    control::AnswerKind::Reject,
    control::AnswerKind::Respond,
    control::AnswerKind::Defer};

bool approves(control::AnswerKind kind)
{
    return kind == control::AnswerKind::Approve || kind == control::AnswerKind::Edit;
}

std::vector<Part> partsOf(const DecisionFacts& facts)
{
    std::vector<Part> parts;
    if (facts.plan)
        parts.push_back(Part::Plan);
    if (facts.memo)
        parts.push_back(Part::Memo);
    if (facts.options)
        parts.push_back(Part::Options);
    if (facts.risks)
        parts.push_back(Part::Risks);
    if (!facts.evidence.empty())
        parts.push_back(Part::Evidence);
    if (!facts.forecasts.empty())
        parts.push_back(Part::Forecasts);
    return parts;
}

bool same(const std::optional<DocumentView>& a, const std::optional<DocumentView>& b)
{
    return a.has_value() == b.has_value() && (!a || a->sha256 == b->sha256);
}

bool sameDocuments(const DecisionView& a, const DecisionView& b)
{
    const auto sameForecast = [](const DocumentView& x, const DocumentView& y) {
        return x.sha256 == y.sha256;
    };
    const auto sameEvidence = [](const EvidenceView& x, const EvidenceView& y) {
        return x.document.sha256 == y.document.sha256 && x.fresh == y.fresh
               && x.sourcesMatch == y.sourcesMatch;
    };
    return a.requestSha256 == b.requestSha256 && same(a.claim, b.claim) && same(a.memo, b.memo)
           && same(a.scenarioSet, b.scenarioSet) && same(a.riskSynthesis, b.riskSynthesis)
           && same(a.evidencePack, b.evidencePack) && same(a.plan, b.plan)
           && std::equal(
               a.forecasts.begin(),
               a.forecasts.end(),
               b.forecasts.begin(),
               b.forecasts.end(),
               sameForecast)
           && std::equal(
               a.evidence.begin(),
               a.evidence.end(),
               b.evidence.begin(),
               b.evidence.end(),
               sameEvidence);
}

QString unseenText(const DecisionState& state)
{
    QStringList missing;
    for (const Part part : state.parts) {
        if (!state.seen.contains(part))
            missing << partName(part);
    }
    return DecisionPresenter::tr("Read everything first. Not seen to the end yet: %1.")
        .arg(missing.join(DecisionPresenter::tr(", ", "between the items of a list")));
}

/// Why `kind` cannot be given now; empty when it can.
QString obstacleTo(control::AnswerKind kind, const DecisionState& state)
{
    if (!state.view)
        return DecisionPresenter::tr("The decision is still loading.");
    const DecisionView& view = *state.view;
    if (!view.request || !view.requestSha256)
        return view.obstacles.empty()
                   ? DecisionPresenter::tr("Nobody has asked for a signature yet.")
                   : errorSentence(view.obstacles.front());
    if (view.status != "open" && view.status != "deferred")
        return DecisionPresenter::tr("There is nothing left to sign: %1.")
            .arg(requestStatusWords(view.status).words);
    if (approves(kind) && !view.obstacles.empty())
        return errorSentence(view.obstacles.front());
    if (kind == control::AnswerKind::Edit && !view.plan)
        return DecisionPresenter::tr("There is no plan to edit.");
    if (eligibleKeys(view, kind, state.keys).empty())
        return whyNoKey(view, kind, state.keys);
    if (state.changedSinceOpened)
        return DecisionPresenter::tr(
            "The request changed while you were reading. Look at the change first.");
    if (approves(kind) && state.mustReadAll && state.seen.size() < state.parts.size())
        return unseenText(state);
    return {};
}

} // namespace

QString partName(Part part)
{
    switch (part) {
    case Part::Plan:
        return DecisionPresenter::tr("Plan");
    case Part::Memo:
        return DecisionPresenter::tr("Memo");
    case Part::Options:
        return DecisionPresenter::tr("Options");
    case Part::Risks:
        return DecisionPresenter::tr("Risks");
    case Part::Evidence:
        return DecisionPresenter::tr("Evidence");
    case Part::Forecasts:
        return DecisionPresenter::tr("Forecasts");
    }
    return {};
}

DecisionFacts decisionFacts(const DecisionView& view)
{
    DecisionFacts facts;
    if (view.request)
        facts.ask = askSentence(*view.request, view.plan ? view.plan->content : Json());
    if (view.plan)
        facts.plan = planFacts(view.plan->content);
    if (view.memo)
        facts.memo = memoFacts(view);
    facts.options = optionComparison(view);
    facts.risks = riskPicture(view);
    facts.evidence = evidenceFacts(view);
    facts.forecasts = forecastFacts(view);
    return facts;
}

DecisionPresenter::DecisionPresenter(Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
{
    connect(&backend, &Backend::changed, this, [this] { reload(); });
    updateActions();
}

void DecisionPresenter::open(const std::string& decisionId)
{
    m_state = {};
    m_state.decisionId = decisionId;
    m_openedRequest.reset();
    m_openedPlan = {};
    m_state.now = m_clock.now();
    reload();
}

void DecisionPresenter::close()
{
    ++m_generation;
    m_state = {};
    updateActions();
    publish();
}

void DecisionPresenter::reload()
{
    if (m_state.decisionId.empty())
        return;
    const quint64 generation = ++m_generation;
    m_state.loading = true;
    updateActions();
    publish();
    whenReplied(
        this, m_backend.localKeys(), [this, generation](Result<std::vector<LocalKey>> keys) {
            if (generation != m_generation)
                return;
            if (keys.ok())
                m_state.keys = std::move(keys).value();
            updateActions();
            publish();
        });
    whenReplied(
        this,
        m_backend.decision(m_state.decisionId),
        [this, generation](Result<DecisionView> view) {
            if (generation != m_generation)
                return;
            m_state.loading = false;
            if (view.ok()) {
                m_state.error.reset();
                take(std::move(view).value());
            } else {
                m_state.error = view.error();
            }
            updateActions();
            publish();
        });
}

void DecisionPresenter::take(DecisionView view)
{
    const Json plan = view.plan ? view.plan->content : Json();
    if (m_openedRequest && view.requestSha256 && *m_openedRequest != *view.requestSha256) {
        m_state.changedSinceOpened = true;
        m_state.planChanges = fieldChanges(m_openedPlan, plan);
        m_state.seen.clear();
    } else if (!m_openedRequest && view.requestSha256) {
        m_openedRequest = view.requestSha256;
        m_openedPlan = plan;
    }
    m_state.mustReadAll = view.request && view.request->classes.reversibility >= Reversibility::R2;
    if (!m_state.facts || !m_state.view || !sameDocuments(*m_state.view, view)) {
        auto facts = std::make_shared<DecisionFacts>(decisionFacts(view));
        m_state.parts = partsOf(*facts);
        m_state.facts = std::move(facts);
    }
    ++m_state.version;
    m_state.view = std::make_shared<DecisionView>(std::move(view));
    m_state.now = m_clock.now();
}

void DecisionPresenter::markSeen(Part part)
{
    const bool known =
        std::find(m_state.parts.begin(), m_state.parts.end(), part) != m_state.parts.end();
    if (!known || !m_state.seen.insert(part).second)
        return;
    updateActions();
    publish();
}

void DecisionPresenter::acceptChange()
{
    if (!m_state.changedSinceOpened || !m_state.view)
        return;
    m_state.changedSinceOpened = false;
    m_state.planChanges.clear();
    m_openedRequest = m_state.view->requestSha256;
    m_openedPlan = m_state.view->plan ? m_state.view->plan->content : Json();
    updateActions();
    publish();
}

void DecisionPresenter::tick()
{
    m_state.now = m_clock.now();
    publish();
}

void DecisionPresenter::retranslate()
{
    if (m_state.view)
        m_state.facts = std::make_shared<DecisionFacts>(decisionFacts(*m_state.view));
    ++m_state.version;
    updateActions();
    publish();
}

std::optional<AnswerIntent> DecisionPresenter::intentFor(control::AnswerKind kind) const
{
    const auto action =
        std::find_if(m_state.actions.begin(), m_state.actions.end(), [&](const ActionState& state) {
            return state.kind == kind;
        });
    if (action == m_state.actions.end() || !action->enabled)
        return std::nullopt;
    return AnswerIntent{
        m_state.decisionId, *m_state.view->requestSha256, kind, {}, {}, std::nullopt, std::nullopt};
}

void DecisionPresenter::updateActions()
{
    m_state.actions.clear();
    for (const control::AnswerKind kind : kKinds) {
        QString reason = obstacleTo(kind, m_state);
        m_state.actions.push_back({kind, reason.isEmpty(), std::move(reason)});
    }
}

void DecisionPresenter::publish()
{
    Q_EMIT stateChanged(m_state);
}

} // namespace countersign::ui
