#pragma once

#include "models/json.h"
#include "models/result.h"

#include <initializer_list>
#include <string>
#include <vector>

/// Reading members of this plane's own documents (roster, policy, request), each refusal with its
/// JSON pointer.
namespace countersign::control::detail {

/// Where in a document we are.
struct Place
{
    const Json& value;
    std::string pointer;
    std::string rule; ///< Prefix of the rules, e.g. `roster`.

    [[nodiscard]] Failure refuse(const std::string& what, const std::string& member = {}) const;
};

/// The object at `place` has only the members named.
[[nodiscard]] Result<void>
onlyMembers(const Place& place, std::initializer_list<std::string_view> names);
[[nodiscard]] Result<Place> member(const Place& place, const std::string& name);
[[nodiscard]] bool has(const Place& place, const std::string& name);
[[nodiscard]] Result<std::string> textOf(const Place& place, const std::string& name);
[[nodiscard]] Result<int>
smallNumberOf(const Place& place, const std::string& name, int min, int max);
[[nodiscard]] Result<bool> flagOf(const Place& place, const std::string& name);
[[nodiscard]] Result<std::vector<std::string>> textsOf(const Place& place, const std::string& name);
/// Each item of the array member as a place of its own.
[[nodiscard]] Result<std::vector<Place>> itemsOf(const Place& place, const std::string& name);

} // namespace countersign::control::detail
