#include "ui/widgets/fact_table.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QGridLayout>
#include <QPainter>

namespace countersign::ui {

namespace {

constexpr int kNameWidth = 190;

} // namespace

FactTable::FactTable(QWidget* parent)
    : QFrame(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(space::kNormal, space::kSmall, space::kNormal, space::kSmall);
    m_grid->setHorizontalSpacing(space::kLarge);
    m_grid->setVerticalSpacing(space::kTight + 2);
    m_grid->setColumnMinimumWidth(0, kNameWidth);
    m_grid->setColumnStretch(1, 1);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactTable::clear()
{
    clearLayout(m_grid);
    m_rowCount = 0;
}

void FactTable::addOwn(const QString& name, const QString& value, ProseLabel::Look look)
{
    auto* const nameLabel = new ProseLabel(ProseLabel::Look::Muted, this);
    nameLabel->setOwn(name);
    auto* const valueLabel = new ProseLabel(look, this);
    valueLabel->setOwn(value);
    addRow(nameLabel, valueLabel);
}

void FactTable::addForeign(const QString& name, const QString& value, bool foreignName)
{
    auto* const nameLabel = new ProseLabel(ProseLabel::Look::Muted, this);
    if (foreignName)
        nameLabel->setForeign(name);
    else
        nameLabel->setOwn(name);
    auto* const valueLabel = new ProseLabel(ProseLabel::Look::Body, this);
    valueLabel->setForeign(value);
    addRow(nameLabel, valueLabel);
}

void FactTable::addFields(const std::vector<FieldRow>& fields)
{
    for (const FieldRow& field : fields)
        addForeign(field.path, field.value, true);
}

void FactTable::addRow(ProseLabel* name, ProseLabel* value)
{
    name->setFixedWidth(kNameWidth);
    value->setFlush(true);
    m_grid->addWidget(name, m_rowCount, 0, Qt::AlignTop);
    m_grid->addWidget(value, m_rowCount, 1);
    value->setAccessibleName(name->text() + QStringLiteral(": ") + value->text());
    ++m_rowCount;
}

void FactTable::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.sunken);
    painter.drawRoundedRect(rect(), 6, 6);
}

} // namespace countersign::ui
