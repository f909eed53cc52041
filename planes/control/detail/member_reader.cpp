#include "planes/control/detail/member_reader.h"

#include <algorithm>

namespace countersign::control::detail {

Failure Place::refuse(const std::string& what, const std::string& member) const
{
    const std::string at = member.empty() ? pointer : pointer + "/" + pointerToken(member);
    return fail(ErrorCode::InvalidInput, what, rule, at);
}

Result<void> onlyMembers(const Place& place, std::initializer_list<std::string_view> names)
{
    if (!place.value.is_object())
        return place.refuse("an object is expected here");
    for (const auto& [key, value] : place.value.items()) {
        if (std::find(names.begin(), names.end(), key) == names.end())
            return place.refuse("the member \"" + key + "\" is not known here", key);
    }
    return {};
}

Result<Place> member(const Place& place, const std::string& name)
{
    if (!place.value.is_object() || !place.value.contains(name))
        return place.refuse("the member \"" + name + "\" is missing");
    return Place{place.value[name], place.pointer + "/" + pointerToken(name), place.rule};
}

bool has(const Place& place, const std::string& name)
{
    return place.value.is_object() && place.value.contains(name);
}

Result<std::string> textOf(const Place& place, const std::string& name)
{
    CS_TRY(const Place found, member(place, name));
    if (!found.value.is_string() || found.value.get_ref<const std::string&>().empty())
        return found.refuse("text is expected here");
    return found.value.get<std::string>();
}

Result<int> smallNumberOf(const Place& place, const std::string& name, int min, int max)
{
    CS_TRY(const Place found, member(place, name));
    if (!found.value.is_number_integer())
        return found.refuse("a whole number is expected here");
    const auto number = found.value.get<std::int64_t>();
    if (number < min || number > max)
        return found.refuse(
            "the number must lie between " + std::to_string(min) + " and " + std::to_string(max));
    return static_cast<int>(number);
}

Result<bool> flagOf(const Place& place, const std::string& name)
{
    CS_TRY(const Place found, member(place, name));
    if (!found.value.is_boolean())
        return found.refuse("true or false is expected here");
    return found.value.get<bool>();
}

Result<std::vector<Place>> itemsOf(const Place& place, const std::string& name)
{
    CS_TRY(const Place found, member(place, name));
    if (!found.value.is_array())
        return found.refuse("a list is expected here");
    std::vector<Place> items;
    items.reserve(found.value.size());
    for (std::size_t i = 0; i < found.value.size(); ++i)
        items.push_back(Place{found.value[i], found.pointer + "/" + std::to_string(i), place.rule});
    return items;
}

Result<std::vector<std::string>> textsOf(const Place& place, const std::string& name)
{
    CS_TRY(const std::vector<Place> items, itemsOf(place, name));
    std::vector<std::string> texts;
    for (const Place& item : items) {
        if (!item.value.is_string() || item.value.get_ref<const std::string&>().empty())
            return item.refuse("text is expected here");
        texts.push_back(item.value.get<std::string>());
    }
    return texts;
}

} // namespace countersign::control::detail
