#include "planes/control/cedar/detail/expression_parser.h"

#include <algorithm>
#include <array>
#include <set>

namespace countersign::cedar::detail {

namespace {

struct LanguageMethod
{
    std::string_view name;
    ExprKind kind;
    std::size_t argumentCount;
};

constexpr std::array<LanguageMethod, 6> kLanguageMethods = {
    {{"contains", ExprKind::Contains, 1},
     {"containsAll", ExprKind::ContainsAll, 1},
     {"containsAny", ExprKind::ContainsAny, 1},
     {"isEmpty", ExprKind::IsEmpty, 0},
     {"getTag", ExprKind::GetTag, 1},
     {"hasTag", ExprKind::HasTag, 1}}};

const LanguageMethod* languageMethod(std::string_view name)
{
    const auto found = std::find_if(
        kLanguageMethods.begin(), kLanguageMethods.end(), [name](const LanguageMethod& method) {
            return method.name == name;
        });
    return found == kLanguageMethods.end() ? nullptr : &*found;
}

std::optional<Variable> variableOf(std::string_view name)
{
    for (const Variable variable :
         {Variable::Principal, Variable::Action, Variable::Resource, Variable::Context}) {
        if (variableName(variable) == name)
            return variable;
    }
    return std::nullopt;
}

} // namespace

ExpressionParser::Parsed ExpressionParser::parseMember()
{
    const SourcePosition position = m_cursor.position();
    Parsed object = parsePrimary();
    while (object) {
        if (m_cursor.at(TokenKind::Dot) || m_cursor.at(TokenKind::LeftBracket)) {
            object = parseAccess(position, *object);
        } else if (m_cursor.at(TokenKind::LeftParen)) {
            m_cursor.refuse(m_cursor.position(), "this is no function that could be called");
            return std::nullopt;
        } else {
            break;
        }
    }
    return object;
}

/// `.name`, `["any text"]`, `.method(…)`.
ExpressionParser::Parsed ExpressionParser::parseAccess(SourcePosition position, ExprId object)
{
    ExprNode node;
    node.kind = ExprKind::GetAttribute;
    node.position = position;
    node.operands = {object};
    if (m_cursor.accept(TokenKind::LeftBracket)) {
        auto name = m_cursor.takeString("an attribute in double quotes");
        if (!name || !m_cursor.expect(TokenKind::RightBracket))
            return std::nullopt;
        node.texts.push_back(*std::move(name));
        return add(std::move(node));
    }
    m_cursor.take(); // the dot
    if (!m_cursor.at(TokenKind::Identifier)) {
        m_cursor.refuseToken("the name of an attribute or method");
        return std::nullopt;
    }
    const Token& name = m_cursor.take();
    if (isReservedWord(name.text)) {
        m_cursor.refuse(
            name.position,
            std::string(name.text) + " is a reserved word and no name",
            "such an attribute is written [\"" + std::string(name.text) + "\"]");
        return std::nullopt;
    }
    if (m_cursor.at(TokenKind::LeftParen))
        return parseMethod(position, object, name);
    node.texts.emplace_back(name.text);
    return add(std::move(node));
}

ExpressionParser::Parsed
ExpressionParser::parseMethod(SourcePosition position, ExprId object, const Token& name)
{
    ExprNode node;
    node.position = position;
    node.operands = {object};
    const LanguageMethod* const method = languageMethod(name.text);
    const auto function = extensionFunction(name.text);
    if (method == nullptr && (!function || isConstructor(*function))) {
        m_cursor.refuse(
            name.position,
            "there is no method " + std::string(name.text),
            function ? "it is a function: " + std::string(name.text) + "(…)" : std::string());
        return std::nullopt;
    }
    m_cursor.take(); // the parenthesis
    if (!parseList(TokenKind::RightParen, node.operands))
        return std::nullopt;
    if (method != nullptr) {
        node.kind = method->kind;
        if (node.operands.size() != method->argumentCount + 1) {
            m_cursor.refuse(
                name.position,
                std::string(name.text) + " takes " + std::to_string(method->argumentCount)
                    + " argument(s), not " + std::to_string(node.operands.size() - 1));
            return std::nullopt;
        }
    } else {
        node.kind = ExprKind::Call;
        node.function = *function;
    }
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parsePrimary()
{
    const Token& token = m_cursor.peek();
    switch (token.kind) {
    case TokenKind::Number:
        return parseNumber(false, token.position);
    case TokenKind::Identifier:
        return parseIdentifier();
    case TokenKind::LeftBracket:
        return parseSet();
    case TokenKind::LeftBrace:
        return parseRecord();
    case TokenKind::LeftParen: {
        m_cursor.take();
        const Parsed inner = parse();
        if (!inner || !m_cursor.expect(TokenKind::RightParen))
            return std::nullopt;
        return inner;
    }
    case TokenKind::String: {
        ExprNode node;
        node.position = token.position;
        auto text = m_cursor.takeString("a string");
        if (!text)
            return std::nullopt;
        node.value = Value::string(*std::move(text));
        return add(std::move(node));
    }
    case TokenKind::Slot:
        m_cursor.refuse(
            token.position,
            "a slot cannot stand in a condition",
            "slots belong into the scope: principal == ?principal, resource in ?resource");
        return std::nullopt;
    default:
        m_cursor.refuseToken("an expression");
        return std::nullopt;
    }
}

/// A literal true or false, a variable, an entity or the call of a constructor.
ExpressionParser::Parsed ExpressionParser::parseIdentifier()
{
    const SourcePosition position = m_cursor.position();
    ExprNode node;
    node.position = position;
    if (m_cursor.atWord("true") || m_cursor.atWord("false")) {
        node.value = Value::boolean(m_cursor.take().isWord("true"));
        return add(std::move(node));
    }
    if (m_cursor.atWord("if")) {
        m_cursor.refuseToken("an operand", "an if that is an operand needs parentheses around it");
        return std::nullopt;
    }
    std::optional<std::string> id;
    auto path = takePath(m_cursor, &id);
    if (!path)
        return std::nullopt;
    if (id) {
        node.value = Value::uid(EntityUid::create(*std::move(path), *std::move(id)).value());
        return add(std::move(node));
    }
    if (m_cursor.at(TokenKind::LeftParen))
        return parseConstructor(position, *path);
    const auto variable = variableOf(*path);
    if (!variable) {
        m_cursor.refuse(
            position,
            "there is no variable " + *path,
            "the variables are principal, action, resource and context; an entity is written "
            "Type::\"id\", a string in double quotes");
        return std::nullopt;
    }
    node.kind = ExprKind::Variable;
    node.variable = *variable;
    return add(std::move(node));
}

ExpressionParser::Parsed
ExpressionParser::parseConstructor(SourcePosition position, const std::string& path)
{
    const auto function = extensionFunction(path);
    const bool isMethod =
        (function && !isConstructor(*function)) || languageMethod(path) != nullptr;
    if (!function || isMethod) {
        m_cursor.refuse(
            position,
            "there is no function " + path,
            isMethod ? "it is a method: x." + path + "(…)"
                     : "the functions are decimal, ip, datetime and duration");
        return std::nullopt;
    }
    m_cursor.take(); // the parenthesis
    ExprNode node;
    node.kind = ExprKind::Call;
    node.function = *function;
    node.position = position;
    if (!parseList(TokenKind::RightParen, node.operands))
        return std::nullopt;
    return add(std::move(node));
}

/// Expressions with commas between and maybe behind them, up to `end`, which is taken.
bool ExpressionParser::parseList(TokenKind end, std::vector<ExprId>& elements)
{
    while (!m_cursor.accept(end)) {
        const Parsed element = parse();
        if (!element)
            return false;
        elements.push_back(*element);
        if (m_cursor.accept(end))
            return true;
        if (!m_cursor.at(TokenKind::Comma)) {
            m_cursor.refuseToken("\",\" or " + std::string(tokenKindName(end)));
            return false;
        }
        m_cursor.take();
    }
    return true;
}

ExpressionParser::Parsed ExpressionParser::parseSet()
{
    ExprNode node;
    node.kind = ExprKind::Set;
    node.position = m_cursor.take().position;
    if (!parseList(TokenKind::RightBracket, node.operands))
        return std::nullopt;
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parseRecord()
{
    ExprNode node;
    node.kind = ExprKind::Record;
    node.position = m_cursor.take().position;
    std::set<std::string> keys;
    while (!m_cursor.accept(TokenKind::RightBrace)) {
        const SourcePosition position = m_cursor.position();
        auto key = parseRecordKey();
        if (!key || !m_cursor.expect(TokenKind::Colon))
            return std::nullopt;
        if (!keys.insert(*key).second) {
            m_cursor.refuse(position, "the record has the key " + cedar::quoted(*key) + " twice");
            return std::nullopt;
        }
        const Parsed value = parse();
        if (!value)
            return std::nullopt;
        node.texts.push_back(*std::move(key));
        node.operands.push_back(*value);
        if (m_cursor.accept(TokenKind::RightBrace))
            break;
        if (!m_cursor.expect(TokenKind::Comma))
            return std::nullopt;
    }
    return add(std::move(node));
}

/// A name that is not reserved, or any text in quotes.
std::optional<std::string> ExpressionParser::parseRecordKey()
{
    if (!m_cursor.at(TokenKind::Identifier))
        return m_cursor.takeString("a key, which is a name or a string");
    const Token& name = m_cursor.take();
    if (!isReservedWord(name.text))
        return std::string(name.text);
    m_cursor.refuse(
        name.position,
        std::string(name.text) + " is a reserved word and no name",
        "as a key it has to stand in double quotes");
    return std::nullopt;
}

} // namespace countersign::cedar::detail
