#pragma once

#include "planes/control/cedar/ast.h"
#include "planes/control/cedar/lex.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A schema as it is written, in text or in JSON: names are not looked up yet, so either form can
/// be made from it again. Positions are those of a text and all zero after JSON.
namespace countersign::cedar {

/// How deep sets and records may be nested in one written type.
inline constexpr std::size_t kSchemaNestingMax = 40;
/// The most parts (declared names, types, attributes, references) that one schema may have.
inline constexpr std::size_t kSchemaPartCountMax = 200'000;

/// How a type is written. Text knows Name, CommonName (a named context), Set and Record only.
enum class TypeForm : std::uint8_t {
    Name,          ///< name: a common type, an entity type or a built-in; JSON `EntityOrCommon`.
    CommonName,    ///< name: a common type; in JSON the name stands for the type itself.
    EntityName,    ///< name: an entity type; JSON `Entity`.
    ExtensionName, ///< name: one of the four extension types; JSON `Extension`.
    Boolean,
    Long,
    String,
    Set,    ///< elements: exactly one
    Record, ///< attributes
};

struct AttributeDeclaration;

struct TypeDeclaration
{
    TypeForm form = TypeForm::Record;
    std::string name;
    std::vector<TypeDeclaration> elements;
    std::vector<AttributeDeclaration> attributes;
    SourcePosition position;
};

struct AttributeDeclaration
{
    std::string name;
    bool isRequired = true;
    TypeDeclaration type;
    std::vector<Annotation> annotations; ///< Unique keys, as everywhere here.
    SourcePosition position;
};

/// A name and where it stands.
struct NameReference
{
    std::string name;
    SourcePosition position;
};

struct EntityDeclaration
{
    std::string name;
    std::vector<NameReference> memberOf;
    TypeDeclaration shape; ///< A record; in JSON also the name of a common type that is one.
    std::optional<TypeDeclaration> tags;
    std::vector<std::string> choices; ///< The ids of an enumerated type; it has nothing else.
    std::vector<Annotation> annotations;
    SourcePosition position;

    [[nodiscard]] bool isEnumerated() const { return !choices.empty(); }
};

/// An action group: `id`, or `Type::"id"`.
struct ActionReference
{
    std::optional<std::string> type;
    std::string id;
    SourcePosition position;
};

struct AppliesTo
{
    std::vector<NameReference> principals;
    std::vector<NameReference> resources;
    TypeDeclaration context; ///< A record, or the name of a common type that is one.
};

struct ActionDeclaration
{
    std::string name;
    std::vector<ActionReference> memberOf;
    std::optional<AppliesTo> appliesTo;
    std::vector<Annotation> annotations;
    SourcePosition position;
};

struct CommonTypeDeclaration
{
    std::string name;
    TypeDeclaration type;
    std::vector<Annotation> annotations;
    SourcePosition position;
};

struct NamespaceDeclaration
{
    std::string name; ///< Empty for the empty namespace.
    std::vector<EntityDeclaration> entityTypes;
    std::vector<ActionDeclaration> actions;
    std::vector<CommonTypeDeclaration> commonTypes;
    std::vector<Annotation> annotations;
    SourcePosition position;
};

struct SchemaDocument
{
    std::vector<NamespaceDeclaration> namespaces;
};

/// Names joined by `::`, where `__cedar` may be one of them: what a schema may refer to.
[[nodiscard]] bool isTypeReference(std::string_view text);
/// Set, Record, Long and the like: no common type may be called so.
[[nodiscard]] bool isReservedTypeName(std::string_view name);

} // namespace countersign::cedar
