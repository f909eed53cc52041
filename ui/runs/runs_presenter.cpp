#include "ui/runs/runs_presenter.h"

#include "ui/reply.h"
#include "ui/signing/eligible_keys.h"

#include <utility>

namespace countersign::ui {

RunsPresenter::RunsPresenter(Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
{
    updateReason();
}

void RunsPresenter::select(const std::string& runId)
{
    if (runId == m_state.runId)
        return;
    m_state.runId = runId;
    m_state.run.reset();
    m_state.error.reset();
    reload();
}

void RunsPresenter::reload()
{
    const quint64 generation = ++m_generation;
    m_state.now = m_clock.now();
    m_state.loading = !m_state.runId.empty();
    Q_EMIT stateChanged(m_state);
    whenReplied(
        this, m_backend.localKeys(), [this, generation](Result<std::vector<LocalKey>> keys) {
            if (generation == m_generation && keys.ok())
                takeKeys(std::move(keys).value());
        });
    if (m_state.runId.empty())
        return;
    whenReplied(this, m_backend.run(m_state.runId), [this, generation](Result<RunView> run) {
        if (generation != m_generation)
            return;
        m_state.loading = false;
        m_state.now = m_clock.now();
        if (run.ok()) {
            m_state.error.reset();
            m_state.run = std::make_shared<RunView>(std::move(run).value());
        } else {
            m_state.error = run.error();
        }
        Q_EMIT stateChanged(m_state);
    });
}

void RunsPresenter::tick()
{
    m_state.now = m_clock.now();
    Q_EMIT stateChanged(m_state);
}

void RunsPresenter::retranslate()
{
    updateReason();
    Q_EMIT stateChanged(m_state);
}

void RunsPresenter::takeKeys(std::vector<LocalKey> keys)
{
    m_keys = std::move(keys);
    m_keysKnown = true;
    updateReason();
    Q_EMIT stateChanged(m_state);
}

void RunsPresenter::updateReason()
{
    if (!m_keysKnown)
        m_state.whyNoOrders = tr("The keys on this computer are being read.");
    else
        m_state.whyNoOrders = whyNoOrders(m_keys);
}

} // namespace countersign::ui
