#include "ui/packs/packs_model.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace countersign::ui {

namespace {

bool same(const PackRow& a, const PackRow& b)
{
    return a.path == b.path && a.sha256 == b.sha256 && a.exportedAt == b.exportedAt
           && a.title == b.title;
}

QString display(const PackRow& pack, int column)
{
    switch (column) {
    case PacksModel::Title:
        return safeInline(toQString(pack.title));
    case PacksModel::Exported:
        return absoluteTime(pack.exportedAt);
    case PacksModel::Size:
        return byteCountText(pack.byteCount);
    case PacksModel::Sha256:
        return shortHex(pack.sha256);
    case PacksModel::File:
        return safeInline(QFileInfo(toQString(pack.path)).fileName());
    default:
        return {};
    }
}

} // namespace

PacksModel::PacksModel(QObject* parent)
    : TextTableModel(ColumnCount, parent)
{}

void PacksModel::setPacks(std::vector<PackRow> packs)
{
    if (std::equal(m_packs.begin(), m_packs.end(), packs.begin(), packs.end(), same))
        return;
    beginResetModel();
    m_packs = std::move(packs);
    endResetModel();
}

const PackRow* PacksModel::pack(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_packs[static_cast<std::size_t>(row)];
}

int PacksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_packs.size());
}

QVariant PacksModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PackRow& pack = m_packs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(pack, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(display(pack, index.column()));
    default:
        return {};
    }
}

QString PacksModel::headerText(int column) const
{
    switch (column) {
    case Title:
        return tr("Decision");
    case Exported:
        return tr("Exported");
    case Size:
        return tr("Size");
    case Sha256:
        return tr("SHA-256");
    case File:
        return tr("File");
    default:
        return {};
    }
}

QString byteCountText(std::uint64_t byteCount)
{
    return isolateLtr(QLocale::c().formattedDataSize(
        static_cast<qint64>(byteCount), 1, QLocale::DataSizeSIFormat));
}

} // namespace countersign::ui
