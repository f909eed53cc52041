#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

namespace countersign::ui {

namespace {

// %1 page, %2 surface, %3 sunken, %4 text, %5 muted, %6 border, %7 accent, %8 on accent
constexpr const char16_t* kSheet = uR"(
QPushButton, QToolButton[raised="true"] {
    background: %2; color: %4; border: 1px solid %6; border-radius: 6px; padding: 6px 14px;
    min-height: 20px;
}
QPushButton:hover, QToolButton[raised="true"]:hover { border-color: %7; }
QPushButton:pressed, QToolButton[raised="true"]:pressed { background: %3; }
QPushButton:focus, QToolButton[raised="true"]:focus { border: 2px solid %7; padding: 5px 13px; }
QPushButton:disabled { color: %5; background: %1; }
QPushButton[primary="true"] { background: %7; color: %8; border-color: %7; font-weight: 600; }
QPushButton[primary="true"]:hover { border-color: %4; }
QPushButton[primary="true"]:focus { border: 2px solid %4; }
QPushButton[primary="true"]:disabled { background: %3; color: %5; border-color: %6; }
QToolButton[navigation="true"] {
    border: 1px solid transparent; border-radius: 6px; padding: 8px 10px; color: %4;
    background: transparent;
}
QToolButton[navigation="true"]:hover { background: %3; }
QToolButton[navigation="true"]:checked { background: %3; font-weight: 600; border-color: %6; }
QToolButton[navigation="true"]:focus { border: 2px solid %7; padding: 7px 9px; }
QToolButton[flat="true"] { border: 1px solid transparent; border-radius: 6px; padding: 4px 6px; }
QToolButton[flat="true"]:hover { background: %3; }
QToolButton[flat="true"]:focus { border: 2px solid %7; padding: 3px 5px; }
QLineEdit, QPlainTextEdit, QDateTimeEdit, QComboBox, QSpinBox {
    background: %2; color: %4; border: 1px solid %6; border-radius: 6px; padding: 5px 8px;
    selection-background-color: %7; selection-color: %8; min-height: 20px;
}
QLineEdit:focus, QPlainTextEdit:focus, QDateTimeEdit:focus, QComboBox:focus, QSpinBox:focus {
    border: 2px solid %7; padding: 4px 7px;
}
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url(:/icons/chevron.svg); width: 12px; height: 12px;
}
QComboBox QAbstractItemView {
    background: %2; color: %4; border: 1px solid %6; selection-background-color: %7;
    selection-color: %8;
}
QListView, QTableView, QTreeView {
    background: %2; color: %4; border: 1px solid %6; border-radius: 8px; outline: 0;
    alternate-background-color: %3; padding: 1px;
}
QListView:focus, QTableView:focus, QTreeView:focus { border: 2px solid %7; padding: 0; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; }
QListWidget::item:hover { background: %3; }
QListWidget::item:selected { background: %7; color: %8; }
QTextBrowser { background: %2; color: %4; border: 1px solid %6; border-radius: 8px; padding: 1px; }
QTextBrowser:focus { border: 2px solid %7; padding: 0; }
QHeaderView::section {
    background: %3; color: %5; border: none; border-bottom: 1px solid %6; padding: 6px 8px;
}
QScrollArea { background: transparent; border: none; }
QScrollArea:focus { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: %6; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: %5; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: %6; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: %5; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: none; border-radius: 3px; background: %3; max-height: 6px; }
QProgressBar::chunk { background: %7; border-radius: 3px; }
QToolTip { background: %2; color: %4; border: 1px solid %6; padding: 4px; }
QMenu { background: %2; color: %4; border: 1px solid %6; padding: 4px; }
QMenu::item { padding: 6px 20px; border-radius: 4px; }
QMenu::item:selected { background: %7; color: %8; }
QStatusBar { background: %2; color: %5; border-top: 1px solid %6; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 0 8px; }
)";

} // namespace

QString styleSheetOf(const ThemeColors& colors)
{
    return QString::fromUtf16(kSheet).arg(
        colors.page.name(),
        colors.surface.name(),
        colors.sunken.name(),
        colors.text.name(),
        colors.muted.name(),
        colors.border.name(),
        colors.accent.name(),
        colors.onAccent.name());
}

} // namespace countersign::ui
