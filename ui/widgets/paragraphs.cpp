#include "ui/widgets/paragraphs.h"

#include "ui/theme/theme.h"

#include <QBoxLayout>

namespace countersign::ui {

ProseLabel* addOwn(QBoxLayout* layout, const QString& text, ProseLabel::Look look)
{
    auto* const label = new ProseLabel(look);
    label->setOwn(text);
    layout->addWidget(label);
    return label;
}

ProseLabel* addForeign(QBoxLayout* layout, const QString& text, ProseLabel::Look look)
{
    auto* const label = new ProseLabel(look);
    label->setForeign(text);
    label->setLineWidth(space::kProseWidth);
    layout->addWidget(label);
    return label;
}

void addNamed(QBoxLayout* layout, const QString& name, const QString& foreign)
{
    if (foreign.isEmpty())
        return;
    auto* const group = new QVBoxLayout;
    group->setSpacing(space::kTight / 2);
    addOwn(group, name, ProseLabel::Look::Muted);
    addForeign(group, foreign);
    layout->addLayout(group);
}

void addBullets(QBoxLayout* layout, const QStringList& foreign)
{
    for (const QString& text : foreign) {
        auto* const row = new QHBoxLayout;
        row->setSpacing(space::kSmall);
        auto* const mark = new ProseLabel(ProseLabel::Look::Muted);
        mark->setOwn(QStringLiteral("•"));
        mark->setFixedWidth(space::kSmall);
        row->addWidget(mark, 0, Qt::AlignTop);
        auto* const label = new ProseLabel;
        label->setForeign(text);
        row->addWidget(label, 1);
        layout->addLayout(row);
    }
}

} // namespace countersign::ui
