#include "ui/runs/runs_model.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/reply.h"
#include "ui/runs/next_step.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <utility>

namespace countersign::ui {

RunsModel::RunsModel(Backend& backend, const Clock& clock, QObject* parent)
    : QAbstractTableModel(parent)
    , m_backend(backend)
    , m_clock(clock)
{}

void RunsModel::refresh()
{
    if (m_inFlight) {
        m_stale = true;
        return;
    }
    request({}, std::clamp(rowCount(), kPageRowCount, kRefreshRowMax), true);
}

void RunsModel::retry()
{
    m_error.reset();
    refresh();
}

void RunsModel::tick()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Next), index(rowCount() - 1, Started), {Qt::DisplayRole});
}

void RunsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const RunView* RunsModel::run(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int RunsModel::rowOf(const std::string& runId) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&](const RunView& run) { return run.runId == runId; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunView& run = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(run, index.column());
    case Qt::ToolTipRole:
        // A tooltip would read markup in what an agent wrote.
        return QStringLiteral("<p>%1</p>").arg(display(run, index.column()).toHtmlEscaped());
    case RunIdRole:
        return toQString(run.runId);
    case ToneRole:
        return index.column() == Status
                   ? QVariant(static_cast<int>(runStatusWords(run.status).tone))
                   : QVariant();
    default:
        return {};
    }
}

QString RunsModel::display(const RunView& run, int column) const
{
    switch (column) {
    case Title:
        return run.title.empty() ? idText(run.runId) : safeInline(toQString(run.title));
    case Status:
        return runStatusWords(run.status).words;
    case Steps:
        return isolateLtr(QStringLiteral("%1/%2").arg(run.stepsDone).arg(run.stepCount));
    case Next:
        return nextText(run, m_clock.now());
    case Started:
        return relativeTime(run.createdAt, m_clock.now());
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Title:
        return tr("Decision");
    case Status:
        return tr("Status");
    case Steps:
        return tr("Steps done");
    case Next:
        return tr("What comes next");
    case Started:
        return tr("Started");
    default:
        return {};
    }
}

bool RunsModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_loaded && !m_inFlight && !m_complete && !m_error;
}

void RunsModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    request({m_rows.empty() ? std::string() : m_rows.back().runId}, kPageRowCount, false);
}

void RunsModel::request(PageCursor after, int limit, bool isRefresh)
{
    m_inFlight = true;
    Q_EMIT loadingChanged();
    whenReplied(
        this,
        m_backend.runs(std::move(after), limit),
        [this, limit, isRefresh](Result<std::vector<RunView>> page) {
            m_inFlight = false;
            if (!page.ok()) {
                m_error = page.error();
            } else {
                m_error.reset();
                m_loaded = true;
                m_complete = static_cast<int>(page->size()) < limit;
                if (isRefresh)
                    merge(std::move(page).value());
                else
                    append(std::move(page).value());
            }
            Q_EMIT loadingChanged();
            if (std::exchange(m_stale, false))
                refresh();
        });
}

void RunsModel::append(std::vector<RunView> rows)
{
    if (rows.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(
        m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    endInsertRows();
}

/// Rows that stay keep their place, so that selection and scroll position survive. What was loaded
/// behind the page stays as it was and is still behind it.
void RunsModel::merge(std::vector<RunView> rows)
{
    m_complete = m_complete && m_rows.size() <= rows.size();
    std::size_t at = 0;
    for (RunView& wanted : rows) {
        if (at < m_rows.size() && m_rows[at].runId == wanted.runId) {
            m_rows[at] = std::move(wanted);
        } else {
            const int row = static_cast<int>(at);
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, std::move(wanted));
            endInsertRows();
        }
        ++at;
    }
    if (at > 0)
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(at) - 1, ColumnCount - 1));
}

} // namespace countersign::ui
