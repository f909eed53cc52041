#pragma once

#include "planes/control/cedar/ext_call.h"
#include "planes/control/cedar/lex.h"
#include "planes/control/cedar/uid.h"
#include "planes/control/cedar/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Policies as they are written: no operator is replaced by another one, so text and JSON can be
/// made from them again.
namespace countersign::cedar {

/// The height of the highest expression. Each operand is one lower than its operator, so `a && b &&
/// c` has the height 3. Whoever walks a tree may recurse.
inline constexpr std::uint32_t kExpressionHeightMax = 500;

enum class ExprKind : std::uint8_t {
    Literal,      ///< value: bool, integer, string or uid
    Variable,     ///< variable
    If,           ///< condition, then, else
    Or,           ///< left, right
    And,          ///< left, right
    Not,          ///< operand
    Negate,       ///< operand
    Equal,        ///< left, right
    NotEqual,     ///< left, right
    Less,         ///< left, right
    LessEqual,    ///< left, right
    Greater,      ///< left, right
    GreaterEqual, ///< left, right
    In,           ///< left, right
    Add,          ///< left, right
    Subtract,     ///< left, right
    Multiply,     ///< left, right
    Has,          ///< object; texts: one attribute or, for `e has a.b.c`, several
    Like,         ///< operand; texts: the literal runs of the pattern, see unescapePattern()
    Is,           ///< operand, maybe the ancestor of `is T in e`; texts: the type path
    GetAttribute, ///< object; texts: the attribute
    Contains,     ///< object, argument
    ContainsAll,  ///< object, argument
    ContainsAny,  ///< object, argument
    IsEmpty,      ///< object
    GetTag,       ///< object, argument
    HasTag,       ///< object, argument
    Set,          ///< elements
    Record,       ///< values; texts: their keys, unique, in the same order
    Call,         ///< function; arguments, the object of a method first, maybe too many or too few
};

enum class Variable : std::uint8_t {
    Principal,
    Action,
    Resource,
    Context
};

/// `principal`, `action`, `resource`, `context`.
[[nodiscard]] std::string_view variableName(Variable variable);

/// Index of a node in its tree.
using ExprId = std::uint32_t;

/// One node of an expression; see ExprKind for what each kind uses.
struct ExprNode
{
    ExprKind kind = ExprKind::Literal;
    Variable variable = Variable::Principal;
    ExtensionFunction function = ExtensionFunction::Decimal;
    std::uint32_t height = 1; ///< Set by ExprTree::add().
    SourcePosition position;  ///< Of its first token.
    Value value;
    std::vector<std::string> texts;
    std::vector<ExprId> operands;
};

/// The expressions of one policy, in one piece: operands have smaller ids than their operators, and
/// nothing recurses when it is destroyed.
class ExprTree
{
public:
    /// Errors: LimitExceeded (rule `cedar.depth`) beyond kExpressionHeightMax.
    [[nodiscard]] Result<ExprId> add(ExprNode node);

    [[nodiscard]] const ExprNode& node(ExprId id) const { return m_nodes[id]; }
    [[nodiscard]] const ExprNode& operand(const ExprNode& node, std::size_t index) const
    {
        return m_nodes[node.operands[index]];
    }
    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }

private:
    std::vector<ExprNode> m_nodes;
};

/// The same expression; positions do not count.
[[nodiscard]] bool
isSameExpression(const ExprTree& leftTree, ExprId left, const ExprTree& rightTree, ExprId right);

enum class Effect : std::uint8_t {
    Permit,
    Forbid
};

/// `permit`, `forbid`.
[[nodiscard]] std::string_view effectName(Effect effect);

enum class ScopeKind : std::uint8_t {
    Any,
    Equal,
    In,
    InAny, ///< `in [uid, …]`, actions only.
    Is,    ///< Principal and resource only, as IsIn.
    IsIn,
};

/// What the scope says about one variable.
struct Scope
{
    ScopeKind kind = ScopeKind::Any;
    bool hasSlot = false;            ///< Equal, In and IsIn: the slot of the variable, not a uid.
    std::vector<EntityUid> entities; ///< Equal, In, IsIn: one unless hasSlot; InAny: any number.
    std::string type;                ///< Is and IsIn.
    SourcePosition position;

    /// Positions do not count.
    bool operator==(const Scope& other) const
    {
        return kind == other.kind && hasSlot == other.hasSlot && entities == other.entities
               && type == other.type;
    }
};

struct Condition
{
    bool isUnless = false;
    ExprId body = 0;
    SourcePosition position;
};

struct Annotation
{
    std::string key;
    std::string value;
    bool hasValue = true; ///< False for `@key` alone, which means the value "".

    bool operator==(const Annotation&) const = default;
};

/// A policy or, when a slot occurs in it, a template.
struct Policy
{
    std::string id;
    Effect effect = Effect::Permit;
    std::vector<Annotation> annotations; ///< As written; unique keys.
    Scope principal;
    Scope action;
    Scope resource;
    std::vector<Condition> conditions; ///< In the order of the text.
    ExprTree expressions;
    SourcePosition position;

    [[nodiscard]] bool isTemplate() const { return principal.hasSlot || resource.hasSlot; }
    /// The value of an annotation, or nothing.
    [[nodiscard]] std::optional<std::string_view> annotation(std::string_view key) const;
};

/// The same policy: everything but id and positions; annotations in any order.
[[nodiscard]] bool isSamePolicy(const Policy& left, const Policy& right);

/// A template with values for exactly its slots.
struct TemplateLink
{
    std::string templateId;
    std::string id;
    std::optional<EntityUid> principal;
    std::optional<EntityUid> resource;

    bool operator==(const TemplateLink&) const = default;
};

/// Policies, templates and links of one set.
struct PolicyDocument
{
    std::vector<Policy> policies; ///< Templates among them.
    std::vector<TemplateLink> links;
};

} // namespace countersign::cedar
