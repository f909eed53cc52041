#include "ui/tables/text_table_model.h"

namespace countersign::ui {

TextTableModel::TextTableModel(int columnCount, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columnCount(columnCount)
{}

void TextTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_columnCount - 1);
    touchRows(0, rowCount() - 1);
}

int TextTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columnCount;
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal || section < 0
        || section >= m_columnCount)
        return QAbstractTableModel::headerData(section, orientation, role);
    return headerText(section);
}

QString TextTableModel::toolTipOf(const QString& text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

void TextTableModel::touchRows(int first, int last)
{
    if (first <= last)
        Q_EMIT dataChanged(index(first, 0), index(last, m_columnCount - 1));
}

} // namespace countersign::ui
