#include "ui/tables/table_page.h"

#include "ui/format/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"

#include <QEvent>
#include <QSplitter>
#include <QVBoxLayout>

namespace countersign::ui {

TablePage::TablePage(const QString& name, QWidget* parent)
    : Page(parent)
    , m_tools(new QHBoxLayout)
    , m_message(new Banner(this))
    , m_empty(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_table(new RowTable(this))
    , m_details(new ScrollColumn(this))
    , m_foot(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    setObjectName(name + QStringLiteral("Page"));
    m_message->setObjectName(name + QStringLiteral("Message"));
    m_empty->setObjectName(name + QStringLiteral("Empty"));
    m_table->setObjectName(name + QStringLiteral("Table"));
    m_details->setObjectName(name + QStringLiteral("Details"));
    m_foot->setObjectName(name + QStringLiteral("Foot"));
    m_splitter->setObjectName(name + QStringLiteral("Splitter"));
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    m_tools->setSpacing(space::kSmall);
    all->addLayout(m_tools);
    all->addWidget(m_message);
    all->addWidget(m_empty);
    m_empty->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_details);
    all->addWidget(m_splitter, 1);
    all->addWidget(m_foot);
    connect(m_message, &Banner::actionTriggered, this, &TablePage::retryRequested);
}

void TablePage::setModel(
    QAbstractItemModel& model, int stretched, std::initializer_list<Column> others)
{
    m_table->setModel(&model);
    m_table->setStretchColumn(stretched);
    for (const Column& column : others)
        m_table->setColumnWidth(column.index, column.width);
}

void TablePage::setHeights(int table, int details)
{
    m_splitter->setStretchFactor(0, table);
    m_splitter->setStretchFactor(1, details);
    m_splitter->setSizes({table, details});
}

QVBoxLayout* TablePage::cards() const
{
    return m_details->column();
}

void TablePage::showListError(const std::optional<Error>& error)
{
    showError(*m_message, error);
}

void TablePage::showError(Banner& banner, const std::optional<Error>& error)
{
    if (!error) {
        banner.say(Tone::Neutral, {});
        return;
    }
    banner.say(Tone::Danger, errorSentence(*error), errorDetails(*error));
    banner.setAction(tr("Try again"));
}

void TablePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace countersign::ui
