#pragma once

#include "ui/backend.h"
#include "ui/theme/icon.h"

#include <QString>
#include <QWidget>

namespace countersign::ui {

/// One entry of the navigation. A page lays out, shows and emits what the person wants; MainWindow
/// connects it. It gets its Backend and Clock in its own constructor, keeps nothing open while it
/// is not shown, and on QEvent::LanguageChange (changeEvent) sets its texts again. Its objectName
/// is stable: tests and settings use it.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Name in the navigation, in the language of now.
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual Icon pageIcon() const = 0;
    /// It is shown now: load or refresh, and put the focus where work begins. Returns at once.
    virtual void activate() = 0;

Q_SIGNALS:
    /// Show this decision; the way back leads here.
    void openDecisionRequested(const QString& decisionId);
    /// Sign an order about a run of that decision: the sign dialog follows.
    void orderRequested(const QString& decisionId, const countersign::ui::OrderIntent& order);
    /// A line for the status bar.
    void noticeRaised(const QString& text);
};

} // namespace countersign::ui
