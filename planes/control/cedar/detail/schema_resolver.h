#pragma once

#include "planes/control/cedar/schema_model.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::cedar {

/// Where in a document something is declared, for the pointer of a refusal.
struct SchemaPlace
{
    SourcePosition position;
    std::string pointer; ///< For a document without positions.

    [[nodiscard]] std::string text() const;
    [[nodiscard]] SchemaPlace child(std::string_view token) const;
    [[nodiscard]] SchemaPlace at(SourcePosition other) const { return {other, pointer}; }
};

/// What the document declares, by full name. Points into the document.
struct SchemaNames
{
    template <class Declaration>
    struct Declared
    {
        const NamespaceDeclaration* space = nullptr;
        const Declaration* declaration = nullptr;
        SchemaPlace place;
    };

    std::map<std::string, Declared<EntityDeclaration>, std::less<>> entityTypes;
    std::map<std::string, Declared<CommonTypeDeclaration>, std::less<>> commonTypes;
    std::map<EntityUid, Declared<ActionDeclaration>> actions;
    std::map<std::string, bool, std::less<>> actionTypes; ///< The keys are what counts.

    /// Errors: InvalidInput (rule `cedar.schema.name`, `.reserved`, `.duplicate`, `.shadowing`).
    [[nodiscard]] static Result<SchemaNames> collect(const SchemaDocument& document);
};

/// What a name in a schema may stand for.
enum class NameUse : std::uint8_t {
    Any,
    CommonType,
    EntityType
};

/// Turns a document into a Schema; one object for one document.
class SchemaResolver
{
public:
    explicit SchemaResolver(const SchemaDocument& document)
        : m_document(document)
    {}

    [[nodiscard]] Result<Schema> run();

private:
    /// What a name stands for: one of the three.
    struct Referent
    {
        std::string commonType;
        std::string entityType;
        std::optional<TypeId> builtIn;
    };

    /// How the common types use each other.
    struct TypeUses
    {
        std::map<std::string, std::vector<std::string>, std::less<>> usersOf;
        std::map<std::string, std::size_t, std::less<>> openCount; ///< Used and not resolved yet.
    };

    [[nodiscard]] Result<Referent> look(
        const NamespaceDeclaration& space,
        std::string_view name,
        NameUse use,
        const SchemaPlace& place) const;
    [[nodiscard]] Result<TypeId> resolveType(
        const NamespaceDeclaration& space, const TypeDeclaration& type, const SchemaPlace& place);
    [[nodiscard]] Result<TypeId> resolveRecord(
        const NamespaceDeclaration& space, const TypeDeclaration& type, const SchemaPlace& place);
    [[nodiscard]] Result<TypeId> resolveName(
        const NamespaceDeclaration& space,
        const TypeDeclaration& type,
        NameUse use,
        const SchemaPlace& place);
    [[nodiscard]] Result<void> addUses(
        const NamespaceDeclaration& space,
        const TypeDeclaration& type,
        const SchemaPlace& place,
        std::vector<std::string>& uses) const;
    [[nodiscard]] Result<void> resolveCommonTypes();
    [[nodiscard]] Result<std::vector<std::string>> findUses(TypeUses& uses) const;
    [[nodiscard]] Result<void> resolveEntityTypes();
    [[nodiscard]] Result<void> resolveActions();
    [[nodiscard]] Result<ActionModel>
    resolveAction(const EntityUid& uid, const SchemaNames::Declared<ActionDeclaration>& declared);
    [[nodiscard]] Result<EntityUid> lookAction(
        const NamespaceDeclaration& space,
        const ActionReference& reference,
        const SchemaPlace& place) const;
    [[nodiscard]] Result<std::vector<std::uint32_t>> resolveTypeList(
        const NamespaceDeclaration& space,
        const std::vector<NameReference>& names,
        const SchemaPlace& place) const;
    [[nodiscard]] Result<void> closeHierarchies();
    [[nodiscard]] Result<void> checkEnvironmentCount() const;

    const SchemaDocument& m_document;
    SchemaNames m_names;
    Schema m_schema;
    std::map<std::string, TypeId, std::less<>> m_commonTypes; ///< Those already resolved.
};

} // namespace countersign::cedar
