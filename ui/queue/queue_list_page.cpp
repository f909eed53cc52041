#include "ui/queue/queue_list_page.h"

#include "ui/format/error_text.h"
#include "ui/format/plain_text.h"
#include "ui/queue/queue_delegate.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"

#include <QButtonGroup>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QShortcut>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace countersign::ui {

namespace {

constexpr std::array kViews{
    QueueView::Waiting,
    QueueView::Mine,
    QueueView::SoonDue,
    QueueView::Irreversible,
    QueueView::Decided,
    QueueView::All};

QString viewName(QueueView view)
{
    switch (view) {
    case QueueView::Waiting:
        return QueueListPage::tr("Waiting");
    case QueueView::Mine:
        return QueueListPage::tr("For me");
    case QueueView::SoonDue:
        return QueueListPage::tr("Soon due");
    case QueueView::Irreversible:
        return QueueListPage::tr("Cannot be undone");
    case QueueView::Decided:
        return QueueListPage::tr("Decided");
    case QueueView::All:
        return QueueListPage::tr("All");
    }
    return {};
}

QString emptyText(QueueView view, bool searching)
{
    if (searching)
        return QueueListPage::tr("Nothing here fits the search.");
    switch (view) {
    case QueueView::Waiting:
        return QueueListPage::tr("Nothing waits for a signature.");
    case QueueView::Mine:
        return QueueListPage::tr("Nothing waits for a key on this computer.");
    case QueueView::SoonDue:
        return QueueListPage::tr("Nothing is due within four hours.");
    case QueueView::Irreversible:
        return QueueListPage::tr("Nothing that waits is costly or impossible to undo.");
    case QueueView::Decided:
        return QueueListPage::tr("Nothing has been decided yet.");
    case QueueView::All:
        return QueueListPage::tr("There are no decisions in this workspace yet.");
    }
    return {};
}

} // namespace

QueueListPage::QueueListPage(Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent)
    , m_model(backend, clock)
    , m_views(new QButtonGroup(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_error(new Banner(this))
    , m_empty(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_count(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_searchTimer(new QTimer(this))
{
    setObjectName(QStringLiteral("queuePage"));
    m_list->setItemDelegate(new QueueDelegate(clock, m_list));
    buildPage();
    addShortcuts();
    connect(&m_model, &QueueModel::loadingChanged, this, &QueueListPage::renderState);
    connect(&m_model, &QueueModel::rowsInserted, this, &QueueListPage::renderState);
    connect(&m_model, &QueueModel::rowsRemoved, this, &QueueListPage::renderState);
    connect(&backend, &Backend::changed, this, [this] {
        if (m_shown)
            m_model.refresh();
    });
    connect(m_views, &QButtonGroup::idClicked, this, [this] { showView(); });
    m_searchTimer->setSingleShot(true);
    m_searchTimer->setInterval(200);
    connect(m_search, &QLineEdit::textChanged, m_searchTimer, qOverload<>(&QTimer::start));
    connect(m_searchTimer, &QTimer::timeout, this, &QueueListPage::showView);
    connect(m_list, &QListView::activated, this, [this] { openCurrent(); });
    auto* const clockTimer = new QTimer(this);
    constexpr int kTickMs = 30'000;
    connect(clockTimer, &QTimer::timeout, this, [this] { m_model.tick(); });
    clockTimer->start(kTickMs);
    retranslate();
}

void QueueListPage::buildPage()
{
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    auto* const top = new QHBoxLayout;
    top->setSpacing(space::kTight);
    for (const QueueView view : kViews) {
        auto* const button = new QToolButton(this);
        button->setObjectName(QStringLiteral("queueView%1").arg(static_cast<int>(view)));
        button->setProperty("navigation", true);
        button->setCheckable(true);
        button->setChecked(view == QueueView::Waiting);
        m_views->addButton(button, static_cast<int>(view));
        top->addWidget(button);
    }
    top->addStretch(1);
    m_search->setObjectName(QStringLiteral("queueSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(260);
    top->addWidget(m_search);
    all->addLayout(top);
    m_error->setObjectName(QStringLiteral("queueError"));
    all->addWidget(m_error);
    connect(m_error, &Banner::actionTriggered, this, &QueueListPage::showView);
    m_list->setObjectName(QStringLiteral("queueList"));
    m_list->setModel(&m_model);
    m_list->setModelColumn(QueueModel::Title);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->installEventFilter(this);
    all->addWidget(m_list, 1);
    m_empty->setObjectName(QStringLiteral("queueEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    all->addWidget(m_empty, 1, Qt::AlignHCenter | Qt::AlignTop);
    m_count->setObjectName(QStringLiteral("queueCount"));
    all->addWidget(m_count);
}

void QueueListPage::addShortcuts()
{
    const auto bind = [this](const QKeySequence& keys, auto act) {
        auto* const shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    // The second of each pair stands on the same key of an Arabic keyboard.
    bind(QKeySequence(Qt::Key_J), [this] { move(1); });
    bind(QKeySequence(static_cast<int>(u'ت')), [this] { move(1); });
    bind(QKeySequence(Qt::Key_K), [this] { move(-1); });
    bind(QKeySequence(static_cast<int>(u'ن')), [this] { move(-1); });
    bind(QKeySequence(Qt::Key_Slash), [this] { m_search->setFocus(); });
    bind(QKeySequence(QKeySequence::Find), [this] { m_search->setFocus(); });
}

bool QueueListPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

QString QueueListPage::title() const
{
    return tr("Queue");
}

void QueueListPage::activate()
{
    if (!m_shown) {
        m_shown = true;
        showView();
    } else {
        m_model.refresh();
    }
    m_list->setFocus();
}

void QueueListPage::showView()
{
    m_model.show(static_cast<QueueView>(m_views->checkedId()), m_search->text().trimmed());
}

void QueueListPage::move(int rows)
{
    const int count = m_model.rowCount();
    if (count == 0)
        return;
    const QModelIndex current = m_list->currentIndex();
    const int to = current.isValid() ? std::clamp(current.row() + rows, 0, count - 1) : 0;
    m_list->setCurrentIndex(m_model.index(to, QueueModel::Title));
    m_list->setFocus();
}

void QueueListPage::openCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid())
        Q_EMIT openDecisionRequested(current.data(QueueModel::DecisionIdRole).toString());
}

void QueueListPage::renderState()
{
    const int count = m_model.rowCount();
    if (m_model.error()) {
        m_error->say(Tone::Danger, errorSentence(*m_model.error()), errorDetails(*m_model.error()));
        m_error->setAction(tr("Try again"));
    } else {
        m_error->say(Tone::Neutral, {});
    }
    const bool empty = count == 0 && m_model.isLoaded();
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty)
        m_empty->setOwn(emptyText(
            static_cast<QueueView>(m_views->checkedId()), !m_search->text().trimmed().isEmpty()));
    if (!m_model.isLoaded())
        m_count->setOwn(m_model.isLoading() ? tr("Loading…") : QString());
    else
        m_count->setOwn(
            m_model.isComplete()
                ? tr("%1 shown. J and K move, Enter opens, / searches, ? lists all keys.")
                      .arg(countText(count))
                : tr("The first %1 are loaded; more follow as you scroll.").arg(countText(count)));
    if (count > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0, QueueModel::Title));
}

void QueueListPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void QueueListPage::retranslate()
{
    for (const QueueView view : kViews) {
        auto* const button = m_views->button(static_cast<int>(view));
        button->setText(viewName(view));
        button->setAccessibleName(viewName(view));
    }
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the queue"));
    m_list->setAccessibleName(tr("Requests"));
    renderState();
}

} // namespace countersign::ui
