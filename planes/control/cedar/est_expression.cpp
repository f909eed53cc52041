#include "planes/control/cedar/detail/est_names.h"
#include "planes/control/cedar/detail/expression_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace countersign::cedar::detail {

namespace {

using Keys = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> kArgumentKeys = {"arg"};
constexpr std::array<std::string_view, 2> kSideKeys = {"left", "right"};
constexpr std::array<std::string_view, 2> kAttributeKeys = {"left", "attr"};
constexpr std::array<std::string_view, 2> kLikeKeys = {"left", "pattern"};
constexpr std::array<std::string_view, 3> kIsKeys = {"left", "entity_type", "in"};
constexpr std::array<std::string_view, 3> kIfKeys = {"if", "then", "else"};
constexpr std::array<std::string_view, 1> kLiteralKeys = {"Literal"};

class Reader
{
public:
    explicit Reader(ExprTree& tree)
        : m_tree(tree)
    {}

    Result<ExprId> read(const JsonReader& place)
    {
        if (++m_depth > kExpressionHeightMax)
            return fail(
                ErrorCode::LimitExceeded,
                "an expression is nested more than " + std::to_string(kExpressionHeightMax)
                    + " deep",
                "cedar.depth");
        auto id = readOperator(place);
        --m_depth;
        return id;
    }

private:
    Result<ExprId> readOperator(const JsonReader& place)
    {
        if (!place.value().is_object() || place.value().size() != 1)
            return refusePolicy(place, "an expression is an object with one member");
        const std::string& name = place.value().begin().key();
        const JsonReader body = *place.find(name);
        if (name == "Value")
            return readValueOfAnyKind(body);
        if (name == "Var")
            return readVariable(body);
        if (name == "if-then-else")
            return readOperands(body, ExprKind::If, kIfKeys);
        if (name == "like")
            return readLike(body);
        if (name == "is")
            return readIs(body);
        if (name == "Set")
            return readList(body, ExprKind::Set);
        if (name == "Record")
            return readRecord(body);
        if (const auto kind = estKind(name)) {
            const bool isUnary =
                *kind == ExprKind::Not || *kind == ExprKind::Negate || *kind == ExprKind::IsEmpty;
            if (*kind == ExprKind::Has || *kind == ExprKind::GetAttribute)
                return readAttribute(body, *kind);
            return readOperands(body, *kind, isUnary ? Keys(kArgumentKeys) : Keys(kSideKeys));
        }
        if (const auto function = extensionFunction(name))
            return readCall(body, *function);
        return refusePolicy(place, "there is no operator or function " + cedar::quoted(name));
    }

    Result<ExprId> readOperands(const JsonReader& place, ExprKind kind, Keys keys)
    {
        CS_CHECK(place.expectObject(keys));
        ExprNode node;
        node.kind = kind;
        for (const std::string_view key : keys) {
            CS_TRY(const JsonReader operand, requiredMember(place, key));
            CS_TRY(const ExprId id, read(operand));
            node.operands.push_back(id);
        }
        return m_tree.add(std::move(node));
    }

    Result<void> readOperand(const JsonReader& place, std::string_view key, ExprNode& node)
    {
        CS_TRY(const JsonReader operand, requiredMember(place, key));
        CS_TRY(const ExprId id, read(operand));
        node.operands.push_back(id);
        return {};
    }

    Result<ExprId> readList(const JsonReader& place, ExprKind kind, ExtensionFunction function = {})
    {
        CS_CHECK(place.expectArray());
        ExprNode node;
        node.kind = kind;
        node.function = function;
        for (std::size_t i = 0; i < place.value().size(); ++i) {
            const JsonReader element = place.element(i);
            CS_TRY(const ExprId id, read(element));
            node.operands.push_back(id);
        }
        return m_tree.add(std::move(node));
    }

    /// Any number of arguments is read, as from text; but a method needs its object.
    Result<ExprId> readCall(const JsonReader& place, ExtensionFunction function)
    {
        if (!isConstructor(function) && place.value().is_array() && place.value().empty())
            return refusePolicy(place, "a method needs the value it is called on");
        return readList(place, ExprKind::Call, function);
    }

    Result<ExprId> readRecord(const JsonReader& place)
    {
        if (!place.value().is_object())
            return refusePolicy(place, "an object is expected");
        ExprNode node;
        node.kind = ExprKind::Record;
        for (const auto& [key, member] : place.value().items()) {
            CS_CHECK(readOperand(place, key, node));
            node.texts.push_back(key);
        }
        return m_tree.add(std::move(node));
    }

    Result<ExprId> readVariable(const JsonReader& place)
    {
        CS_TRY(const std::string name, place.text());
        for (const Variable variable :
             {Variable::Principal, Variable::Action, Variable::Resource, Variable::Context}) {
            if (variableName(variable) != name)
                continue;
            ExprNode node;
            node.kind = ExprKind::Variable;
            node.variable = variable;
            return m_tree.add(std::move(node));
        }
        return refusePolicy(place, "there is no variable " + cedar::quoted(name));
    }

    /// `attr` is a text or, for `has` with several names, a list.
    Result<ExprId> readAttribute(const JsonReader& place, ExprKind kind)
    {
        CS_CHECK(place.expectObject(kAttributeKeys));
        ExprNode node;
        node.kind = kind;
        CS_CHECK(readOperand(place, "left", node));
        CS_TRY(const JsonReader attribute, requiredMember(place, "attr"));
        if (kind == ExprKind::GetAttribute || !attribute.value().is_array()) {
            CS_TRY(std::string name, attribute.text());
            node.texts.push_back(std::move(name));
            return m_tree.add(std::move(node));
        }
        for (std::size_t i = 0; i < attribute.value().size(); ++i) {
            CS_TRY(std::string name, attribute.element(i).text());
            if (attribute.value().size() > 1 && !isName(name))
                return refusePolicy(
                    attribute.element(i), "several attributes in a row have to be names");
            node.texts.push_back(std::move(name));
        }
        if (node.texts.empty())
            return refusePolicy(attribute, "at least one attribute is needed");
        return m_tree.add(std::move(node));
    }

    Result<ExprId> readLike(const JsonReader& place)
    {
        CS_CHECK(place.expectObject(kLikeKeys));
        ExprNode node;
        node.kind = ExprKind::Like;
        CS_CHECK(readOperand(place, "left", node));
        CS_TRY(const JsonReader pattern, requiredMember(place, "pattern"));
        CS_CHECK(pattern.expectArray());
        node.texts.emplace_back();
        for (std::size_t i = 0; i < pattern.value().size(); ++i) {
            const JsonReader part = pattern.element(i);
            if (part.value() == "Wildcard") {
                node.texts.emplace_back();
                continue;
            }
            CS_CHECK(part.expectObject(kLiteralKeys));
            CS_TRY(const std::string literal, requiredText(part, "Literal"));
            node.texts.back() += literal;
        }
        return m_tree.add(std::move(node));
    }

    Result<ExprId> readIs(const JsonReader& place)
    {
        CS_CHECK(place.expectObject(kIsKeys));
        ExprNode node;
        node.kind = ExprKind::Is;
        CS_CHECK(readOperand(place, "left", node));
        CS_TRY(std::string type, requiredTypePath(place, "entity_type"));
        node.texts.push_back(std::move(type));
        if (place.find("in"))
            CS_CHECK(readOperand(place, "in", node));
        return m_tree.add(std::move(node));
    }

    /// A value inside another one.
    Result<ExprId> readValue(const JsonReader& place)
    {
        if (++m_depth > kExpressionHeightMax)
            return fail(ErrorCode::LimitExceeded, "a value is nested too deep", "cedar.depth");
        auto id = readValueOfAnyKind(place);
        --m_depth;
        return id;
    }

    /// A literal; sets, records and extension values become the expressions that make them.
    Result<ExprId> readValueOfAnyKind(const JsonReader& place)
    {
        const Json& value = place.value();
        ExprNode node;
        if (value.is_boolean()) {
            node.value = Value::boolean(value.get<bool>());
            return m_tree.add(std::move(node));
        }
        if (value.is_string()) {
            node.value = Value::string(value.get<std::string>());
            return m_tree.add(std::move(node));
        }
        if (value.is_number_integer()) {
            CS_TRY(const std::int64_t number, place.integer());
            node.value = Value::integer(number);
            return m_tree.add(std::move(node));
        }
        if (value.is_array()) {
            node.kind = ExprKind::Set;
            for (std::size_t i = 0; i < value.size(); ++i) {
                const JsonReader element = place.element(i);
                CS_TRY(const ExprId id, readValue(element));
                node.operands.push_back(id);
            }
            return m_tree.add(std::move(node));
        }
        if (value.is_object())
            return readValueObject(place);
        return refusePolicy(place, "there is no such value");
    }

    Result<ExprId> readValueObject(const JsonReader& place)
    {
        const Json& value = place.value();
        ExprNode node;
        if (value.size() == 1 && value.contains("__entity")) {
            CS_TRY(const EntityUid uid, readUid(place));
            node.value = Value::uid(uid);
            return m_tree.add(std::move(node));
        }
        if (const auto call = place.find("__extn"); call && value.size() == 1)
            return readValueCall(*call);
        node.kind = ExprKind::Record;
        for (const auto& [key, member] : value.items()) {
            const JsonReader entry = *place.find(key);
            CS_TRY(const ExprId id, readValue(entry));
            node.texts.push_back(key);
            node.operands.push_back(id);
        }
        return m_tree.add(std::move(node));
    }

    /// `{"fn", "arg"}` or `{"fn", "args"}`.
    Result<ExprId> readValueCall(const JsonReader& place)
    {
        CS_TRY(const std::string name, requiredText(place, "fn"));
        const auto function = extensionFunction(name);
        if (!function)
            return refusePolicy(place, "there is no function " + cedar::quoted(name));
        ExprNode node;
        node.kind = ExprKind::Call;
        node.function = *function;
        if (const auto argument = place.find("arg")) {
            CS_TRY(const ExprId id, readValue(*argument));
            node.operands.push_back(id);
            return m_tree.add(std::move(node));
        }
        CS_TRY(const JsonReader arguments, requiredMember(place, "args"));
        CS_CHECK(arguments.expectArray());
        if (arguments.value().empty())
            return refusePolicy(arguments, "a call needs an argument");
        for (std::size_t i = 0; i < arguments.value().size(); ++i) {
            const JsonReader argument = arguments.element(i);
            CS_TRY(const ExprId id, readValue(argument));
            node.operands.push_back(id);
        }
        return m_tree.add(std::move(node));
    }

    ExprTree& m_tree;
    std::size_t m_depth = 0;
};

} // namespace

Failure refusePolicy(const JsonReader& place, std::string detail)
{
    return place.refuse(std::move(detail), "cedar.policy_json");
}

Result<JsonReader> requiredMember(const JsonReader& place, std::string_view key)
{
    if (!place.value().is_object())
        return refusePolicy(place, "an object is expected");
    const auto member = place.find(key);
    if (!member)
        return place.refuseMissing(key);
    return *member;
}

Result<std::string> requiredText(const JsonReader& place, std::string_view key)
{
    CS_TRY(const JsonReader member, requiredMember(place, key));
    return member.text();
}

Result<std::string> requiredTypePath(const JsonReader& place, std::string_view key)
{
    CS_TRY(const JsonReader member, requiredMember(place, key));
    CS_TRY(std::string path, member.text());
    if (!isTypePath(path))
        return refusePolicy(member, cedar::quoted(path) + " is not the name of an entity type");
    return path;
}

Result<EntityUid> readUid(const JsonReader& place)
{
    const auto inner = place.find("__entity");
    const JsonReader& object = inner ? *inner : place;
    CS_TRY(std::string type, requiredTypePath(object, "type"));
    CS_TRY(std::string id, requiredText(object, "id"));
    return EntityUid::create(std::move(type), std::move(id));
}

Result<ExprId> readExpression(const JsonReader& place, ExprTree& tree)
{
    return Reader(tree).read(place);
}

} // namespace countersign::cedar::detail
