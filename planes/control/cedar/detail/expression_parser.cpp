#include "planes/control/cedar/detail/expression_parser.h"

#include "planes/control/cedar/detail/digits.h"
#include "planes/control/cedar/detail/expression_form.h"
#include "planes/control/cedar/parse.h"

#include <array>
#include <limits>

namespace countersign::cedar::detail {

namespace {

struct BinaryOperator
{
    TokenKind token;
    ExprKind kind;
};

constexpr std::array<BinaryOperator, 6> kComparisons = {
    {{TokenKind::Equal, ExprKind::Equal},
     {TokenKind::NotEqual, ExprKind::NotEqual},
     {TokenKind::Less, ExprKind::Less},
     {TokenKind::LessEqual, ExprKind::LessEqual},
     {TokenKind::Greater, ExprKind::Greater},
     {TokenKind::GreaterEqual, ExprKind::GreaterEqual}}};

std::optional<ExprKind> comparisonOf(const Token& token)
{
    for (const BinaryOperator& one : kComparisons) {
        if (token.is(one.token))
            return one.kind;
    }
    if (token.isWord("in"))
        return ExprKind::In;
    return std::nullopt;
}

bool isRelation(const Token& token)
{
    return comparisonOf(token) || token.isWord("has") || token.isWord("like") || token.isWord("is");
}

/// The operator of a level that joins operands from the left.
std::optional<ExprKind> joiningOperator(Level level, TokenKind token)
{
    switch (token) {
    case TokenKind::Or:
        return level == Level::Or ? std::optional(ExprKind::Or) : std::nullopt;
    case TokenKind::And:
        return level == Level::And ? std::optional(ExprKind::And) : std::nullopt;
    case TokenKind::Plus:
        return level == Level::Sum ? std::optional(ExprKind::Add) : std::nullopt;
    case TokenKind::Minus:
        return level == Level::Sum ? std::optional(ExprKind::Subtract) : std::nullopt;
    case TokenKind::Star:
        return level == Level::Product ? std::optional(ExprKind::Multiply) : std::nullopt;
    default:
        return std::nullopt;
    }
}

std::string describeReserved(std::string_view word)
{
    return std::string(word) + " is a reserved word and no name";
}

} // namespace

std::optional<std::string> takePath(TokenCursor& cursor, std::optional<std::string>* uidId)
{
    std::string path;
    while (true) {
        if (!cursor.at(TokenKind::Identifier)) {
            cursor.refuseToken(
                uidId != nullptr ? "a name or the quoted id of an entity" : "a name");
            return std::nullopt;
        }
        if (isReservedWord(cursor.peek().text)) {
            cursor.refuse(cursor.position(), describeReserved(cursor.peek().text));
            return std::nullopt;
        }
        path += cursor.take().text;
        if (!cursor.at(TokenKind::PathSeparator))
            return path;
        cursor.take();
        if (uidId != nullptr && cursor.at(TokenKind::String)) {
            *uidId = cursor.takeString("the quoted id of an entity");
            return *uidId ? std::optional(path) : std::nullopt;
        }
        path += "::";
    }
}

std::optional<EntityUid> takeUid(TokenCursor& cursor)
{
    if (!cursor.at(TokenKind::Identifier)) {
        cursor.refuseToken("an entity like User::\"ann\"");
        return std::nullopt;
    }
    std::optional<std::string> id;
    auto path = takePath(cursor, &id);
    if (!path)
        return std::nullopt;
    if (!id) {
        cursor.refuseToken(
            "\"::\" and the quoted id of an entity", "an entity is written Type::\"id\"");
        return std::nullopt;
    }
    return EntityUid::create(*std::move(path), *std::move(id)).value();
}

std::optional<ExprId> ExpressionParser::parse()
{
    if (!enter())
        return std::nullopt;
    const Parsed result = m_cursor.atWord("if") ? parseIf() : parseBinary(Level::Or);
    --m_depth;
    return result;
}

/// False, with an error, where the nesting is too deep. Whoever enters leaves with --m_depth; an
/// error ends the whole policy, so nobody counts after one.
bool ExpressionParser::enter()
{
    if (++m_depth <= kNestingDepthMax)
        return true;
    m_cursor.refuse(
        m_cursor.position(),
        "nested more than " + std::to_string(kNestingDepthMax) + " deep",
        "split the policy into several ones");
    return false;
}

ExpressionParser::Parsed ExpressionParser::add(ExprNode node)
{
    const SourcePosition position = node.position;
    const auto id = m_tree.add(std::move(node));
    if (id.ok())
        return *id;
    m_cursor.refuse(position, id.error());
    return std::nullopt;
}

ExpressionParser::Parsed
ExpressionParser::addOperator(ExprKind kind, SourcePosition position, std::vector<ExprId> operands)
{
    ExprNode node;
    node.kind = kind;
    node.position = position;
    node.operands = std::move(operands);
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parseIf()
{
    const SourcePosition position = m_cursor.take().position;
    const Parsed condition = parse();
    if (!condition)
        return std::nullopt;
    if (!m_cursor.acceptWord("then")) {
        m_cursor.refuseToken("then", "write: if condition then value else value");
        return std::nullopt;
    }
    const Parsed whenTrue = parse();
    if (!whenTrue)
        return std::nullopt;
    if (!m_cursor.acceptWord("else")) {
        m_cursor.refuseToken("else", "every if needs an else");
        return std::nullopt;
    }
    const Parsed whenFalse = parse();
    if (!whenFalse)
        return std::nullopt;
    return addOperator(ExprKind::If, position, {*condition, *whenTrue, *whenFalse});
}

/// Operators of one level from left to right, and everything that binds more tightly.
ExpressionParser::Parsed ExpressionParser::parseBinary(Level level)
{
    if (level == Level::Relation)
        return parseRelation();
    if (level == Level::Unary)
        return parseUnary();
    const auto tighter = static_cast<Level>(static_cast<int>(level) + 1);
    const SourcePosition position = m_cursor.position();
    Parsed left = parseBinary(tighter);
    while (left) {
        const auto kind = joiningOperator(level, m_cursor.peek().kind);
        if (!kind)
            break;
        m_cursor.take();
        const Parsed right = parseBinary(tighter);
        if (!right)
            return std::nullopt;
        left = addOperator(*kind, position, {*left, *right});
    }
    if (left && (m_cursor.at(TokenKind::Slash) || m_cursor.at(TokenKind::Percent))) {
        m_cursor.refuse(m_cursor.position(), "there is no division and no remainder");
        return std::nullopt;
    }
    return left;
}

ExpressionParser::Parsed ExpressionParser::parseRelation()
{
    const SourcePosition position = m_cursor.position();
    const Parsed left = parseBinary(Level::Sum);
    if (!left || !isRelation(m_cursor.peek()))
        return left;
    Parsed result;
    if (m_cursor.acceptWord("has")) {
        result = parseHas(position, *left);
    } else if (m_cursor.acceptWord("like")) {
        result = parseLike(position, *left);
    } else if (m_cursor.acceptWord("is")) {
        result = parseIs(position, *left);
    } else {
        const auto kind = comparisonOf(m_cursor.take());
        const Parsed right = parseBinary(Level::Sum);
        if (!right)
            return std::nullopt;
        result = addOperator(*kind, position, {*left, *right});
    }
    if (result && isRelation(m_cursor.peek())) {
        m_cursor.refuse(
            m_cursor.position(),
            "comparisons cannot be chained",
            "put parentheses around one of them, or join them with &&");
        return std::nullopt;
    }
    return result;
}

/// `e has name`, `e has name.name.name`, `e has "any text"`.
ExpressionParser::Parsed ExpressionParser::parseHas(SourcePosition position, ExprId object)
{
    ExprNode node;
    node.kind = ExprKind::Has;
    node.position = position;
    node.operands = {object};
    if (m_cursor.at(TokenKind::String)) {
        auto name = m_cursor.takeString("an attribute");
        if (!name)
            return std::nullopt;
        node.texts.push_back(*std::move(name));
        return add(std::move(node));
    }
    do {
        if (!m_cursor.at(TokenKind::Identifier)) {
            m_cursor.refuseToken("the name of an attribute");
            return std::nullopt;
        }
        const Token& name = m_cursor.take();
        if (isReservedWord(name.text)) {
            m_cursor.refuse(
                name.position, describeReserved(name.text), "such an attribute can be quoted");
            return std::nullopt;
        }
        node.texts.emplace_back(name.text);
    } while (m_cursor.accept(TokenKind::Dot));
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parseLike(SourcePosition position, ExprId operand)
{
    if (!m_cursor.at(TokenKind::String)) {
        m_cursor.refuseToken("a pattern in double quotes");
        return std::nullopt;
    }
    const Token& token = m_cursor.take();
    auto runs = unescapePattern(token);
    if (!runs.ok()) {
        m_cursor.refuse(token.position, runs.error());
        return std::nullopt;
    }
    ExprNode node;
    node.kind = ExprKind::Like;
    node.position = position;
    node.operands = {operand};
    node.texts = *std::move(runs);
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parseIs(SourcePosition position, ExprId operand)
{
    auto path = takePath(m_cursor);
    if (!path)
        return std::nullopt;
    ExprNode node;
    node.kind = ExprKind::Is;
    node.position = position;
    node.operands = {operand};
    node.texts.push_back(*std::move(path));
    if (m_cursor.acceptWord("in")) {
        const Parsed ancestor = parseBinary(Level::Sum);
        if (!ancestor)
            return std::nullopt;
        node.operands.push_back(*ancestor);
    }
    return add(std::move(node));
}

ExpressionParser::Parsed ExpressionParser::parseUnary()
{
    const SourcePosition position = m_cursor.position();
    const TokenKind sign = m_cursor.peek().kind;
    if (sign != TokenKind::Not && sign != TokenKind::Minus)
        return parseMember();
    std::size_t count = 0;
    while (m_cursor.accept(sign)) {
        if (++count > kSignCountMax) {
            m_cursor.refuse(
                position,
                "more than " + std::to_string(kSignCountMax) + " signs in a row",
                "parentheses between them help");
            return std::nullopt;
        }
    }
    if (m_cursor.at(TokenKind::Not) || m_cursor.at(TokenKind::Minus)) {
        m_cursor.refuseToken("an operand", "! and - cannot be mixed without parentheses");
        return std::nullopt;
    }
    if (sign == TokenKind::Minus)
        return parseNegated(position, count);
    Parsed operand = parseMember();
    for (; operand && count > 0; --count)
        operand = addOperator(ExprKind::Not, position, {*operand});
    return operand;
}

/// The innermost minus belongs to a number that stands alone, so that the most negative one can be
/// said.
ExpressionParser::Parsed ExpressionParser::parseNegated(SourcePosition position, std::size_t count)
{
    const Token& behind = m_cursor.peek(1);
    const bool isLiteral = m_cursor.at(TokenKind::Number) && !behind.is(TokenKind::Dot)
                           && !behind.is(TokenKind::LeftBracket)
                           && !behind.is(TokenKind::LeftParen);
    Parsed operand = isLiteral ? parseNumber(true, position) : parseMember();
    for (count -= isLiteral ? 1 : 0; operand && count > 0; --count)
        operand = addOperator(ExprKind::Negate, position, {*operand});
    return operand;
}

ExpressionParser::Parsed ExpressionParser::parseNumber(bool isNegative, SourcePosition position)
{
    const Token& token = m_cursor.take();
    const auto number = signedNumber(token.text, isNegative);
    if (!number) {
        m_cursor.refuse(
            token.position,
            "the number is too large",
            "the largest one is " + std::to_string(std::numeric_limits<std::int64_t>::max()));
        return std::nullopt;
    }
    ExprNode node;
    node.position = position;
    node.value = Value::integer(*number);
    return add(std::move(node));
}

} // namespace countersign::cedar::detail
