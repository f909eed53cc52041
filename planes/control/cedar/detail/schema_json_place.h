#pragma once

#include "models/json.h"
#include "models/result.h"

#include <initializer_list>
#include <string>
#include <string_view>

/// Members of a JSON schema and where they stand.
namespace countersign::cedar {

/// A JSON value and where it stands.
struct JsonPlace
{
    const Json& value;
    std::string pointer;

    [[nodiscard]] JsonPlace child(const std::string& key, const Json& member) const
    {
        return {member, pointer + "/" + pointerToken(key)};
    }
    [[nodiscard]] JsonPlace element(std::size_t index) const
    {
        return {value[index], pointer + "/" + std::to_string(index)};
    }
};

/// A refusal of that place.
[[nodiscard]] Failure refuseAt(const JsonPlace& place, std::string rule, std::string detail);
[[nodiscard]] Failure wrongKindAt(const JsonPlace& place, const std::string& expected);
/// An object with no other members than these.
[[nodiscard]] Result<void>
checkMembers(const JsonPlace& place, std::initializer_list<std::string_view> allowed);
/// The member, or nullptr; null counts as absent.
[[nodiscard]] const Json* memberOf(const JsonPlace& place, const char* key);
[[nodiscard]] Result<JsonPlace> neededMember(const JsonPlace& place, const char* key);
[[nodiscard]] Result<std::string> textOf(const JsonPlace& place);
/// The name of a type.
[[nodiscard]] Result<std::string> referenceOf(const JsonPlace& place);

} // namespace countersign::cedar
