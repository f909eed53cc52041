#pragma once

#include "models/json.h"
#include "planes/control/cedar/ast.h"

#include <string>
#include <vector>

/// The JSON form of policies and policy sets, both ways. Operators stay as they were written.
namespace countersign::cedar {

/// What parseJson() has to let through for the JSON form of any policy that the text form can hold:
/// each level of an expression takes at most three levels of JSON.
inline constexpr JsonLimits kPolicyJsonLimits = {
    .byteCountMax = std::size_t{16} * 1024 * 1024,
    .depthMax = 3 * kExpressionHeightMax + 16,
    .valueCountMax = 2'000'000,
    .refusesNegativeZero = true};

/// The policy without its id.
[[nodiscard]] Json policyJson(const Policy& policy);
/// One expression.
[[nodiscard]] Json expressionJson(const ExprTree& tree, ExprId id);
/// `{"staticPolicies": {id: …}, "templates": {id: …}, "templateLinks": […]}`
[[nodiscard]] Json policySetJson(const PolicyDocument& document);

/// Reads one policy. Unknown members are refused. Errors: InvalidInput (rule `cedar.policy_json`,
/// the pointer names the place), LimitExceeded (rule `cedar.depth`).
[[nodiscard]] Result<Policy> policyFromJson(const Json& json, std::string id);
/// Reads a policy set; policies and templates sorted by id. Errors: as policyFromJson.
[[nodiscard]] Result<PolicyDocument> policySetFromJson(const Json& json);
/// Reads a list of template links. Errors: as policyFromJson.
[[nodiscard]] Result<std::vector<TemplateLink>> linksFromJson(const Json& json);
/// The list that linksFromJson() reads.
[[nodiscard]] Json linksJson(const std::vector<TemplateLink>& links);

} // namespace countersign::cedar
