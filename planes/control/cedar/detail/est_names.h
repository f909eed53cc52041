#pragma once

#include "planes/control/cedar/ast.h"

#include <array>
#include <optional>
#include <string_view>

namespace countersign::cedar::detail {

struct EstName
{
    ExprKind kind;
    std::string_view name;
};

/// The operators whose JSON form is an object with `left` and `right`, or with `arg`, and those of
/// attributes.
inline constexpr std::array<EstName, 22> kEstNames = {
    {{ExprKind::Or, "||"},
     {ExprKind::And, "&&"},
     {ExprKind::Not, "!"},
     {ExprKind::Negate, "neg"},
     {ExprKind::Equal, "=="},
     {ExprKind::NotEqual, "!="},
     {ExprKind::Less, "<"},
     {ExprKind::LessEqual, "<="},
     {ExprKind::Greater, ">"},
     {ExprKind::GreaterEqual, ">="},
     {ExprKind::In, "in"},
     {ExprKind::Add, "+"},
     {ExprKind::Subtract, "-"},
     {ExprKind::Multiply, "*"},
     {ExprKind::Has, "has"},
     {ExprKind::GetAttribute, "."},
     {ExprKind::Contains, "contains"},
     {ExprKind::ContainsAll, "containsAll"},
     {ExprKind::ContainsAny, "containsAny"},
     {ExprKind::IsEmpty, "isEmpty"},
     {ExprKind::GetTag, "getTag"},
     {ExprKind::HasTag, "hasTag"}}};

[[nodiscard]] constexpr std::string_view estName(ExprKind kind)
{
    for (const EstName& one : kEstNames) {
        if (one.kind == kind)
            return one.name;
    }
    return {};
}

[[nodiscard]] constexpr std::optional<ExprKind> estKind(std::string_view name)
{
    for (const EstName& one : kEstNames) {
        if (one.name == name)
            return one.kind;
    }
    return std::nullopt;
}

} // namespace countersign::cedar::detail
