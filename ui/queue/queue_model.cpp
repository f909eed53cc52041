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
    : QAbstractTableModel(parent)
    , m_backend(backend)
    , m_clock(clock)
{}

void QueueModel::show(QueueView view, const QString& searchText)
{
    ++m_generation;
    m_view = view;
    m_searchText = toUtf8(searchText);
    beginResetModel();
    m_rows.clear();
    m_next = PageCursor{};
    m_loaded = false;
    m_inFlight = false;
    m_stale = false;
    m_error.reset();
    endResetModel();
    fetchMore({});
}

void QueueModel::refresh()
{
    if (m_inFlight) {
        m_stale = true;
        return;
    }
    const int loaded = static_cast<int>(m_rows.size());
    request({}, std::clamp(loaded, kPageRowCount, kRefreshRowMax), true);
}

void QueueModel::tick()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(
            index(0, DeadlineWords), index(rowCount() - 1, DeadlineWords), {Qt::DisplayRole});
}

const QueueRow* QueueModel::row(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_rows.size()))
        return nullptr;
    return &m_rows[static_cast<std::size_t>(index)];
}

int QueueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QueueRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::AccessibleTextRole:
        return queueRowSummary(row, m_clock.now());
    case Qt::ToolTipRole:
        // A tooltip would read markup in what an agent wrote.
        return QStringLiteral("<p>%1</p>").arg(queueRowSummary(row, m_clock.now()).toHtmlEscaped());
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

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
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

bool QueueModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_inFlight && m_next.has_value() && !m_error;
}

void QueueModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        request(*m_next, kPageRowCount, false);
}

void QueueModel::request(PageCursor after, int limit, bool isRefresh)
{
    m_inFlight = true;
    Q_EMIT loadingChanged();
    const quint64 generation = ++m_generation;
    whenReplied(
        this,
        m_backend.queuePage(
            {.view = m_view,
             .searchText = m_searchText,
             .after = std::move(after),
             .limit = limit}),
        [this, generation, isRefresh](Result<QueuePage> page) {
            if (generation != m_generation)
                return;
            m_inFlight = false;
            if (!page.ok()) {
                m_error = page.error();
            } else {
                m_error.reset();
                m_loaded = true;
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

void QueueModel::append(QueuePage page)
{
    m_next = std::move(page.next);
    if (page.rows.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page.rows.size()) - 1);
    m_rows.insert(
        m_rows.end(),
        std::make_move_iterator(page.rows.begin()),
        std::make_move_iterator(page.rows.end()));
    endInsertRows();
}

/// Brings the rows to what `page` says, keeping every row that stays, so that selection and scroll
/// position survive. What lies behind the page is dropped and fetched again on demand.
void QueueModel::merge(QueuePage page)
{
    m_next = std::move(page.next);
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        QueueRow& wanted = page.rows[i];
        const int at = static_cast<int>(i);
        const auto from = m_rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, m_rows.size()));
        const auto found = std::find_if(from, m_rows.end(), [&](const QueueRow& row) {
            return row.decisionId == wanted.decisionId;
        });
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(from, std::move(wanted));
            endInsertRows();
            continue;
        }
        if (found != from) {
            beginMoveRows(
                {},
                static_cast<int>(found - m_rows.begin()),
                static_cast<int>(found - m_rows.begin()),
                {},
                at);
            std::rotate(from, found, found + 1);
            endMoveRows();
        }
        if (m_rows[i] != wanted) {
            m_rows[i] = std::move(wanted);
            Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
        }
    }
    if (m_rows.size() > page.rows.size()) {
        const int first = static_cast<int>(page.rows.size());
        beginRemoveRows({}, first, rowCount() - 1);
        m_rows.erase(m_rows.begin() + first, m_rows.end());
        endRemoveRows();
    }
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
