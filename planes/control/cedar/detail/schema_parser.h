#pragma once

#include "planes/control/cedar/schema_document.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::cedar {

/// Reads the tokens of one schema text by recursive descent.
///
/// grammar, with A for {'@' name ['(' string ')']}:
///   schema    = {A namespace | A declaration}
///   namespace = 'namespace' path '{' {A declaration} '}'
///   declaration = entity | action | type
///   entity    = 'entity' name {',' name} ['in' paths] [['='] record] ['tags' type] ';'
///             | 'entity' name {',' name} 'enum' '[' string {',' string} ']' ';'
///   action    = 'action' key {',' key} ['in' refs] ['appliesTo' '{' applies '}']
///               ['attributes' '{' '}'] ';'
///   applies   = part {',' part} [',']
///   part      = ('principal' | 'resource') ':' paths | 'context' ':' (path | record)
///   type      = 'type' name '=' type ';'
///   type      = path | 'Set' '<' type '>' | record
///   record    = '{' [A key ['?'] ':' type {',' …} [',']] '}'
///   paths     = path | '[' [path {',' path}] ']'
///   refs      = ref | '[' ref {',' ref} ']'        ref = [path '::'] string | key
///   key       = name | string
class SchemaParser
{
public:
    explicit SchemaParser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {}

    [[nodiscard]] Result<SchemaDocument> run();

private:
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
    Token take();
    bool accept(TokenKind kind);
    bool acceptWord(std::string_view word);
    [[nodiscard]] Result<Token> expect(TokenKind kind);
    [[nodiscard]] Failure unexpected(std::string expected, std::string hint = {}) const;
    /// Counts a part of the schema against kSchemaPartCountMax.
    [[nodiscard]] Result<void> count(std::size_t parts = 1);

    [[nodiscard]] Result<std::string> name();
    [[nodiscard]] Result<std::string> key();
    [[nodiscard]] Result<std::vector<NameReference>> keys();
    [[nodiscard]] Result<std::string> path();
    [[nodiscard]] Result<std::string> string();
    [[nodiscard]] Result<std::vector<NameReference>> paths();
    [[nodiscard]] Result<std::vector<Annotation>> annotations();
    /// The `(…)` behind a key, if there is one.
    [[nodiscard]] Result<std::string> annotationValue();
    [[nodiscard]] Result<NamespaceDeclaration> space(std::vector<Annotation> annotations);

    [[nodiscard]] Result<void> declaration(NamespaceDeclaration& space);
    [[nodiscard]] Result<void>
    entity(NamespaceDeclaration& space, std::vector<Annotation> annotations);
    [[nodiscard]] Result<void> enumeration(EntityDeclaration& declared);
    [[nodiscard]] Result<void> entityBody(EntityDeclaration& declared);
    [[nodiscard]] Result<void>
    action(NamespaceDeclaration& space, std::vector<Annotation> annotations);
    [[nodiscard]] Result<std::vector<ActionReference>> actionReferences();
    [[nodiscard]] Result<ActionReference> actionReference();
    [[nodiscard]] Result<AppliesTo> appliesTo(const std::string& action);
    [[nodiscard]] Result<void>
    appliesToPart(AppliesTo& applies, bool& hasContext, const std::string& action);
    [[nodiscard]] Result<TypeDeclaration> context();
    [[nodiscard]] Result<void> actionBody(ActionDeclaration& declared, const std::string& name);
    [[nodiscard]] Result<void>
    commonType(NamespaceDeclaration& space, std::vector<Annotation> annotations);
    [[nodiscard]] Result<TypeDeclaration> type(std::size_t depth);
    [[nodiscard]] Result<TypeDeclaration> record(std::size_t depth);
    [[nodiscard]] Result<AttributeDeclaration> attribute(std::size_t depth);

    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    std::size_t m_partCount = 0;
};

} // namespace countersign::cedar
