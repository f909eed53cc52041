#include "planes/control/cedar/detail/schema_parser.h"

#include <algorithm>
#include <functional>
#include <set>

namespace countersign::cedar {

namespace {

Failure refuse(SourcePosition position, std::string rule, std::string detail)
{
    return fail(
        ErrorCode::InvalidInput, std::move(detail), std::move(rule), positionText(position));
}

/// How a message shows a token.
std::string shown(const Token& token)
{
    constexpr std::size_t kLengthMax = 40;
    if (token.is(TokenKind::End))
        return "end of text";
    if (token.text.size() > kLengthMax)
        return std::string(tokenKindName(token.kind));
    return "`" + std::string(token.text) + "`";
}

} // namespace

const Token& SchemaParser::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)]; // the last one is End
}

Token SchemaParser::take()
{
    const Token token = peek();
    if (!token.is(TokenKind::End))
        ++m_next;
    return token;
}

bool SchemaParser::accept(TokenKind kind)
{
    if (!peek().is(kind))
        return false;
    take();
    return true;
}

bool SchemaParser::acceptWord(std::string_view word)
{
    if (!peek().isWord(word))
        return false;
    take();
    return true;
}

Result<Token> SchemaParser::expect(TokenKind kind)
{
    if (!peek().is(kind))
        return unexpected(std::string(tokenKindName(kind)));
    return take();
}

Failure SchemaParser::unexpected(std::string expected, std::string hint) const
{
    const Token& token = peek();
    if (token.is(TokenKind::Invalid))
        return fail(problemOf(token).error());
    return fail(SyntaxError{
        token.position, "unexpected " + shown(token), std::move(expected), std::move(hint)}
                    .error());
}

Result<void> SchemaParser::count(std::size_t parts)
{
    m_partCount += parts;
    if (m_partCount > kSchemaPartCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the schema has more than " + std::to_string(kSchemaPartCountMax) + " parts",
            "cedar.schema.size",
            positionText(peek().position));
    return {};
}

Result<std::string> SchemaParser::name()
{
    const Token token = peek();
    if (!token.is(TokenKind::Identifier))
        return unexpected("a name");
    if (isReservedWord(token.text) && token.text != "__cedar")
        return unexpected(
            "a name", "`" + std::string(token.text) + "` is reserved; choose another name");
    take();
    return std::string(token.text);
}

Result<std::string> SchemaParser::string()
{
    CS_TRY(const Token token, expect(TokenKind::String));
    return unescapeString(token);
}

Result<std::string> SchemaParser::key()
{
    if (peek().is(TokenKind::String))
        return string();
    const Token& token = peek();
    if (token.is(TokenKind::Identifier) && isReservedWord(token.text) && token.text != "__cedar")
        return unexpected(
            "a name or a string",
            "`" + std::string(token.text) + "` is reserved; write it as a string: \""
                + std::string(token.text) + "\"");
    if (!token.is(TokenKind::Identifier))
        return unexpected("a name or a string");
    return name();
}

Result<std::string> SchemaParser::path()
{
    CS_TRY(std::string text, name());
    while (peek().is(TokenKind::PathSeparator) && peek(1).is(TokenKind::Identifier)) {
        take();
        CS_TRY(const std::string next, name());
        text += "::" + next;
    }
    return text;
}

Result<std::vector<NameReference>> SchemaParser::paths()
{
    std::vector<NameReference> found;
    const bool isList = accept(TokenKind::LeftBracket);
    if (isList && accept(TokenKind::RightBracket))
        return found;
    do {
        const SourcePosition position = peek().position;
        CS_TRY(std::string text, path());
        CS_CHECK(count());
        found.push_back({std::move(text), position});
    } while (isList && accept(TokenKind::Comma));
    if (isList)
        CS_CHECK(expect(TokenKind::RightBracket));
    return found;
}

Result<std::string> SchemaParser::annotationValue()
{
    if (!accept(TokenKind::LeftParen))
        return std::string();
    CS_TRY(std::string value, string());
    CS_CHECK(expect(TokenKind::RightParen));
    return value;
}

Result<std::vector<Annotation>> SchemaParser::annotations()
{
    std::vector<Annotation> found;
    std::set<std::string, std::less<>> keys;
    while (accept(TokenKind::At)) {
        // Reserved words are fine here.
        CS_TRY(const Token key, expect(TokenKind::Identifier));
        Annotation annotation{std::string(key.text), {}};
        if (!keys.insert(annotation.key).second)
            return refuse(
                key.position,
                "cedar.schema.duplicate",
                "the annotation @" + annotation.key + " is repeated");
        CS_TRY(annotation.value, annotationValue());
        CS_CHECK(count());
        found.push_back(std::move(annotation));
    }
    return found;
}

Result<void> SchemaParser::entity(NamespaceDeclaration& space, std::vector<Annotation> annotations)
{
    EntityDeclaration declared;
    declared.annotations = std::move(annotations);
    std::vector<NameReference> names;
    do {
        const SourcePosition position = peek().position;
        CS_TRY(std::string text, name());
        names.push_back({std::move(text), position});
    } while (accept(TokenKind::Comma));
    const std::size_t partsBefore = m_partCount;
    if (acceptWord("enum"))
        CS_CHECK(enumeration(declared));
    else
        CS_CHECK(entityBody(declared));
    CS_CHECK(expect(TokenKind::Semicolon));
    // Each name gets a copy of what was declared.
    CS_CHECK(count((names.size() - 1) * (m_partCount - partsBefore) + names.size()));
    for (NameReference& reference : names) {
        declared.name = std::move(reference.name);
        declared.position = reference.position;
        space.entityTypes.push_back(declared);
    }
    return {};
}

Result<void> SchemaParser::enumeration(EntityDeclaration& declared)
{
    CS_CHECK(expect(TokenKind::LeftBracket));
    do {
        CS_TRY(std::string choice, string());
        CS_CHECK(count());
        declared.choices.push_back(std::move(choice));
    } while (accept(TokenKind::Comma));
    CS_CHECK(expect(TokenKind::RightBracket));
    return {};
}

Result<void> SchemaParser::entityBody(EntityDeclaration& declared)
{
    if (acceptWord("in")) {
        CS_TRY(declared.memberOf, paths());
    }
    if (accept(TokenKind::Assign)) {
        if (!peek().is(TokenKind::LeftBrace))
            return unexpected("\"{\"", "the attributes stand here as a record, not as a name");
    }
    declared.shape.position = peek().position;
    if (peek().is(TokenKind::LeftBrace)) {
        CS_TRY(declared.shape, record(1));
    }
    if (acceptWord("tags")) {
        CS_TRY(declared.tags, type(1));
    }
    if (!peek().is(TokenKind::Semicolon))
        return unexpected(
            R"("in", "{", "tags" or ";")",
            "an entity is `entity Name in [Parent] { attribute: Type } tags Type;`");
    return {};
}

Result<void>
SchemaParser::commonType(NamespaceDeclaration& space, std::vector<Annotation> annotations)
{
    CommonTypeDeclaration declared;
    declared.annotations = std::move(annotations);
    declared.position = peek().position;
    CS_TRY(declared.name, name());
    if (isReservedTypeName(declared.name))
        return refuse(
            declared.position,
            "cedar.schema.reserved",
            declared.name + " is the name of a built-in type; choose another one");
    CS_CHECK(expect(TokenKind::Assign));
    CS_TRY(declared.type, type(1));
    CS_CHECK(expect(TokenKind::Semicolon));
    CS_CHECK(count());
    space.commonTypes.push_back(std::move(declared));
    return {};
}

Result<TypeDeclaration> SchemaParser::type(std::size_t depth)
{
    if (depth > kSchemaNestingMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the type is nested more than " + std::to_string(kSchemaNestingMax) + " deep",
            "cedar.depth",
            positionText(peek().position));
    CS_CHECK(count());
    if (peek().is(TokenKind::LeftBrace))
        return record(depth);
    TypeDeclaration declared;
    declared.position = peek().position;
    if (peek().isWord("Set") && peek(1).is(TokenKind::Less)) {
        take();
        take();
        declared.form = TypeForm::Set;
        CS_TRY(TypeDeclaration element, type(depth + 1));
        declared.elements.push_back(std::move(element));
        CS_CHECK(expect(TokenKind::Greater));
        return declared;
    }
    if (!peek().is(TokenKind::Identifier))
        return unexpected("a type", "a type is a name, Set<…> or { attribute: Type }");
    declared.form = TypeForm::Name;
    CS_TRY(declared.name, path());
    return declared;
}

Result<TypeDeclaration> SchemaParser::record(std::size_t depth)
{
    TypeDeclaration declared;
    declared.form = TypeForm::Record;
    declared.position = peek().position;
    CS_CHECK(expect(TokenKind::LeftBrace));
    while (!peek().is(TokenKind::RightBrace)) {
        CS_TRY(AttributeDeclaration next, attribute(depth));
        declared.attributes.push_back(std::move(next));
        if (!accept(TokenKind::Comma) && !peek().is(TokenKind::RightBrace))
            return unexpected(R"("," or "}")");
    }
    take();
    return declared;
}

Result<AttributeDeclaration> SchemaParser::attribute(std::size_t depth)
{
    AttributeDeclaration declared;
    CS_TRY(declared.annotations, annotations());
    declared.position = peek().position;
    CS_TRY(declared.name, key());
    declared.isRequired = !accept(TokenKind::Question);
    CS_CHECK(expect(TokenKind::Colon));
    CS_TRY(declared.type, type(depth + 1));
    return declared;
}

} // namespace countersign::cedar
