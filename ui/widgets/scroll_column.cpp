#include "ui/widgets/scroll_column.h"

#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace countersign::ui {

ScrollColumn::ScrollColumn(QWidget* parent)
    : QScrollArea(parent)
    , m_column(new QVBoxLayout)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    auto* const content = new QWidget;
    auto* const all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, space::kTight, 0);
    all->setSpacing(space::kNormal);
    m_column->setSpacing(space::kNormal);
    all->addLayout(m_column);
    all->addStretch(1);
    setWidget(content);
}

} // namespace countersign::ui
