#include "planes/control/cedar/detail/est_names.h"
#include "planes/control/cedar/detail/utf8.h"
#include "planes/control/cedar/est.h"

#include <utility>

namespace countersign::cedar {

namespace {

/// An object of one member.
Json member(std::string_view key, Json value)
{
    Json object = Json::object();
    object[std::string(key)] = std::move(value);
    return object;
}

Json uidJson(const EntityUid& uid)
{
    Json object = Json::object();
    object["type"] = uid.type();
    object["id"] = uid.id();
    return object;
}

/// Recursion is bounded by kExpressionHeightMax.
class Writer
{
public:
    explicit Writer(const ExprTree& tree)
        : m_tree(tree)
    {}

    [[nodiscard]] Json write(const ExprNode& node) const
    {
        switch (node.kind) {
        case ExprKind::Literal:
            return member("Value", valueJson(node.value));
        case ExprKind::Variable:
            return member("Var", std::string(variableName(node.variable)));
        case ExprKind::If: {
            Json branches = Json::object();
            branches["if"] = operand(node, 0);
            branches["then"] = operand(node, 1);
            branches["else"] = operand(node, 2);
            return member("if-then-else", std::move(branches));
        }
        case ExprKind::Not:
        case ExprKind::Negate:
        case ExprKind::IsEmpty:
            return member(detail::estName(node.kind), member("arg", operand(node, 0)));
        case ExprKind::Has:
        case ExprKind::GetAttribute:
            return writeAttribute(node);
        case ExprKind::Like:
            return writeLike(node);
        case ExprKind::Is:
            return writeIs(node);
        case ExprKind::Set:
            return member("Set", operands(node));
        case ExprKind::Record: {
            Json members = Json::object();
            for (std::size_t i = 0; i < node.operands.size(); ++i)
                members[node.texts[i]] = operand(node, i);
            return member("Record", std::move(members));
        }
        case ExprKind::Call:
            return member(functionName(node.function), operands(node));
        default: {
            Json sides = Json::object();
            sides["left"] = operand(node, 0);
            sides["right"] = operand(node, 1);
            return member(detail::estName(node.kind), std::move(sides));
        }
        }
    }

private:
    [[nodiscard]] Json operand(const ExprNode& node, std::size_t index) const
    {
        return write(m_tree.operand(node, index));
    }

    [[nodiscard]] Json operands(const ExprNode& node) const
    {
        Json list = Json::array();
        for (std::size_t i = 0; i < node.operands.size(); ++i)
            list.push_back(operand(node, i));
        return list;
    }

    [[nodiscard]] Json writeAttribute(const ExprNode& node) const
    {
        Json parts = Json::object();
        parts["left"] = operand(node, 0);
        if (node.texts.size() == 1)
            parts["attr"] = node.texts.front();
        else
            parts["attr"] = node.texts;
        return member(detail::estName(node.kind), std::move(parts));
    }

    [[nodiscard]] Json writeLike(const ExprNode& node) const
    {
        Json pattern = Json::array();
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            if (i > 0)
                pattern.push_back("Wildcard");
            std::string_view rest = node.texts[i];
            while (!rest.empty()) {
                std::string character;
                detail::appendUtf8(character, detail::takeCodePoint(rest));
                pattern.push_back(member("Literal", std::move(character)));
            }
        }
        Json parts = Json::object();
        parts["left"] = operand(node, 0);
        parts["pattern"] = std::move(pattern);
        return member("like", std::move(parts));
    }

    [[nodiscard]] Json writeIs(const ExprNode& node) const
    {
        Json parts = Json::object();
        parts["left"] = operand(node, 0);
        parts["entity_type"] = node.texts.front();
        if (node.operands.size() > 1)
            parts["in"] = operand(node, 1);
        return member("is", std::move(parts));
    }

    const ExprTree& m_tree;
};

void writeTarget(Json& object, Variable variable, const Scope& scope)
{
    if (scope.hasSlot)
        object["slot"] = '?' + std::string(variableName(variable));
    else
        object["entity"] = uidJson(scope.entities.front());
}

Json scopeJson(Variable variable, const Scope& scope)
{
    Json object = Json::object();
    switch (scope.kind) {
    case ScopeKind::Any:
        object["op"] = "All";
        break;
    case ScopeKind::Equal:
    case ScopeKind::In:
        object["op"] = scope.kind == ScopeKind::Equal ? "==" : "in";
        writeTarget(object, variable, scope);
        break;
    case ScopeKind::InAny: {
        Json entities = Json::array();
        for (const EntityUid& uid : scope.entities)
            entities.push_back(uidJson(uid));
        object["op"] = "in";
        object["entities"] = std::move(entities);
        break;
    }
    case ScopeKind::Is:
    case ScopeKind::IsIn:
        object["op"] = "is";
        object["entity_type"] = scope.type;
        if (scope.kind == ScopeKind::IsIn) {
            Json target = Json::object();
            writeTarget(target, variable, scope);
            object["in"] = std::move(target);
        }
        break;
    }
    return object;
}

} // namespace

Json expressionJson(const ExprTree& tree, ExprId id)
{
    return Writer(tree).write(tree.node(id));
}

Json policyJson(const Policy& policy)
{
    Json json = Json::object();
    json["effect"] = std::string(effectName(policy.effect));
    json["principal"] = scopeJson(Variable::Principal, policy.principal);
    json["action"] = scopeJson(Variable::Action, policy.action);
    json["resource"] = scopeJson(Variable::Resource, policy.resource);
    Json conditions = Json::array();
    for (const Condition& condition : policy.conditions) {
        Json one = Json::object();
        one["kind"] = condition.isUnless ? "unless" : "when";
        one["body"] = expressionJson(policy.expressions, condition.body);
        conditions.push_back(std::move(one));
    }
    json["conditions"] = std::move(conditions);
    if (policy.annotations.empty())
        return json;
    Json annotations = Json::object();
    for (const Annotation& annotation : policy.annotations)
        annotations[annotation.key] = annotation.hasValue ? Json(annotation.value) : Json(nullptr);
    json["annotations"] = std::move(annotations);
    return json;
}

Json linksJson(const std::vector<TemplateLink>& links)
{
    Json list = Json::array();
    for (const TemplateLink& link : links) {
        Json values = Json::object();
        if (link.principal)
            values["?principal"] = uidJson(*link.principal);
        if (link.resource)
            values["?resource"] = uidJson(*link.resource);
        Json one = Json::object();
        one["templateId"] = link.templateId;
        one["newId"] = link.id;
        one["values"] = std::move(values);
        list.push_back(std::move(one));
    }
    return list;
}

Json policySetJson(const PolicyDocument& document)
{
    Json statics = Json::object();
    Json templates = Json::object();
    for (const Policy& policy : document.policies)
        (policy.isTemplate() ? templates : statics)[policy.id] = policyJson(policy);
    Json json = Json::object();
    json["staticPolicies"] = std::move(statics);
    json["templates"] = std::move(templates);
    json["templateLinks"] = linksJson(document.links);
    return json;
}

} // namespace countersign::cedar
