#pragma once

#include "ui/format/tone.h"

#include <QFrame>

class QHBoxLayout;
class QPushButton;

namespace countersign::ui {

class IconLabel;
class ProseLabel;

/// A message across the page: icon, colour and words, with one action if there is something to do.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    /// Shows the message; an empty one hides the banner. `details` stands below, smaller.
    void say(Tone tone, const QString& message, const QString& details = {});
    /// The button's text; empty for none.
    void setAction(const QString& text);

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone = Tone::Neutral;
    IconLabel* m_icon;
    ProseLabel* m_message;
    ProseLabel* m_details;
    QPushButton* m_action;
};

} // namespace countersign::ui
