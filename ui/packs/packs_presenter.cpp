#include "ui/packs/packs_presenter.h"

#include "ui/format/plain_text.h"
#include "ui/reply.h"

#include <algorithm>
#include <utility>

namespace countersign::ui {

PacksPresenter::PacksPresenter(Backend& backend, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
    connect(&backend, &Backend::progressed, this, [this](const QString& task, double fraction) {
        const bool ours = (m_state.exporting && task == QLatin1String("export"))
                          || (m_state.verifying && task == QLatin1String("verify"));
        if (!ours)
            return;
        m_state.fraction = std::clamp(fraction, 0.0, 1.0);
        publish();
    });
}

void PacksPresenter::reload()
{
    const quint64 generation = ++m_listGeneration;
    whenReplied(this, m_backend.packs(), [this, generation](Result<std::vector<PackRow>> packs) {
        if (generation != m_listGeneration)
            return;
        m_state.loaded = true;
        if (packs.ok()) {
            m_state.listError.reset();
            m_state.packs = std::move(packs).value();
        } else {
            m_state.listError = packs.error();
        }
        publish();
    });
    searchDecisions(toQString(m_search));
}

void PacksPresenter::searchDecisions(const QString& text)
{
    m_search = toUtf8(text);
    const quint64 generation = ++m_searchGeneration;
    whenReplied(
        this,
        m_backend.queuePage(
            {.view = QueueView::All,
             .searchText = m_search,
             .after = {},
             .limit = kChoiceCountMax}),
        [this, generation](Result<QueuePage> page) {
            if (generation != m_searchGeneration || !page.ok())
                return;
            m_state.choices.clear();
            for (QueueRow& row : page->rows)
                m_state.choices.push_back({std::move(row.decisionId), std::move(row.title)});
            publish();
        });
}

void PacksPresenter::exportPack(const std::string& decisionId, const QString& path)
{
    if (m_state.isBusy() || decisionId.empty() || path.isEmpty())
        return;
    m_state.exporting = true;
    m_state.fraction = 0;
    m_state.exported.reset();
    m_state.exportError.reset();
    publish();
    whenReplied(this, m_backend.exportPack(decisionId, toUtf8(path)), [this](Result<PackRow> pack) {
        m_state.exporting = false;
        if (pack.ok()) {
            m_state.exported = std::move(pack).value();
            reload();
        } else {
            m_state.exportError = pack.error();
        }
        publish();
    });
}

void PacksPresenter::verify(const QString& path)
{
    if (m_state.isBusy() || path.isEmpty())
        return;
    m_state.verifying = true;
    m_state.fraction = 0;
    m_state.verifiedPath = toUtf8(path);
    m_state.report.reset();
    m_state.verifyError.reset();
    publish();
    whenReplied(
        this,
        m_backend.verifyPack(m_state.verifiedPath),
        [this](Result<VerificationReport> report) {
            m_state.verifying = false;
            if (report.ok())
                m_state.report = std::make_shared<VerificationReport>(std::move(report).value());
            else
                m_state.verifyError = report.error();
            publish();
        });
}

void PacksPresenter::dismissReport()
{
    m_state.report.reset();
    m_state.verifyError.reset();
    publish();
}

void PacksPresenter::publish()
{
    Q_EMIT stateChanged(m_state);
}

} // namespace countersign::ui
