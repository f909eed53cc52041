#pragma once

#include "ui/format/tone.h"

#include <QLabel>
#include <QTextDocument>

namespace countersign::ui {

/// Wrapping text that hides nothing: each paragraph takes its own direction, the height follows the
/// width, and nothing is cut. What somebody else wrote goes through setForeign(): always plain
/// text, hidden characters shown as labels. Screen readers get the same text.
class ProseLabel : public QLabel
{
    Q_OBJECT

public:
    enum class Look {
        Body,
        Lead,    ///< The sentence that matters most.
        Heading, ///< Title of a card or step.
        Muted,
        Code, ///< Fixed width, left to right.
    };

    explicit ProseLabel(Look look = Look::Body, QWidget* parent = nullptr);

    /// Text of ours; isolates in it work.
    void setOwn(const QString& text);
    /// Text that came with a document.
    void setForeign(const QString& text);
    /// Colours the text; Neutral is the ordinary colour.
    void setTone(Tone tone);
    /// Begins at the interface's side whatever the direction of the text: for titles and cells of a
    /// table. Prose of more than one line begins at its own.
    void setFlush(bool flush);
    /// Widest line in pixels; 0 for as wide as it gets.
    void setLineWidth(int pixels);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void rebuild();
    [[nodiscard]] qreal leftOf(int inner) const;
    void applyLook();

    Look m_look;
    Tone m_tone = Tone::Neutral;
    QString m_source;
    bool m_foreign = false;
    bool m_flush = false;
    int m_lineWidth = 0;
    mutable QTextDocument m_document;
};

} // namespace countersign::ui
