#pragma once

#include "models/instant.h"
#include "models/json.h"

#include <QString>
#include <QStringList>

#include <optional>

/// Reading members of stored documents for display. They have passed their schema; what is missing
/// all the same shows as nothing and never stops the console.
namespace countersign::ui {

/// The member, or a null value.
[[nodiscard]] const Json& member(const Json& object, const char* key);
/// Array member; an empty array when it is none.
[[nodiscard]] const Json& listMember(const Json& object, const char* key);
[[nodiscard]] QString prose(const Json& object, const char* key);
[[nodiscard]] QStringList proseList(const Json& object, const char* key);
[[nodiscard]] double numberMember(const Json& object, const char* key, double otherwise = 0);
[[nodiscard]] int intMember(const Json& object, const char* key, int otherwise = 0);
[[nodiscard]] bool boolMember(const Json& object, const char* key);
[[nodiscard]] std::optional<Instant> instantMember(const Json& object, const char* key);
/// Display name of an actor, or its id.
[[nodiscard]] QString actorName(const Json& actor);
/// `money` object as text, or empty.
[[nodiscard]] QString moneyMember(const Json& object, const char* key);

} // namespace countersign::ui
