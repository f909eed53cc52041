#pragma once

#include "planes/control/cedar/ast.h"
#include "planes/control/cedar/detail/expression_form.h"
#include "planes/control/cedar/detail/token_cursor.h"

#include <optional>
#include <string>
#include <vector>

namespace countersign::cedar::detail {

/// Reads a type path; the names in it are not reserved. Nothing, with an error, for anything else.
/// With `uidId` a `::"id"` behind it is read as well.
[[nodiscard]] std::optional<std::string>
takePath(TokenCursor& cursor, std::optional<std::string>* uidId = nullptr);

/// Reads `Path::"id"`.
[[nodiscard]] std::optional<EntityUid> takeUid(TokenCursor& cursor);

/// Recursive descent over one expression. What it returns is nothing after an error, which then
/// lies in the cursor.
class ExpressionParser
{
public:
    ExpressionParser(TokenCursor& cursor, ExprTree& tree)
        : m_cursor(cursor)
        , m_tree(tree)
    {}

    [[nodiscard]] std::optional<ExprId> parse();

private:
    using Parsed = std::optional<ExprId>;

    Parsed parseIf();
    Parsed parseBinary(Level level);
    Parsed parseRelation();
    Parsed parseHas(SourcePosition position, ExprId object);
    Parsed parseLike(SourcePosition position, ExprId operand);
    Parsed parseIs(SourcePosition position, ExprId operand);
    Parsed parseUnary();
    Parsed parseNegated(SourcePosition position, std::size_t count);
    Parsed parseMember();
    Parsed parseAccess(SourcePosition position, ExprId object);
    Parsed parseMethod(SourcePosition position, ExprId object, const Token& name);
    Parsed parsePrimary();
    Parsed parseNumber(bool isNegative, SourcePosition position);
    Parsed parseIdentifier();
    Parsed parseConstructor(SourcePosition position, const std::string& path);
    Parsed parseSet();
    Parsed parseRecord();
    std::optional<std::string> parseRecordKey();
    bool parseList(TokenKind end, std::vector<ExprId>& elements);

    [[nodiscard]] Parsed add(ExprNode node);
    [[nodiscard]] Parsed
    addOperator(ExprKind kind, SourcePosition position, std::vector<ExprId> operands);
    [[nodiscard]] bool enter();

    TokenCursor& m_cursor;
    ExprTree& m_tree;
    std::size_t m_depth = 0;
};

} // namespace countersign::cedar::detail
