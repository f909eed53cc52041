#pragma once

namespace countersign::ui {

/// How a fact should feel. The theme gives each tone a colour and an icon, so that colour never
/// stands alone.
enum class Tone {
    Neutral,
    Accent,
    Good,
    Caution,
    Danger,
};

} // namespace countersign::ui
