#pragma once

#include "models/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The types that a schema and the validator speak of.
namespace countersign::cedar {

/// Index of a type in its table. Equal types of one table have equal ids.
using TypeId = std::uint32_t;

/// How deep the types of a schema may be nested after common types are put in.
inline constexpr std::uint32_t kTypeDepthMax = 100;
/// How deep those may be that a policy makes of literals (an expression is as high at most).
inline constexpr std::uint32_t kLiteralTypeDepthMax = 2'000;

enum class TypeKind : std::uint8_t {
    False, ///< The bool that is never true.
    True,  ///< The bool that is never false.
    Bool,
    Long,
    String,
    Decimal,
    Ip,
    DateTime,
    Duration,
    Entity,
    Set,
    Record,
};

/// A type without parts. The first nine kinds are their own ids.
[[nodiscard]] constexpr TypeId simpleType(TypeKind kind)
{
    return static_cast<TypeId>(kind);
}

struct AttributeType
{
    std::string name;
    TypeId type = 0;
    bool isRequired = true;

    bool operator==(const AttributeType&) const = default;
};

struct TypeNode
{
    TypeKind kind = TypeKind::Bool;
    std::uint32_t depth = 1;
    TypeId element = 0;                    ///< Set
    std::string entityType;                ///< Entity: its path
    std::vector<AttributeType> attributes; ///< Record: by name, unique

    /// The attribute of a record, or nullptr.
    [[nodiscard]] const AttributeType* find(std::string_view name) const;
};

/// Interned types: each structure is there once. A copy shares the nodes and keeps the ids, so that
/// a validator can add to its own copy of a schema's table.
class TypeTable
{
public:
    TypeTable();

    [[nodiscard]] const TypeNode& node(TypeId id) const { return *m_nodes[id]; }
    [[nodiscard]] TypeKind kind(TypeId id) const { return m_nodes[id]->kind; }
    [[nodiscard]] bool isBool(TypeId id) const { return id <= simpleType(TypeKind::Bool); }

    [[nodiscard]] TypeId entity(std::string_view path);
    /// Errors: LimitExceeded (rule `cedar.type_depth`) beyond `depthMax`, as record().
    [[nodiscard]] Result<TypeId> set(TypeId element, std::uint32_t depthMax);
    /// Takes the attributes in any order; names have to be unique.
    [[nodiscard]] Result<TypeId>
    record(std::vector<AttributeType> attributes, std::uint32_t depthMax);
    [[nodiscard]] TypeId emptyRecord() const { return m_emptyRecord; }

    /// The least type that both belong to: the type itself when they are equal, Bool for two
    /// different bools, and for sets and records (with the same attributes, each as optional) part
    /// by part. Nothing otherwise.
    [[nodiscard]] std::optional<TypeId> join(TypeId left, TypeId right);

    /// For messages: `Set<User>`, `{ name: String, nick?: String }`, cut where it gets long.
    [[nodiscard]] std::string text(TypeId id) const;

private:
    [[nodiscard]] TypeId intern(TypeNode node);
    [[nodiscard]] std::optional<TypeId> joinRecords(TypeId left, TypeId right);
    void write(std::string& out, TypeId id) const;

    std::vector<std::shared_ptr<const TypeNode>> m_nodes;
    std::unordered_multimap<std::uint64_t, TypeId> m_byHash;
    std::unordered_map<std::uint64_t, std::optional<TypeId>> m_joins;
    TypeId m_emptyRecord = 0;
};

/// `Long`, `Bool`, `ipaddr` and so on: the types that are always there, as schemas call them.
[[nodiscard]] std::optional<TypeId> builtInType(std::string_view name);
/// The same for the four extension types only.
[[nodiscard]] std::optional<TypeId> extensionType(std::string_view name);

} // namespace countersign::cedar
