#pragma once

#include "models/json.h"

#include <string>

namespace countersign::testing {

/// Sets the value at a JSON pointer to `text`, which is JSON; empty takes it out.
inline void change(Json& document, const std::string& pointer, const std::string& text)
{
    const Json::json_pointer place(pointer);
    if (!text.empty()) {
        document[place] = parseJson(text).value();
        return;
    }
    Json& parent = document[place.parent_pointer()];
    if (parent.is_array())
        parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
    else
        parent.erase(place.back());
}

} // namespace countersign::testing
