#pragma once

#include "ui/format/tone.h"

#include <QIcon>
#include <QPixmap>

namespace countersign::ui {

/// The icons of the console: drawn for it, one colour, stroked with the text colour of where they
/// stand. Files: resources/icons/<name>.svg.
enum class Icon {
    Queue,
    Runs,
    Log,
    Pack,
    People,
    Manual,
    Check,
    Cross,
    Pencil,
    Question,
    Clock,
    Alert,
    Danger,
    Info,
    Lock,
    Gate,
    Undo,
    Play,
    Back,
    Search,
    Doc,
    Link,
    Scale,
    Person,
    Keyboard,
};

/// Follows the palette at every painting, also after the theme changed. Arrows turn round in
/// right-to-left layouts.
[[nodiscard]] QIcon icon(Icon which);
[[nodiscard]] QPixmap iconPixmap(Icon which, const QColor& color, int size, qreal pixelRatio);

/// The icon that goes with a tone, so that colour never stands alone.
[[nodiscard]] Icon toneIcon(Tone tone);

} // namespace countersign::ui
