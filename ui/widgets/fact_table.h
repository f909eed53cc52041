#pragma once

#include "ui/format/json_rows.h"
#include "ui/widgets/prose_label.h"

#include <QFrame>

class QGridLayout;

namespace countersign::ui {

/// Names and values in two columns, every value in full.
class FactTable : public QFrame
{
    Q_OBJECT

public:
    explicit FactTable(QWidget* parent = nullptr);

    void clear();
    /// A value of ours: times, counts, digests.
    void addOwn(
        const QString& name, const QString& value, ProseLabel::Look look = ProseLabel::Look::Body);
    /// A value somebody else wrote; the name, too, when `foreignName`.
    void addForeign(const QString& name, const QString& value, bool foreignName = false);
    void addFields(const std::vector<FieldRow>& fields);
    [[nodiscard]] int rowCount() const { return m_rowCount; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addRow(ProseLabel* name, ProseLabel* value);

    QGridLayout* m_grid;
    int m_rowCount = 0;
};

} // namespace countersign::ui
