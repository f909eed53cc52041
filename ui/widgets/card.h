#pragma once

#include "ui/theme/icon.h"

#include <QFrame>

#include <optional>

class QVBoxLayout;

namespace countersign::ui {

class ProseLabel;

/// A titled surface. What it holds goes into body().
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

    void setTitle(const QString& title, std::optional<Icon> icon = {});
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// Removes everything from the body; titles stay.
    void clearBody();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_head;
    ProseLabel* m_title;
    class IconLabel* m_icon;
    QVBoxLayout* m_body;
};

/// Shows at once what was put into layouts below `root`. Left to themselves, layouts do so from the
/// event loop only, and a page that is built anew shrinks for a moment and loses its place.
void showNow(QWidget& root);

/// Removes and deletes what a layout holds, also nested layouts.
void clearLayout(QLayout* layout);

} // namespace countersign::ui
