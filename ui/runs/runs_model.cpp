#include "ui/runs/runs_model.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/reply.h"
#include "ui/runs/next_step.h"

#include <QStringList>

#include <algorithm>
#include <tuple>
#include <utility>

namespace countersign::ui {

RunsModel::RunsModel(Backend& backend, const Clock& clock, QObject* parent)
    : PagedRows(ColumnCount, Tail::Kept, parent)
    , m_backend(backend)
    , m_clock(clock)
{}

void RunsModel::tick()
{
    if (!rows().empty())
        Q_EMIT dataChanged(index(0, Next), index(rowCount() - 1, Started), {Qt::DisplayRole});
}

int RunsModel::rowOf(const std::string& runId) const
{
    const auto found = std::find_if(
        rows().begin(), rows().end(), [&](const RunView& run) { return run.runId == runId; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunView& run = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(run, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(display(run, index.column()));
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

QString RunsModel::headerText(int column) const
{
    switch (column) {
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

void RunsModel::askFor(PageCursor after, int limit, Take take)
{
    whenReplied(
        this,
        m_backend.runs(std::move(after), limit),
        [limit, take = std::move(take)](Result<std::vector<RunView>> runs) {
            if (!runs.ok()) {
                take(runs.failure());
                return;
            }
            Page page{std::move(runs).value(), std::nullopt};
            if (static_cast<int>(page.rows.size()) == limit)
                page.next = PageCursor{page.rows.back().runId};
            take(std::move(page));
        });
}

bool RunsModel::looksSame(const RunView& before, const RunView& now) const
{
    const auto shown = [](const RunView& run) {
        return std::tie(
            run.title,
            run.status,
            run.stepsDone,
            run.stepCount,
            run.createdAt,
            run.finishedAt,
            run.notBefore);
    };
    return shown(before) == shown(now);
}

} // namespace countersign::ui
