#include "ui/shell/reading_order.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QTextEdit>
#include <QWidget>

#include <algorithm>

namespace countersign::ui {

namespace {

bool takesTab(const QWidget& control)
{
    return (control.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && control.isEnabled()
           && control.focusProxy() == nullptr;
}

/// What these hold are parts of one control.
bool isWhole(const QWidget& control)
{
    return qobject_cast<const QAbstractItemView*>(&control) != nullptr
           || qobject_cast<const QAbstractSpinBox*>(&control) != nullptr
           || qobject_cast<const QComboBox*>(&control) != nullptr
           || qobject_cast<const QTextEdit*>(&control) != nullptr;
}

QList<QWidget*> visibleChildren(const QWidget& parent)
{
    QList<QWidget*> children = parent.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    children.erase(
        std::remove_if(
            children.begin(),
            children.end(),
            [](const QWidget* child) { return !child->isVisible() || child->isWindow(); }),
        children.end());
    return children;
}

/// Brings one line of widgets into the order of reading and empties it.
void takeLine(QList<QWidget*>& line, Qt::LayoutDirection direction, QList<QWidget*>& ordered)
{
    std::stable_sort(line.begin(), line.end(), [&](const QWidget* a, const QWidget* b) {
        return direction == Qt::LeftToRight ? a->x() < b->x()
                                            : a->geometry().right() > b->geometry().right();
    });
    ordered += line;
    line.clear();
}

QList<QWidget*> orderedChildren(const QWidget& parent)
{
    QList<QWidget*> children = visibleChildren(parent);
    std::stable_sort(children.begin(), children.end(), [](const QWidget* a, const QWidget* b) {
        return a->y() < b->y();
    });
    QList<QWidget*> ordered;
    QList<QWidget*> line;
    int middle = 0;
    for (QWidget* const child : children) {
        // What begins below the middle of the line's first widget is on another line.
        if (!line.isEmpty() && child->y() > middle)
            takeLine(line, parent.layoutDirection(), ordered);
        if (line.isEmpty())
            middle = child->geometry().center().y();
        line << child;
    }
    takeLine(line, parent.layoutDirection(), ordered);
    return ordered;
}

/// `present` counts even when it takes no Tab any more: it was disabled under the focus.
void collect(const QWidget& root, const QWidget* present, QList<QWidget*>& controls)
{
    for (QWidget* const child : orderedChildren(root)) {
        if (child == present || takesTab(*child))
            controls << child;
        if (!isWhole(*child))
            collect(*child, present, controls);
    }
}

/// The first control beside one that is hidden by now, or the first of all.
QWidget* nearest(const QWidget* hidden, const QList<QWidget*>& controls)
{
    const QWidget* around = hidden == nullptr ? nullptr : hidden->parentWidget();
    for (; around != nullptr; around = around->parentWidget()) {
        for (QWidget* const control : controls) {
            if (around->isAncestorOf(control))
                return control;
        }
    }
    return controls.first();
}

} // namespace

QList<QWidget*> inReadingOrder(const QWidget& root)
{
    QList<QWidget*> controls;
    collect(root, nullptr, controls);
    return controls;
}

bool moveFocus(QWidget& window, bool forward)
{
    QWidget* const present = window.focusWidget();
    QList<QWidget*> controls;
    collect(window, present, controls);
    const qsizetype count = controls.size();
    const qsizetype at = controls.indexOf(present);
    if (count == 0 || (count == 1 && at == 0))
        return false;
    QWidget* const next =
        at < 0 ? nearest(present, controls) : controls.at((at + (forward ? 1 : count - 1)) % count);
    next->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace countersign::ui
