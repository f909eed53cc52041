#include "planes/control/cedar/detail/schema_json_place.h"

#include "planes/control/cedar/schema_document.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

Failure refuseAt(const JsonPlace& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.pointer);
}

Failure wrongKindAt(const JsonPlace& place, const std::string& expected)
{
    return refuseAt(place, "cedar.schema.kind", "expected " + expected + " here");
}

Result<void> checkMembers(const JsonPlace& place, std::initializer_list<std::string_view> allowed)
{
    if (!place.value.is_object())
        return wrongKindAt(place, "an object");
    for (const auto& item : place.value.items()) {
        if (std::find(allowed.begin(), allowed.end(), item.key()) != allowed.end())
            continue;
        std::string list;
        for (const std::string_view name : allowed)
            list += (list.empty() ? "" : ", ") + std::string(name);
        return refuseAt(
            place.child(item.key(), item.value()),
            "cedar.schema.member",
            "the member " + cedar::quoted(item.key()) + " is unknown here; known are " + list);
    }
    return {};
}

const Json* memberOf(const JsonPlace& place, const char* key)
{
    const auto found = place.value.find(key);
    return found == place.value.end() || found->is_null() ? nullptr : &*found;
}

Result<JsonPlace> neededMember(const JsonPlace& place, const char* key)
{
    const auto found = place.value.find(key);
    if (found == place.value.end())
        return refuseAt(
            place, "cedar.schema.member", "the member " + cedar::quoted(key) + " is missing");
    return place.child(key, *found);
}

Result<std::string> textOf(const JsonPlace& place)
{
    if (!place.value.is_string())
        return wrongKindAt(place, "a string");
    return place.value.get<std::string>();
}

Result<std::string> referenceOf(const JsonPlace& place)
{
    CS_TRY(std::string text, textOf(place));
    if (!isTypeReference(text))
        return refuseAt(
            place,
            "cedar.schema.name",
            cedar::quoted(text) + " is no type name; write for example Company::User");
    return text;
}

} // namespace countersign::cedar
