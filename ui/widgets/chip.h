#pragma once

#include "ui/format/tone.h"
#include "ui/theme/icon.h"

#include <QLabel>

#include <optional>

namespace countersign::ui {

/// A short fact with icon and colour. Wraps when it must; its text is what readers speak.
class Chip : public QLabel
{
    Q_OBJECT

public:
    explicit Chip(QWidget* parent = nullptr);

    /// `mark` stands before the words: the code of a class; may be empty.
    void
    set(const QString& words, Tone tone, std::optional<Icon> icon = {}, const QString& mark = {});

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int textLeft() const;

    QString m_words;
    QString m_mark;
    Tone m_tone = Tone::Neutral;
    std::optional<Icon> m_icon;
};

} // namespace countersign::ui
