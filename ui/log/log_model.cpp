#include "ui/log/log_model.h"

#include "ui/format/entry_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"
#include "ui/reply.h"

#include <QStringList>

#include <algorithm>
#include <limits>

namespace countersign::ui {

LogModel::LogModel(Backend& backend, QObject* parent)
    : TextTableModel(ColumnCount, parent)
    , m_backend(backend)
{
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(0);
    connect(&m_askTimer, &QTimer::timeout, this, &LogModel::askWanted);
}

void LogModel::refresh()
{
    m_resting.clear();
    const quint64 generation = ++m_generation;
    whenReplied(this, m_backend.log(0, 0), [this, generation](Result<LogPage> page) {
        if (generation != m_generation)
            return;
        if (page.ok()) {
            m_error.reset();
            grow(page->total);
            // Rows that were asked for in vain may be there now.
            touchRows(0, m_rowCount - 1);
        } else {
            m_error = page.error();
        }
        m_loaded = true;
        Q_EMIT stateChanged();
    });
}

const LogRow* LogModel::cachedRow(int row) const
{
    const auto page = m_pages.find(row / kPageRowCount);
    const auto at = static_cast<std::size_t>(row % kPageRowCount);
    if (row < 0 || page == m_pages.end() || at >= page->second.rows.size())
        return nullptr;
    page->second.usedAt = ++m_useCount;
    return &page->second.rows[at];
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rowCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole
        && role != IsPlaceholderRole && role != DecisionIdRole)
        return {};
    // The position is known before the row is.
    if (role == Qt::DisplayRole && index.column() == Index)
        return countText(index.row());
    const LogRow* const row = cachedRow(index.row());
    if (row == nullptr) {
        want(index.row() / kPageRowCount);
        if (role == IsPlaceholderRole)
            return true;
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(*row, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(display(*row, index.column()));
    case DecisionIdRole:
        return toQString(row->decisionId);
    default:
        return false;
    }
}

QString LogModel::display(const LogRow& row, int column) const
{
    switch (column) {
    case Index:
        return countText(static_cast<qint64>(row.index));
    case Time:
        return row.time ? absoluteTime(*row.time)
                        : tr("claimed by the signer", "time of a statement");
    case Type:
        return entryTypeText(row.type);
    case Decision:
        return row.decisionId.empty() ? QString() : idText(row.decisionId);
    case Summary:
        return entrySummary(row);
    case Leaf:
        return shortHex(row.leafHash);
    default:
        return {};
    }
}

QString LogModel::headerText(int column) const
{
    switch (column) {
    case Index:
        return tr("Entry", "its number in the ledger");
    case Time:
        return tr("Time");
    case Type:
        return tr("What happened");
    case Decision:
        return tr("Decision");
    case Summary:
        return tr("Summary");
    case Leaf:
        return tr("Leaf hash");
    default:
        return {};
    }
}

void LogModel::want(int page) const
{
    if (m_inFlight.contains(page) || m_resting.contains(page))
        return;
    const auto known = std::find(m_wanted.begin(), m_wanted.end(), page);
    if (known == m_wanted.end()) {
        m_wanted.push_back(page);
        if (m_wanted.size() > static_cast<std::size_t>(kWantedCountMax))
            m_wanted.erase(m_wanted.begin());
    }
    if (!m_askTimer.isActive())
        m_askTimer.start();
}

/// The page wanted last first: that is where the reader is now.
void LogModel::askWanted()
{
    while (!m_wanted.empty() && m_inFlight.size() < static_cast<std::size_t>(kRequestCountMax)) {
        const int page = m_wanted.back();
        m_wanted.pop_back();
        ask(page);
    }
}

void LogModel::ask(int page)
{
    if (!m_inFlight.insert(page).second)
        return;
    const auto first = static_cast<std::uint64_t>(page) * static_cast<std::uint64_t>(kPageRowCount);
    whenReplied(this, m_backend.log(first, kPageRowCount), [this, page](Result<LogPage> reply) {
        take(page, std::move(reply));
    });
}

void LogModel::take(int page, Result<LogPage> reply)
{
    m_inFlight.erase(page);
    if (reply.ok()) {
        grow(reply->total);
        const int first = page * kPageRowCount;
        const auto expected =
            static_cast<std::size_t>(std::clamp(m_rowCount - first, 0, kPageRowCount));
        if (reply->rows.size() < expected)
            m_resting.insert(page);
        const bool any = !reply->rows.empty() && expected > 0;
        m_pages[page] = {std::move(reply->rows), ++m_useCount};
        evict();
        if (any)
            touchRows(first, std::min(first + kPageRowCount, m_rowCount) - 1);
    } else {
        m_resting.insert(page);
        m_error = reply.error();
        Q_EMIT stateChanged();
    }
    askWanted();
}

void LogModel::grow(std::uint64_t total)
{
    // Item views count rows with an int: 2,147,483,647 at most.
    const auto count = static_cast<int>(std::min<std::uint64_t>(
        total, static_cast<std::uint64_t>(std::numeric_limits<int>::max())));
    // A reader that lags behind may still give an earlier length; a ledger never gets shorter.
    if (count <= m_rowCount)
        return;
    beginInsertRows({}, m_rowCount, count - 1);
    m_rowCount = count;
    endInsertRows();
}

void LogModel::evict()
{
    while (m_pages.size() > static_cast<std::size_t>(kPageCountMax)) {
        const auto oldest =
            std::min_element(m_pages.begin(), m_pages.end(), [](const auto& a, const auto& b) {
                return a.second.usedAt < b.second.usedAt;
            });
        m_pages.erase(oldest);
    }
}

} // namespace countersign::ui
