#pragma once

#include "models/json_reader.h"
#include "planes/control/cedar/ast.h"

#include <string>
#include <string_view>

/// Pieces of the JSON form of policies. Errors of all: InvalidInput (rule `type`, `required`,
/// `additionalProperties`, `cedar.policy_json`); the pointer names the place.
namespace countersign::cedar::detail {

/// A refusal of what no rule of JSON itself forbids.
[[nodiscard]] Failure refusePolicy(const JsonReader& place, std::string detail);
/// The member, which has to be there. `place` and `key` outlive it.
[[nodiscard]] Result<JsonReader> requiredMember(const JsonReader& place, std::string_view key);
[[nodiscard]] Result<std::string> requiredText(const JsonReader& place, std::string_view key);
/// The text of a member that is a type path.
[[nodiscard]] Result<std::string> requiredTypePath(const JsonReader& place, std::string_view key);
/// `{"type", "id"}`, maybe inside `__entity`.
[[nodiscard]] Result<EntityUid> readUid(const JsonReader& place);

/// Reads one expression; its nodes are added to the tree. Errors: LimitExceeded (rule
/// `cedar.depth`) as well.
[[nodiscard]] Result<ExprId> readExpression(const JsonReader& place, ExprTree& tree);

} // namespace countersign::cedar::detail
