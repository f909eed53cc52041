#pragma once

#include "ui/backend.h"

#include <QWidget>

class QVBoxLayout;

namespace countersign::ui {

/// One step on the timeline: a mark on the rail, and everything about the step beside it.
class StepRow : public QWidget
{
    Q_OBJECT

public:
    StepRow(const StepView& step, Instant now, bool isLast, QWidget* parent = nullptr);

    /// Where buttons go, under the attempts.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addAttempt(const AttemptView& attempt);

    StepStatus m_status;
    bool m_isLast;
    QVBoxLayout* m_body;
};

} // namespace countersign::ui
