#pragma once

#include "ui/tables/text_table_model.h"
#include "ui/views.h"

namespace countersign::ui {

/// The packs exported from this workspace, as the core lists them. Thread: GUI.
class PacksModel : public TextTableModel
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

    explicit PacksModel(QObject* parent = nullptr);

    /// Packs are told apart by path; nothing is signalled when nothing differs.
    void setPacks(std::vector<PackRow> packs);
    [[nodiscard]] const PackRow* pack(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] QString headerText(int column) const override;

private:
    std::vector<PackRow> m_packs;
};

/// `1.2 MB`, isolated, Latin digits.
[[nodiscard]] QString byteCountText(std::uint64_t byteCount);

} // namespace countersign::ui
