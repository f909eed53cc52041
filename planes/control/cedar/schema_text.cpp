#include "planes/control/cedar/schema_text.h"

#include "planes/control/cedar/detail/schema_parser.h"

#include <utility>

namespace countersign::cedar {

namespace {

Failure repeated(const Token& token, const std::string& part, const std::string& action)
{
    return fail(
        ErrorCode::InvalidInput,
        "the action " + cedar::quoted(action) + " states its " + part + " twice",
        "cedar.schema.duplicate",
        positionText(token.position));
}

} // namespace

Result<ActionReference> SchemaParser::actionReference()
{
    ActionReference reference;
    reference.position = peek().position;
    CS_CHECK(count());
    if (peek().is(TokenKind::Identifier) && peek(1).is(TokenKind::PathSeparator)) {
        CS_TRY(std::string type, path());
        CS_CHECK(expect(TokenKind::PathSeparator));
        reference.type = std::move(type);
        CS_TRY(reference.id, string());
        return reference;
    }
    CS_TRY(reference.id, key());
    return reference;
}

Result<std::vector<ActionReference>> SchemaParser::actionReferences()
{
    std::vector<ActionReference> references;
    const bool isList = accept(TokenKind::LeftBracket);
    do {
        CS_TRY(ActionReference reference, actionReference());
        references.push_back(std::move(reference));
    } while (isList && accept(TokenKind::Comma));
    if (isList)
        CS_CHECK(expect(TokenKind::RightBracket));
    return references;
}

Result<TypeDeclaration> SchemaParser::context()
{
    if (peek().is(TokenKind::LeftBrace))
        return record(1);
    TypeDeclaration named;
    named.form = TypeForm::CommonName;
    named.position = peek().position;
    CS_TRY(named.name, path());
    return named;
}

Result<void>
SchemaParser::appliesToPart(AppliesTo& applies, bool& hasContext, const std::string& action)
{
    const Token part = peek();
    const bool isContext = part.isWord("context");
    if (!isContext && !part.isWord("principal") && !part.isWord("resource"))
        return unexpected("`principal`, `resource` or `context`");
    take();
    CS_CHECK(expect(TokenKind::Colon));
    std::vector<NameReference>& types =
        part.isWord("principal") ? applies.principals : applies.resources;
    if (isContext ? hasContext : !types.empty())
        return repeated(part, std::string(part.text), action);
    if (isContext) {
        hasContext = true;
        CS_TRY(applies.context, context());
        return {};
    }
    CS_TRY(types, paths());
    if (!types.empty())
        return {};
    return fail(SyntaxError{
        part.position,
        "`" + std::string(part.text) + "` is an empty list",
        "at least one entity type",
        "leave appliesTo out for an action that no request has"}
                    .error());
}

Result<AppliesTo> SchemaParser::appliesTo(const std::string& action)
{
    AppliesTo applies;
    bool hasContext = false;
    CS_CHECK(expect(TokenKind::LeftBrace));
    do {
        if (const auto part = appliesToPart(applies, hasContext, action); !part.ok())
            return part.failure();
    } while (accept(TokenKind::Comma) && !peek().is(TokenKind::RightBrace));
    if (!peek().is(TokenKind::RightBrace))
        return unexpected(R"("," or "}")");
    const Token end = take();
    if (!applies.principals.empty() && !applies.resources.empty())
        return applies;
    return fail(SyntaxError{
        end.position,
        "the action " + cedar::quoted(action) + " states no "
            + (applies.principals.empty() ? "principal" : "resource"),
        "`principal` and `resource`, each with its types",
        {}}.error());
}

Result<std::vector<NameReference>> SchemaParser::keys()
{
    std::vector<NameReference> found;
    do {
        const SourcePosition position = peek().position;
        CS_TRY(std::string text, key());
        found.push_back({std::move(text), position});
    } while (accept(TokenKind::Comma));
    return found;
}

Result<void> SchemaParser::actionBody(ActionDeclaration& declared, const std::string& name)
{
    if (acceptWord("in")) {
        CS_TRY(declared.memberOf, actionReferences());
    }
    if (acceptWord("appliesTo")) {
        CS_TRY(declared.appliesTo, appliesTo(name));
    }
    if (acceptWord("attributes")) {
        // Actions once had attributes; the empty list is all that is left.
        CS_CHECK(expect(TokenKind::LeftBrace));
        CS_CHECK(expect(TokenKind::RightBrace));
    }
    if (accept(TokenKind::Semicolon))
        return {};
    return unexpected(
        R"("in", "appliesTo" or ";")",
        "an action is `action name in [group] appliesTo { principal: [T], resource: [T] };`");
}

Result<void> SchemaParser::action(NamespaceDeclaration& space, std::vector<Annotation> annotations)
{
    ActionDeclaration declared;
    declared.annotations = std::move(annotations);
    CS_TRY(std::vector<NameReference> names, keys());
    const std::size_t partsBefore = m_partCount;
    CS_CHECK(actionBody(declared, names.front().name));
    // Each name gets a copy of what was declared.
    CS_CHECK(count((names.size() - 1) * (m_partCount - partsBefore) + names.size()));
    for (NameReference& reference : names) {
        declared.name = std::move(reference.name);
        declared.position = reference.position;
        space.actions.push_back(declared);
    }
    return {};
}

Result<void> SchemaParser::declaration(NamespaceDeclaration& space)
{
    CS_TRY(auto found, annotations());
    if (acceptWord("entity"))
        return entity(space, std::move(found));
    if (acceptWord("action"))
        return action(space, std::move(found));
    if (acceptWord("type"))
        return commonType(space, std::move(found));
    if (peek().isWord("namespace") && !space.name.empty())
        return unexpected(
            "`entity`, `action` or `type`",
            "namespaces are not nested; write `namespace Outer::Inner { … }`");
    return unexpected("`entity`, `action` or `type`");
}

Result<NamespaceDeclaration> SchemaParser::space(std::vector<Annotation> annotations)
{
    NamespaceDeclaration declared;
    declared.annotations = std::move(annotations);
    declared.position = peek().position;
    CS_TRY(declared.name, path());
    CS_CHECK(expect(TokenKind::LeftBrace));
    while (!peek().is(TokenKind::RightBrace))
        CS_CHECK(declaration(declared));
    take();
    if (peek().is(TokenKind::Semicolon))
        return unexpected(
            "a declaration or the end", "no \";\" stands after a namespace; leave it out");
    CS_CHECK(count());
    return declared;
}

Result<SchemaDocument> SchemaParser::run()
{
    SchemaDocument document;
    NamespaceDeclaration plain;
    while (!peek().is(TokenKind::End)) {
        const std::size_t start = m_next;
        CS_TRY(auto found, annotations());
        if (acceptWord("namespace")) {
            CS_TRY(NamespaceDeclaration declared, space(std::move(found)));
            document.namespaces.push_back(std::move(declared));
        } else {
            m_next = start;
            CS_CHECK(declaration(plain));
        }
    }
    const bool hasPlain =
        !plain.entityTypes.empty() || !plain.actions.empty() || !plain.commonTypes.empty();
    if (hasPlain)
        document.namespaces.push_back(std::move(plain));
    return document;
}

Result<SchemaDocument> parseSchemaText(std::string_view text)
{
    CS_TRY(auto tokens, tokenize(text));
    return SchemaParser(std::move(tokens)).run();
}

} // namespace countersign::cedar
