#include "ui/shell/shortcut_list.h"

#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/paragraphs.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace countersign::ui {

ShortcutList::ShortcutList(QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutList"));
    setWindowTitle(tr("Keys"));
    setModal(true);
    resize(560, 520);
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    const auto table = [&](const QString& title, const QList<QPair<QString, QString>>& rows) {
        addOwn(all, title, ProseLabel::Look::Heading);
        auto* const facts = new FactTable;
        for (const auto& [keys, meaning] : rows)
            facts->addOwn(isolateLtr(keys), meaning);
        all->addWidget(facts);
    };
    table(
        tr("Everywhere"),
        {{QStringLiteral("Ctrl+1 … Ctrl+6"), tr("Show a page")},
         {QStringLiteral("Esc, Alt+Left"), tr("Back")},
         {QStringLiteral("F1"), tr("Manual")},
         {QStringLiteral("?"), tr("This list")}});
    table(
        tr("Queue"),
        {{QStringLiteral("J, K, ↓, ↑"), tr("Next and previous request")},
         {QStringLiteral("Enter"), tr("Open the request")},
         {QStringLiteral("/, Ctrl+F"), tr("Search")}});
    table(
        tr("Decision"),
        {{QStringLiteral("Space, Shift+Space"), tr("Read on, read back")},
         {QStringLiteral("A"), tr("Approve")},
         {QStringLiteral("E"), tr("Edit the plan and approve it")},
         {QStringLiteral("R"), tr("Reject")},
         {QStringLiteral("Q"), tr("Ask back")},
         {QStringLiteral("D"), tr("Put off")}});
    addOwn(
        all,
        tr("None of these signs by itself: the sign dialog always comes first. On an Arabic "
           "keyboard "
           "the letters are those on the same keys."),
        ProseLabel::Look::Muted);
    all->addStretch(1);
    auto* const close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeShortcuts"));
    close->setAccessibleName(close->text());
    all->addWidget(close, 0, Qt::AlignTrailing);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace countersign::ui
