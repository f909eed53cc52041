#include "ui/manual/manual_page.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QFile>
#include <QListWidget>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kHeadingsWidth = 250;
constexpr int kHeadingLevel = 2;

QString wantedLanguage()
{
    return QLocale().language() == QLocale::Arabic ? QStringLiteral("ar") : QStringLiteral("en");
}

QString readManual(const QString& language)
{
    QFile file(QStringLiteral(":/manual/%1.md").arg(language));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool isCode(const QTextBlock& block)
{
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence)
           || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

} // namespace

ManualPage::ManualPage(QWidget* parent)
    : Page(parent)
    , m_headings(new QListWidget(this))
    , m_text(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("manualPage"));
    auto* const all = new QHBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    m_headings->setObjectName(QStringLiteral("manualHeadings"));
    m_headings->setFixedWidth(kHeadingsWidth);
    m_headings->setWordWrap(true);
    m_headings->setSpacing(1);
    all->addWidget(m_headings);
    m_text->setObjectName(QStringLiteral("manualText"));
    m_text->setOpenLinks(false);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(space::kSection);
    all->addWidget(m_text, 1);
    connect(m_headings, &QListWidget::currentRowChanged, this, &ManualPage::jumpTo);
    connect(
        m_headings, &QListWidget::itemClicked, this, [this] { jumpTo(m_headings->currentRow()); });
    load();
}

QString ManualPage::title() const
{
    return tr("Manual");
}

void ManualPage::activate()
{
    // The language can have been chosen before there was anything to translate.
    if (m_language != wantedLanguage())
        load();
    m_text->setFocus();
}

void ManualPage::load()
{
    m_language = wantedLanguage();
    m_text->setMarkdown(readManual(m_language));
    m_headings->setAccessibleName(tr("Headings of the manual"));
    m_text->setAccessibleName(tr("Manual"));
    arrange();
    const QSignalBlocker blocker(m_headings);
    m_headings->clear();
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() != kHeadingLevel)
            continue;
        auto* const item = new QListWidgetItem(block.text(), m_headings);
        item->setData(Qt::UserRole, block.position());
    }
    m_headings->setCurrentRow(0);
    m_text->verticalScrollBar()->setValue(0);
}

/// Markdown says nothing about direction: prose follows the language, commands run left to right.
void ManualPage::arrange()
{
    const Qt::LayoutDirection direction = QLocale().textDirection();
    QTextOption option = m_text->document()->defaultTextOption();
    option.setTextDirection(direction);
    m_text->document()->setDefaultTextOption(option);
    QTextCursor cursor(m_text->document());
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format;
        format.setLayoutDirection(isCode(block) ? Qt::LeftToRight : direction);
        if (!isCode(block))
            format.setBottomMargin(space::kSmall);
        if (block.blockFormat().headingLevel() > 1)
            format.setTopMargin(space::kLarge);
        cursor.mergeBlockFormat(format);
    }
}

void ManualPage::jumpTo(int heading)
{
    const QListWidgetItem* const item = m_headings->item(heading);
    if (item == nullptr)
        return;
    // Showing the end first makes the cursor's line the topmost one when it comes into view.
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    QTextCursor cursor(m_text->document());
    cursor.setPosition(item->data(Qt::UserRole).toInt());
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
}

void ManualPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        load();
}

} // namespace countersign::ui
