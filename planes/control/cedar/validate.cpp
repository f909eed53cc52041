#include "planes/control/cedar/validate.h"

#include "planes/control/cedar/detail/scope_checker.h"
#include "planes/control/cedar/detail/type_checker.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace countersign::cedar {

namespace {

/// The variables that conditions speak of. Environments that differ in the others only are alike.
struct UsedVariables
{
    bool principal = false;
    bool action = false;
    bool resource = false;
    bool context = false;
};

UsedVariables usedVariables(const ExprTree& tree)
{
    UsedVariables used;
    for (ExprId id = 0; id < tree.size(); ++id) {
        const ExprNode& node = tree.node(id);
        if (node.kind != ExprKind::Variable)
            continue;
        used.principal = used.principal || node.variable == Variable::Principal;
        used.action = used.action || node.variable == Variable::Action;
        used.resource = used.resource || node.variable == Variable::Resource;
        used.context = used.context || node.variable == Variable::Context;
    }
    return used;
}

class PolicyValidator
{
public:
    PolicyValidator(const Schema& schema, const PolicyDocument& document)
        : m_schema(schema)
        , m_types(schema.types())
    {
        for (const Policy& policy : document.policies)
            if (policy.isTemplate())
                m_templates.emplace(policy.id, &policy);
    }

    void validate(const Policy& policy)
    {
        m_findings.startPolicy(policy.id);
        checkNames(policy);
        checkTypes(policy);
    }

    void validateLink(const TemplateLink& link)
    {
        m_findings.startPolicy(link.id);
        const auto found = m_templates.find(link.templateId);
        if (found == m_templates.end()) {
            m_findings.add(
                FindingSeverity::Error,
                "cedar.validate.template",
                {},
                "there is no template " + cedar::quoted(link.templateId));
            return;
        }
        bool isDeclared = true;
        for (const auto& value : {link.principal, link.resource})
            if (value)
                isDeclared = checkUid(value->data(), {}) && isDeclared;
        if (!isDeclared)
            return;
        ScopeChecker scope(m_schema, *found->second, &link, m_findings);
        if (!canApply(scope))
            warnScope({});
    }

    [[nodiscard]] std::vector<Finding> take() { return m_findings.take(); }

private:
    /// Calls the visitor with every environment until it says false.
    template <class Visitor>
    void forEachEnvironment(const Visitor& visitor)
    {
        const auto types = m_schema.entityTypes();
        for (const ActionModel& action : m_schema.actions())
            for (const std::uint32_t principal : action.principals)
                for (const std::uint32_t resource : action.resources)
                    if (!m_findings.countStep()
                        || !visitor(
                            TypingEnvironment{&action, &types[principal], &types[resource]}))
                        return;
    }

    bool canApply(ScopeChecker& scope)
    {
        bool canApply = false;
        forEachEnvironment([&](const TypingEnvironment& environment) {
            canApply = !scope.typeOf(environment).is(TypeKind::False);
            return !canApply;
        });
        return canApply || m_findings.isExhausted();
    }

    void warnScope(SourcePosition position)
    {
        m_findings.add(
            FindingSeverity::Warning,
            "cedar.validate.no_applicable_action",
            position,
            "no action of the schema applies to what the scope says",
            "compare principal, action and resource with the appliesTo of the action");
        warnImpossible(position);
    }

    void warnImpossible(SourcePosition position)
    {
        m_findings.add(
            FindingSeverity::Warning,
            "cedar.validate.impossible",
            position,
            "the policy can never apply",
            "correct its scope and conditions, or take it out");
    }

    bool checkUid(const UidData& uid, SourcePosition position)
    {
        const auto checked = m_schema.checkUid(uid);
        if (checked.ok())
            return true;
        const std::string& rule = checked.error().rule;
        const char* named = "cedar.validate.unknown_type";
        if (rule == "cedar.schema.unknown_action")
            named = "cedar.validate.unknown_action";
        else if (rule == "cedar.schema.enumerated")
            named = "cedar.validate.enumerated";
        m_findings.add(
            FindingSeverity::Error,
            named,
            position,
            checked.error().detail,
            "correct the name, or declare it in the schema");
        return false;
    }

    void checkType(const std::string& path, SourcePosition position)
    {
        if (m_schema.entityType(path) != nullptr || m_schema.hasActionsOfType(path))
            return;
        m_findings.add(
            FindingSeverity::Error,
            "cedar.validate.unknown_type",
            position,
            "the schema declares no entity type " + path,
            "correct the name, or declare it in the schema");
    }

    /// Also where typing never looks.
    void checkNames(const Policy& policy)
    {
        const std::array<const Scope*, 3> scopes = {
            &policy.principal, &policy.action, &policy.resource};
        for (const Scope* const scope : scopes) {
            if (scope->kind == ScopeKind::Is || scope->kind == ScopeKind::IsIn)
                checkType(scope->type, scope->position);
            for (const EntityUid& uid : scope->entities)
                checkUid(uid.data(), scope->position);
        }
        for (ExprId id = 0; id < policy.expressions.size(); ++id) {
            const ExprNode& node = policy.expressions.node(id);
            if (node.kind == ExprKind::Literal && node.value.is(ValueKind::Uid))
                checkUid(node.value.view().uid(), node.position);
            else if (node.kind == ExprKind::Is)
                checkType(node.texts.front(), node.position);
        }
    }

    void checkTypes(const Policy& policy)
    {
        const UsedVariables used = usedVariables(policy.expressions);
        ScopeChecker scope(m_schema, policy, nullptr, m_findings);
        TypeChecker conditions(m_schema, m_types, policy, m_findings);
        using Key = std::array<std::uint32_t, 4>;
        std::map<Key, bool> isFalseFor;
        bool scopeCanApply = false;
        bool canApply = false;
        forEachEnvironment([&](const TypingEnvironment& environment) {
            m_findings.startEnvironment(environment);
            const Typed typedScope = scope.typeOf(environment);
            if (typedScope.is(TypeKind::False))
                return true;
            scopeCanApply = true;
            const Key key = {
                used.principal ? m_schema.indexOf(*environment.principal) : 0,
                used.resource ? m_schema.indexOf(*environment.resource) : 0,
                used.action ? m_schema.indexOf(*environment.action) : 0,
                used.context ? environment.action->context : 0};
            auto known = isFalseFor.find(key);
            if (known == isFalseFor.end()) {
                const Typed typed = conditions.conditions(environment);
                known = isFalseFor.emplace(key, typed.is(TypeKind::False)).first;
            }
            canApply = canApply || !known->second;
            return true;
        });
        m_findings.startEnvironment(std::nullopt);
        if (m_findings.isExhausted())
            return;
        if (!scopeCanApply)
            warnScope(policy.position);
        else if (!canApply)
            warnImpossible(policy.position);
    }

    const Schema& m_schema;
    TypeTable m_types;
    FindingList m_findings;
    std::map<std::string_view, const Policy*> m_templates;
};

} // namespace

ValidationReport validatePolicies(const Schema& schema, const PolicyDocument& document)
{
    PolicyValidator validator(schema, document);
    for (const Policy& policy : document.policies)
        validator.validate(policy);
    for (const TemplateLink& link : document.links)
        validator.validateLink(link);
    return {validator.take()};
}

} // namespace countersign::cedar
