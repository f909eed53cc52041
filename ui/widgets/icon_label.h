#pragma once

#include "ui/format/tone.h"
#include "ui/theme/icon.h"

#include <QWidget>

namespace countersign::ui {

/// An icon that says nothing by itself: the words stand beside it. Readers skip it.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(Icon icon, QWidget* parent = nullptr);

    void set(Icon icon, Tone tone);
    void setMuted(bool muted);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    Tone m_tone = Tone::Neutral;
    bool m_muted = false;
};

} // namespace countersign::ui
