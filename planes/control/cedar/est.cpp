#include "planes/control/cedar/est.h"

#include "planes/control/cedar/detail/expression_form.h"
#include "planes/control/cedar/detail/expression_reader.h"
#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/parse.h"

#include <array>
#include <optional>

namespace countersign::cedar {

namespace {

using detail::readUid;
using detail::refusePolicy;
using detail::requiredMember;
using detail::requiredText;

constexpr std::array<std::string_view, 6> kPolicyKeys = {
    "effect", "principal", "action", "resource", "conditions", "annotations"};
constexpr std::array<std::string_view, 6> kScopeKeys = {
    "op", "entity", "entities", "slot", "entity_type", "in"};
constexpr std::array<std::string_view, 2> kTargetKeys = {"entity", "slot"};
constexpr std::array<std::string_view, 2> kConditionKeys = {"kind", "body"};
constexpr std::array<std::string_view, 3> kSetKeys = {
    "staticPolicies", "templates", "templateLinks"};
constexpr std::array<std::string_view, 3> kLinkKeys = {"templateId", "newId", "values"};
constexpr std::array<std::string_view, 2> kSlots = {"?principal", "?resource"};

/// The entity or the slot that a scope compares with.
Result<void> readTarget(const JsonReader& place, Variable variable, Scope& scope)
{
    const auto slot = place.find("slot");
    const auto entity = place.find("entity");
    if (slot.has_value() == entity.has_value())
        return refusePolicy(place, "either an entity or a slot is needed");
    if (slot) {
        CS_TRY(const std::string name, slot->text());
        if (variable == Variable::Action || name != '?' + std::string(variableName(variable)))
            return refusePolicy(*slot, "the slot does not belong here");
        scope.hasSlot = true;
        return {};
    }
    CS_TRY(EntityUid uid, readUid(*entity));
    if (variable == Variable::Action && !isActionType(uid.type()))
        return refusePolicy(*entity, uid.text() + " is no action");
    scope.entities.push_back(std::move(uid));
    return {};
}

Result<void> readEntities(const JsonReader& place, Scope& scope)
{
    CS_CHECK(place.expectArray());
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        const JsonReader element = place.element(i);
        CS_TRY(EntityUid uid, readUid(element));
        if (!isActionType(uid.type()))
            return refusePolicy(element, uid.text() + " is no action");
        scope.entities.push_back(std::move(uid));
    }
    scope.kind = scope.entities.size() == 1 ? ScopeKind::In : ScopeKind::InAny;
    return {};
}

/// How many of a scope's members belong to its form; what is left over would be ignored.
Result<void> expectMemberCount(const JsonReader& place, std::size_t count)
{
    if (place.value().size() != count)
        return refusePolicy(place, "the scope has members that do not belong together");
    return {};
}

Result<void> readIs(const JsonReader& place, Variable variable, Scope& scope)
{
    CS_TRY(scope.type, detail::requiredTypePath(place, "entity_type"));
    const auto ancestor = place.find("in");
    scope.kind = ancestor ? ScopeKind::IsIn : ScopeKind::Is;
    CS_CHECK(expectMemberCount(place, ancestor ? 3 : 2));
    if (!ancestor)
        return {};
    CS_CHECK(ancestor->expectObject(kTargetKeys));
    return readTarget(*ancestor, variable, scope);
}

/// `==` and `in`.
Result<void>
readComparison(const JsonReader& place, std::string_view op, Variable variable, Scope& scope)
{
    CS_CHECK(expectMemberCount(place, 2));
    scope.kind = op == "==" ? ScopeKind::Equal : ScopeKind::In;
    const auto list = place.find("entities");
    if (list && scope.kind == ScopeKind::In && variable == Variable::Action)
        return readEntities(*list, scope);
    return readTarget(place, variable, scope);
}

Result<void> readScope(const JsonReader& policy, Variable variable, Scope& scope)
{
    CS_TRY(const JsonReader place, requiredMember(policy, variableName(variable)));
    CS_CHECK(place.expectObject(kScopeKeys));
    CS_TRY(const std::string op, requiredText(place, "op"));
    if (op == "All")
        return expectMemberCount(place, 1);
    if (op == "==" || op == "in")
        return readComparison(place, op, variable, scope);
    if (op == "is" && variable != Variable::Action)
        return readIs(place, variable, scope);
    return refusePolicy(place, "there is no scope operator " + cedar::quoted(op));
}

Result<void> readCondition(const JsonReader& place, Policy& policy)
{
    CS_CHECK(place.expectObject(kConditionKeys));
    CS_TRY(const std::string kind, requiredText(place, "kind"));
    if (kind != "when" && kind != "unless")
        return refusePolicy(place, "a condition is of the kind when or unless");
    CS_TRY(const JsonReader body, requiredMember(place, "body"));
    Condition condition;
    condition.isUnless = kind == "unless";
    CS_TRY(condition.body, detail::readExpression(body, policy.expressions));
    if (detail::textNesting(policy.expressions, condition.body) > kNestingDepthMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the expression is nested more than " + std::to_string(kNestingDepthMax) + " deep",
            "cedar.depth",
            body.pointer());
    policy.conditions.push_back(condition);
    return {};
}

Result<void> readConditions(const JsonReader& place, Policy& policy)
{
    CS_TRY(const JsonReader conditions, requiredMember(place, "conditions"));
    CS_CHECK(conditions.expectArray());
    for (std::size_t i = 0; i < conditions.value().size(); ++i) {
        const JsonReader condition = conditions.element(i);
        CS_CHECK(readCondition(condition, policy));
    }
    return {};
}

Result<void> readAnnotations(const JsonReader& place, Policy& policy)
{
    if (!place.value().is_object())
        return refusePolicy(place, "an object is expected");
    for (const auto& [key, member] : place.value().items()) {
        const JsonReader value = *place.find(key);
        if (!isIdentifier(key))
            return refusePolicy(value, cedar::quoted(key) + " is not the name of an annotation");
        Annotation annotation{key, {}, !member.is_null()};
        if (annotation.hasValue) {
            CS_TRY(annotation.value, value.text());
        }
        policy.annotations.push_back(std::move(annotation));
    }
    return {};
}

Result<Effect> readEffect(const JsonReader& place)
{
    CS_TRY(const std::string effect, requiredText(place, "effect"));
    if (effect != "permit" && effect != "forbid")
        return refusePolicy(place, "the effect is permit or forbid");
    return effect == "permit" ? Effect::Permit : Effect::Forbid;
}

Result<Policy> readPolicy(const JsonReader& place, std::string id)
{
    CS_CHECK(place.expectObject(kPolicyKeys));
    Policy policy;
    policy.id = std::move(id);
    CS_TRY(policy.effect, readEffect(place));
    CS_CHECK(readScope(place, Variable::Principal, policy.principal));
    CS_CHECK(readScope(place, Variable::Action, policy.action));
    CS_CHECK(readScope(place, Variable::Resource, policy.resource));
    CS_CHECK(readConditions(place, policy));
    if (const auto annotations = place.find("annotations"))
        CS_CHECK(readAnnotations(*annotations, policy));
    return policy;
}

Result<void> readPolicies(
    const JsonReader& document, std::string_view key, bool areTemplates, PolicyDocument& into)
{
    const auto place = document.find(key);
    if (!place)
        return {};
    if (!place->value().is_object())
        return refusePolicy(*place, "an object is expected");
    for (const auto& [id, json] : place->value().items()) {
        const JsonReader member = *place->find(id);
        CS_TRY(Policy policy, readPolicy(member, id));
        if (policy.isTemplate() != areTemplates)
            return refusePolicy(
                member,
                areTemplates ? "a template needs a slot" : "a policy with a slot is a template");
        into.policies.push_back(std::move(policy));
    }
    return {};
}

Result<TemplateLink> readLink(const JsonReader& place)
{
    CS_CHECK(place.expectObject(kLinkKeys));
    TemplateLink link;
    CS_TRY(link.templateId, requiredText(place, "templateId"));
    CS_TRY(link.id, requiredText(place, "newId"));
    CS_TRY(const JsonReader values, requiredMember(place, "values"));
    CS_CHECK(values.expectObject(kSlots));
    if (const auto principal = values.find(kSlots[0])) {
        CS_TRY(link.principal, readUid(*principal));
    }
    if (const auto resource = values.find(kSlots[1])) {
        CS_TRY(link.resource, readUid(*resource));
    }
    return link;
}

Result<std::vector<TemplateLink>> readLinks(const JsonReader& place)
{
    CS_CHECK(place.expectArray());
    std::vector<TemplateLink> links;
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        const JsonReader element = place.element(i);
        CS_TRY(TemplateLink link, readLink(element));
        links.push_back(std::move(link));
    }
    return links;
}

} // namespace

Result<Policy> policyFromJson(const Json& json, std::string id)
{
    return readPolicy(JsonReader(json), std::move(id));
}

Result<PolicyDocument> policySetFromJson(const Json& json)
{
    const JsonReader place(json);
    CS_CHECK(place.expectObject(kSetKeys));
    PolicyDocument document;
    CS_CHECK(readPolicies(place, "staticPolicies", false, document));
    CS_CHECK(readPolicies(place, "templates", true, document));
    if (const auto links = place.find("templateLinks")) {
        CS_TRY(document.links, readLinks(*links));
    }
    return document;
}

Result<std::vector<TemplateLink>> linksFromJson(const Json& json)
{
    return readLinks(JsonReader(json));
}

} // namespace countersign::cedar
