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

Result<AppliesTo> SchemaParser::appliesTo(const std::string& action)
{
    AppliesTo applies;
    bool hasContext = false;
    CS_CHECK(expect(TokenKind::LeftBrace));
    do {
        const Token part = peek();
        const bool isPrincipal = part.isWord("principal");
        if (!isPrincipal && !part.isWord("resource") && !part.isWord("context"))
            return unexpected("`principal`, `resource` or `context`");
        take();
        CS_CHECK(expect(TokenKind::Colon));
        if (part.isWord("context")) {
            if (std::exchange(hasContext, true))
                return repeated(part, "context", action);
            applies.context.position = peek().position;
            if (peek().is(TokenKind::LeftBrace)) {
                CS_TRY(applies.context, record(1));
            } else {
                applies.context.form = TypeForm::CommonName;
                CS_TRY(applies.context.name, path());
            }
            continue;
        }
        std::vector<NameReference>& types = isPrincipal ? applies.principals : applies.resources;
        if (!types.empty())
            return repeated(part, std::string(part.text), action);
        CS_TRY(types, paths());
        if (types.empty())
            return fail(SyntaxError{
                part.position,
                "`" + std::string(part.text) + "` is an empty list",
                "at least one entity type",
                "leave appliesTo out for an action that no request has"}
                            .error());
    } while (accept(TokenKind::Comma) && !peek().is(TokenKind::RightBrace));
    if (!peek().is(TokenKind::RightBrace))
        return unexpected(R"("," or "}")");
    const Token end = take();
    if (applies.principals.empty() || applies.resources.empty())
        return fail(SyntaxError{
            end.position,
            "the action " + cedar::quoted(action) + " states no "
                + (applies.principals.empty() ? "principal" : "resource"),
            "`principal` and `resource`, each with its types",
            {}}.error());
    return applies;
}

Result<void> SchemaParser::action(NamespaceDeclaration& space, std::vector<Annotation> annotations)
{
    ActionDeclaration declared;
    declared.annotations = std::move(annotations);
    std::vector<NameReference> names;
    do {
        const SourcePosition position = peek().position;
        CS_TRY(std::string text, key());
        names.push_back({std::move(text), position});
    } while (accept(TokenKind::Comma));
    const std::size_t partsBefore = m_partCount;
    if (acceptWord("in")) {
        CS_TRY(declared.memberOf, actionReferences());
    }
    if (acceptWord("appliesTo")) {
        CS_TRY(declared.appliesTo, appliesTo(names.front().name));
    }
    if (acceptWord("attributes")) {
        // Actions once had attributes; the empty list is all that is left.
        CS_CHECK(expect(TokenKind::LeftBrace));
        CS_CHECK(expect(TokenKind::RightBrace));
    }
    if (!accept(TokenKind::Semicolon))
        return unexpected(
            R"("in", "appliesTo" or ";")",
            "an action is `action name in [group] appliesTo { principal: [T], resource: [T] };`");
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

Result<SchemaDocument> SchemaParser::run()
{
    SchemaDocument document;
    NamespaceDeclaration plain;
    while (!peek().is(TokenKind::End)) {
        const std::size_t start = m_next;
        CS_TRY(auto found, annotations());
        if (!acceptWord("namespace")) {
            m_next = start;
            CS_CHECK(declaration(plain));
            continue;
        }
        NamespaceDeclaration space;
        space.annotations = std::move(found);
        space.position = peek().position;
        CS_TRY(space.name, path());
        CS_CHECK(expect(TokenKind::LeftBrace));
        while (!peek().is(TokenKind::RightBrace))
            CS_CHECK(declaration(space));
        take();
        if (peek().is(TokenKind::Semicolon))
            return unexpected(
                "a declaration or the end", "no \";\" stands after a namespace; leave it out");
        CS_CHECK(count());
        document.namespaces.push_back(std::move(space));
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
