#pragma once

#include <QString>
#include <QStringView>

#include <string>
#include <string_view>

/// Text as it goes to the screen: UTF-8 in, direction kept apart. Nothing here makes rich text.
namespace countersign::ui {

[[nodiscard]] QString toQString(std::string_view utf8);
[[nodiscard]] std::string toUtf8(const QString& text);

/// Wrapped so that it reads left to right and does not disturb its neighbours (U+2066 … U+2069).
[[nodiscard]] QString isolateLtr(const QString& text);
/// Wrapped so that it takes its own direction (U+2068 … U+2069).
[[nodiscard]] QString isolateAuto(const QString& text);
/// Direction of the first strong letter, `otherwise` when there is none. Isolated parts do not
/// count, nor do letters inside them (UAX #9, rule P2).
[[nodiscard]] Qt::LayoutDirection
directionOf(QStringView paragraph, Qt::LayoutDirection otherwise = Qt::LeftToRight);

/// A digest or key id in groups of four, isolated: the form every co-signer compares.
[[nodiscard]] QString groupedHex(std::string_view hex);
/// The first eight digits only, for a first look: `3f9a 01bc`.
[[nodiscard]] QString shortHex(std::string_view hex);
/// An identifier, isolated.
[[nodiscard]] QString idText(std::string_view id);
/// A whole number with separators, isolated.
[[nodiscard]] QString countText(qint64 count);
/// 0.66 as `66 %`, isolated.
[[nodiscard]] QString percentText(double fraction);

} // namespace countersign::ui
