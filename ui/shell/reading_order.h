#pragma once

#include <QList>

class QWidget;

/// The way of the Tab key. Qt follows the order in which widgets were made, so that what a page
/// builds anew would come last, after everything else in the window.
namespace countersign::ui {

/// The controls below `root` that Tab can reach now, as one reads: line by line, from the side
/// where reading begins, each part of the page to its end before the next.
[[nodiscard]] QList<QWidget*> inReadingOrder(const QWidget& root);

/// Gives the focus to the control after (or before) the one that has it, around the ends. False
/// when there is none.
bool moveFocus(QWidget& window, bool forward);

} // namespace countersign::ui
