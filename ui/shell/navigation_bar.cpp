#include "ui/shell/navigation_bar.h"

#include "ui/widgets/prose_label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace countersign::ui {

namespace {

constexpr int kWidth = 196;
/// Between icon and words; the style keeps them too close.
constexpr QChar kGap(0x2002);
constexpr std::array kThemes{ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark};

} // namespace

NavigationBar::NavigationBar(QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
    , m_pages(new QVBoxLayout)
    , m_language(new QComboBox(this))
    , m_theme(new QComboBox(this))
    , m_keys(new QToolButton(this))
    , m_name(new ProseLabel(ProseLabel::Look::Heading, this))
{
    setObjectName(QStringLiteral("navigationBar"));
    setFixedWidth(kWidth);
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kNormal, space::kLarge, space::kNormal, space::kNormal);
    all->setSpacing(space::kTight);
    all->addWidget(m_name);
    all->addSpacing(space::kNormal);
    m_pages->setSpacing(2);
    all->addLayout(m_pages);
    all->addStretch(1);
    m_keys->setObjectName(QStringLiteral("showShortcuts"));
    m_keys->setProperty("navigation", true);
    m_keys->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_keys->setIcon(icon(Icon::Keyboard));
    m_keys->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    all->addWidget(m_keys);
    m_language->setObjectName(QStringLiteral("chooseLanguage"));
    // Each language in its own name: whoever cannot read the other still finds it.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("العربية"), QStringLiteral("ar"));
    all->addWidget(m_language);
    m_theme->setObjectName(QStringLiteral("chooseTheme"));
    for (const ThemeChoice theme : kThemes)
        m_theme->addItem(QString(), themeId(theme));
    all->addWidget(m_theme);
    connect(m_group, &QButtonGroup::idClicked, this, &NavigationBar::pageRequested);
    connect(m_keys, &QToolButton::clicked, this, &NavigationBar::shortcutsRequested);
    connect(m_language, &QComboBox::activated, this, [this] {
        Q_EMIT languageRequested(m_language->currentData().toString());
    });
    connect(m_theme, &QComboBox::activated, this, [this] {
        Q_EMIT themeRequested(themeFromId(m_theme->currentData().toString()));
    });
    retranslate();
}

void NavigationBar::addPage(const QString& objectName, Icon which)
{
    auto* const button = new QToolButton(this);
    button->setObjectName(QStringLiteral("show_") + objectName);
    button->setProperty("navigation", true);
    button->setCheckable(true);
    button->setIcon(icon(which));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_group->addButton(button, pageCount());
    m_buttons.push_back(button);
    m_pages->addWidget(button);
    // In the order of reading: the pages come before what stands below them.
    if (m_buttons.size() > 1)
        setTabOrder(m_buttons[m_buttons.size() - 2], button);
    setTabOrder(button, m_keys);
    setTabOrder(m_keys, m_language);
    setTabOrder(m_language, m_theme);
}

void NavigationBar::setPageTitle(int index, const QString& title)
{
    QToolButton* const button = m_buttons.at(static_cast<std::size_t>(index));
    button->setText(kGap + title);
    button->setAccessibleName(title);
    button->setToolTip(tr("%1 (Ctrl+%2)", "name of a page, its number").arg(title).arg(index + 1));
}

void NavigationBar::setCurrent(int index)
{
    if (QAbstractButton* const button = m_group->button(index))
        button->setChecked(true);
}

void NavigationBar::setLanguage(const QString& language)
{
    const QSignalBlocker blocker(m_language);
    m_language->setCurrentIndex(m_language->findData(language));
}

void NavigationBar::setTheme(ThemeChoice theme)
{
    const QSignalBlocker blocker(m_theme);
    m_theme->setCurrentIndex(m_theme->findData(themeId(theme)));
}

void NavigationBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void NavigationBar::retranslate()
{
    m_name->setOwn(tr("Countersign", "name of the product"));
    m_keys->setText(kGap + tr("Keys"));
    m_keys->setAccessibleName(tr("List of keys"));
    m_language->setAccessibleName(tr("Language"));
    m_theme->setAccessibleName(tr("Theme"));
    const std::array<QString, 3> names{
        tr("Theme: as the desktop"), tr("Theme: light"), tr("Theme: dark")};
    for (int i = 0; i < m_theme->count(); ++i)
        m_theme->setItemText(i, names.at(static_cast<std::size_t>(i)));
}

void NavigationBar::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    const ThemeColors& colors = currentColors();
    painter.fillRect(rect(), colors.surface);
    painter.setPen(colors.border);
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.drawLine(x, 0, x, height());
}

} // namespace countersign::ui
