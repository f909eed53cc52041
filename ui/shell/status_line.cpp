#include "ui/shell/status_line.h"

#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace countersign::ui {

namespace {

constexpr int kNoticeMax = 20;

QLabel* plainLabel(const QString& objectName, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
    , m_workspace(plainLabel(QStringLiteral("statusWorkspace"), this))
    , m_ledger(plainLabel(QStringLiteral("statusLedger"), this))
    , m_engine(plainLabel(QStringLiteral("statusEngine"), this))
    , m_notice(plainLabel(QStringLiteral("statusNotice"), this))
    , m_list(new QToolButton(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    setContentsMargins(space::kSmall, 0, space::kSmall, 0);
    m_list->setObjectName(QStringLiteral("showNotices"));
    m_list->setProperty("flat", true);
    m_list->setIcon(icon(Icon::Info));
    m_list->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_notice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    addWidget(m_workspace);
    addWidget(m_ledger);
    addWidget(m_engine);
    addWidget(m_notice, 1);
    addPermanentWidget(m_list);
    connect(m_list, &QToolButton::clicked, this, &StatusLine::showNotices);
    retranslate();
}

void StatusLine::showWorkspace(const WorkspaceInfo& info)
{
    m_info = info;
    retranslate();
}

void StatusLine::showProblem(const Error& error)
{
    addNotice(errorSentence(error));
}

void StatusLine::addNotice(const QString& text)
{
    m_notices.prepend(text);
    while (m_notices.size() > kNoticeMax)
        m_notices.removeLast();
    m_notice->setText(text);
    m_notice->setToolTip(QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
    retranslate();
}

void StatusLine::showNotices()
{
    QMenu menu(this);
    if (m_notices.isEmpty())
        menu.addAction(tr("Nothing has happened yet."))->setEnabled(false);
    for (const QString& notice : m_notices) {
        QString line = notice;
        menu.addAction(line.replace(QLatin1Char('&'), QStringLiteral("&&")));
    }
    menu.exec(m_list->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void StatusLine::changeEvent(QEvent* event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void StatusLine::retranslate()
{
    m_list->setText(tr("Notices: %1").arg(countText(m_notices.size())));
    m_list->setAccessibleName(tr("List of notices"));
    if (!m_info) {
        m_workspace->setText(tr("The workspace is being opened…"));
        return;
    }
    m_workspace->setText(tr("Workspace %1").arg(safeInline(toQString(m_info->name))));
    m_workspace->setToolTip(
        QStringLiteral("<p>%1</p>").arg(safeInline(toQString(m_info->path)).toHtmlEscaped()));
    m_ledger->setText(
        tr("%1 ledger entries").arg(countText(static_cast<qint64>(m_info->ledgerSize))));
    m_engine->setText(
        m_info->engineRunsHere ? tr("Plans are carried out by this console")
                               : tr("Plans are carried out by another process"));
}

} // namespace countersign::ui
