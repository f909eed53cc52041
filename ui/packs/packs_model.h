#pragma once

#include "ui/views.h"

#include <QAbstractTableModel>

namespace countersign::ui {

/// The packs exported from this workspace, as the core lists them. Thread: GUI.
class PacksModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Title,
        Exported,
        Size,
        Sha256,
        File,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Packs are told apart by path; nothing is signalled when nothing differs.
    void setPacks(std::vector<PackRow> packs);
    void retranslate();
    [[nodiscard]] const PackRow* pack(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<PackRow> m_packs;
};

/// `1.2 MB`, isolated, Latin digits.
[[nodiscard]] QString byteCountText(std::uint64_t byteCount);

} // namespace countersign::ui
