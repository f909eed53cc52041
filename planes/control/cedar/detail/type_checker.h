#pragma once

#include "planes/control/cedar/detail/expression_classes.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/validate.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::cedar {

/// One combination of types that a request may have.
struct TypingEnvironment
{
    const ActionModel* action = nullptr;
    const EntityTypeModel* principal = nullptr;
    const EntityTypeModel* resource = nullptr;

    [[nodiscard]] std::string text() const;
};

/// What validation counts and collects over all policies.
class FindingList
{
public:
    void startPolicy(std::string policyId);
    /// What is found from now on is found for this one; nothing: for all.
    void startEnvironment(std::optional<TypingEnvironment> environment)
    {
        m_environment = environment;
    }
    /// Keeps what is new, up to kFindingCountMax for a policy.
    void
    add(FindingSeverity severity,
        const char* rule,
        SourcePosition position,
        std::string message,
        std::string help = {});
    /// False when there have been too many; that is a finding of its own.
    [[nodiscard]] bool countStep();
    [[nodiscard]] bool isExhausted() const { return m_stepCount > kTypingStepCountMax; }
    [[nodiscard]] std::vector<Finding> take();

private:
    /// Puts the findings of the policy into the order of its text.
    void endPolicy();

    std::vector<Finding> m_findings;
    std::size_t m_firstOfPolicy = 0;
    std::string m_policyId;
    std::optional<TypingEnvironment> m_environment;
    std::set<std::pair<std::uint32_t, std::string>> m_seen; ///< Offset, rule and message.
    std::size_t m_stepCount = 0;
};

/// The type of an expression in one environment.
struct Typed
{
    std::optional<TypeId> type; ///< Also the most likely one after an error.
    bool isSound = true;        ///< No error in it.
    std::vector<ClassId> holds; ///< The `has` and hasTag that hold when it is true; sorted.

    [[nodiscard]] bool is(TypeKind kind) const { return type == simpleType(kind); }
};

/// Types the conditions of one policy.
class TypeChecker
{
public:
    TypeChecker(
        const Schema& schema, TypeTable& types, const Policy& policy, FindingList& findings);

    /// All conditions joined by `&&`.
    [[nodiscard]] Typed conditions(const TypingEnvironment& environment);

    /// `left && right`, both typed already; left is not False.
    [[nodiscard]] static Typed both(const Typed& left, Typed right);

private:
    [[nodiscard]] Typed typeOf(ExprId id);
    [[nodiscard]] Typed typeBool(ExprId id);
    [[nodiscard]] Typed typeLiteral(const ExprNode& node);
    [[nodiscard]] Typed typeVariable(const ExprNode& node);
    [[nodiscard]] Typed typeIf(const ExprNode& node);
    [[nodiscard]] Typed typeAnd(const ExprNode& node);
    [[nodiscard]] Typed typeOr(const ExprNode& node);
    [[nodiscard]] Typed typeNot(const ExprNode& node);
    [[nodiscard]] Typed typeSet(const ExprNode& node);
    [[nodiscard]] Typed typeRecord(const ExprNode& node);
    [[nodiscard]] Typed typeEqual(const ExprNode& node);
    [[nodiscard]] Typed typeComparison(const ExprNode& node);
    [[nodiscard]] Typed typeArithmetic(const ExprNode& node);
    [[nodiscard]] Typed typeIn(const ExprNode& node);
    [[nodiscard]] Typed typeMembership(const Typed& left, ExprId leftId, ExprId rightId);
    [[nodiscard]] Typed typeIs(const ExprNode& node);
    [[nodiscard]] Typed typeHas(ExprId id, const ExprNode& node);
    [[nodiscard]] Typed typeGetAttribute(ExprId id, const ExprNode& node);
    [[nodiscard]] Typed typeHasTag(ExprId id, const ExprNode& node);
    [[nodiscard]] Typed typeGetTag(ExprId id, const ExprNode& node);
    [[nodiscard]] Typed typeContains(const ExprNode& node);
    [[nodiscard]] Typed typeContainsSet(const ExprNode& node);
    [[nodiscard]] Typed typeSimpleOperand(const ExprNode& node, TypeKind kind);
    [[nodiscard]] Typed typeCall(const ExprNode& node);
    [[nodiscard]] Typed typeConstructor(const ExprNode& node, TypeKind result);

    /// `object has name`, for an object of the type; `guard` is what it promises.
    [[nodiscard]] Typed
    hasAttribute(TypeId object, const std::string& name, ClassId guard, const ExprNode& node);
    /// The attribute of a record or an entity type, or nullptr.
    [[nodiscard]] const AttributeType* attributeOf(TypeId object, const std::string& name) const;
    [[nodiscard]] const EntityTypeModel* modelOf(TypeId type) const;
    /// The uid a literal, or `action`, stands for.
    [[nodiscard]] std::optional<EntityUid> literalUid(ExprId id) const;
    [[nodiscard]] std::optional<std::vector<EntityUid>> literalUids(ExprId id) const;
    [[nodiscard]] std::optional<Value> literalValue(ExprId id) const;

    void assume(const std::vector<ClassId>& classes);
    void forget(const std::vector<ClassId>& classes);
    [[nodiscard]] bool isAssumed(ClassId guard) const { return m_assumed[guard] > 0; }

    /// Reports that the operand has another type than one of these, unless its type is not known.
    [[nodiscard]] bool
    expect(const Typed& typed, ExprId id, bool isExpected, std::string_view expected);
    void report(const char* rule, const ExprNode& node, std::string message, std::string help = {});
    [[nodiscard]] bool joinOrReport(const Typed& left, const Typed& right, const ExprNode& node);
    [[nodiscard]] std::string typeText(const std::optional<TypeId>& type) const;

    const Schema& m_schema;
    TypeTable& m_types;
    const Policy& m_policy;
    const ExprTree& m_tree;
    FindingList& m_findings;
    ExpressionClasses m_classes;
    TypingEnvironment m_environment;
    std::vector<std::uint32_t> m_assumed; ///< By class: how often it holds where we are.
};

} // namespace countersign::cedar
