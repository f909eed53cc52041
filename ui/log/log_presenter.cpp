#include "ui/log/log_presenter.h"

#include "ui/reply.h"

#include <algorithm>

namespace countersign::ui {

LogPresenter::LogPresenter(Backend& backend, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
    connect(&backend, &Backend::progressed, this, [this](const QString& task, double fraction) {
        if (!m_state.verifying || task != QLatin1String("verify"))
            return;
        m_state.fraction = std::clamp(fraction, 0.0, 1.0);
        Q_EMIT stateChanged(m_state);
    });
}

void LogPresenter::select(std::uint64_t index)
{
    if (m_state.index == index)
        return;
    m_state.index = index;
    m_state.entry.reset();
    m_state.entryError.reset();
    reload();
}

void LogPresenter::reload()
{
    if (!m_state.index)
        return;
    const quint64 generation = ++m_generation;
    m_state.loading = true;
    Q_EMIT stateChanged(m_state);
    whenReplied(this, m_backend.logEntry(*m_state.index), [this, generation](Result<Json> entry) {
        if (generation != m_generation)
            return;
        m_state.loading = false;
        if (entry.ok()) {
            m_state.entryError.reset();
            m_state.entry = std::make_shared<EntryFacts>(entryFacts(*entry));
        } else {
            m_state.entryError = entry.error();
        }
        Q_EMIT stateChanged(m_state);
    });
}

void LogPresenter::verify(bool deep)
{
    if (m_state.verifying)
        return;
    m_state.verifying = true;
    m_state.deep = deep;
    m_state.fraction = 0;
    m_state.report.reset();
    m_state.verifyError.reset();
    Q_EMIT stateChanged(m_state);
    whenReplied(this, m_backend.verifyWorkspace(deep), [this](Result<VerificationReport> report) {
        m_state.verifying = false;
        if (report.ok())
            m_state.report = std::make_shared<VerificationReport>(std::move(report).value());
        else
            m_state.verifyError = report.error();
        Q_EMIT stateChanged(m_state);
    });
}

void LogPresenter::dismissReport()
{
    m_state.report.reset();
    m_state.verifyError.reset();
    Q_EMIT stateChanged(m_state);
}

} // namespace countersign::ui
