#include "ui/queue/queue_model.h"

#include "ui/format/class_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/reply.h"

#include <QStringList>

#include <algorithm>

namespace countersign::ui {

namespace {

QString exposureText(const QueueRow& row)
{
    return row.exposureAmount.empty() ? QString()
                                      : moneyText(row.exposureAmount, row.exposureCurrency);
}

QString signatureText(const QueueRow& row)
{
    return isolateLtr(QStringLiteral("%1/%2").arg(row.approvalsHave).arg(row.approvalsNeeded));
}

QString statusText(const QueueRow& row)
{
    return row.runStatus.empty() ? requestStatusWords(row.status).words
                                 : runStatusWords(row.runStatus).words;
}

} // namespace

QueueModel::QueueModel(Backend& backend, const Clock& clock, QObject* parent)
    : PagedRows(ColumnCount, Tail::Dropped, parent)
    , m_backend(backend)
    , m_clock(clock)
{}

void QueueModel::show(QueueView view, const QString& searchText)
{
    m_view = view;
    m_searchText = toUtf8(searchText);
    restart();
}

void QueueModel::tick()
{
    if (!rows().empty())
        Q_EMIT dataChanged(
            index(0, DeadlineWords), index(rowCount() - 1, DeadlineWords), {Qt::DisplayRole});
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QueueRow& row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::AccessibleTextRole:
        return queueRowSummary(row, m_clock.now());
    case Qt::ToolTipRole:
        return toolTipOf(queueRowSummary(row, m_clock.now()));
    case RowRole:
        return QVariant::fromValue(static_cast<const void*>(&row));
    case DecisionIdRole:
        return toQString(row.decisionId);
    default:
        return {};
    }
}

QString QueueModel::display(const QueueRow& row, int column) const
{
    switch (column) {
    case Title:
        return safeInline(toQString(row.title));
    case Ask:
        return safeInline(toQString(row.ask));
    case ClassCodes:
        return isolateLtr(toQString(text(row.classes)));
    case Exposure:
        return exposureText(row);
    case DeadlineWords:
        return deadlineOf(row.dueAt, row.expiresAt, m_clock.now()).words;
    case Signatures:
        return signatureText(row);
    case Status:
        return statusText(row);
    default:
        return {};
    }
}

QString QueueModel::headerText(int column) const
{
    switch (column) {
    case Title:
        return tr("Title");
    case Ask:
        return tr("What a yes sets in motion");
    case ClassCodes:
        return tr("Classes");
    case Exposure:
        return tr("At stake");
    case DeadlineWords:
        return tr("Deadline");
    case Signatures:
        return tr("Signatures");
    case Status:
        return tr("Status");
    default:
        return {};
    }
}

void QueueModel::askFor(PageCursor after, int limit, Take take)
{
    whenReplied(
        this,
        m_backend.queuePage(
            {.view = m_view,
             .searchText = m_searchText,
             .after = std::move(after),
             .limit = limit}),
        [take = std::move(take)](Result<QueuePage> page) {
            if (page.ok())
                take(Page{std::move(page->rows), std::move(page->next)});
            else
                take(page.failure());
        });
}

QString queueRowSummary(const QueueRow& row, Instant now)
{
    QStringList parts;
    parts << safeInline(toQString(row.title)) << safeInline(toQString(row.ask)) << statusText(row)
          << priorityWords(row.priority).words;
    if (row.status == "open" || row.status == "deferred")
        parts << deadlineOf(row.dueAt, row.expiresAt, now).words;
    if (!row.exposureAmount.empty())
        parts << QueueModel::tr("%1 at stake").arg(exposureText(row));
    for (const ClassWords& words : classWords(row.classes))
        parts << words.words;
    parts << QueueModel::tr("%1 of %2 signatures")
                 .arg(countText(row.approvalsHave), countText(row.approvalsNeeded));
    return parts.join(QStringLiteral(". "));
}

} // namespace countersign::ui
