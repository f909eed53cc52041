#pragma once

#include "models/result.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Names and entity identifiers of the Cedar policy language (4.5).
namespace countersign::cedar {

/// The same on every machine and in every run. Equal texts have equal hashes; nothing is promised
/// against somebody who looks for collisions, so every use compares the texts as well.
[[nodiscard]] std::uint64_t hashText(std::string_view text);

/// Folds the next value of a sequence into a hash.
[[nodiscard]] constexpr std::uint64_t mixHash(std::uint64_t seed, std::uint64_t next)
{
    std::uint64_t mixed = (seed ^ next) * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 32U;
    return mixed * 0xD6E8FEB86659FD93ULL;
}

/// `[_a-zA-Z][_a-zA-Z0-9]*`, reserved or not.
[[nodiscard]] bool isIdentifier(std::string_view text);
/// true false if then else in is like has __cedar: no names, attributes after a dot, record keys.
[[nodiscard]] bool isReservedWord(std::string_view text);
/// An identifier that is not reserved.
[[nodiscard]] bool isName(std::string_view text);
/// Names joined by `::`, without blanks: the normal form of a type name.
[[nodiscard]] bool isTypePath(std::string_view text);
/// The part after the last `::`.
[[nodiscard]] std::string_view baseName(std::string_view path);
/// The part before the last `::`, empty for a type of the empty namespace.
[[nodiscard]] std::string_view namespaceOf(std::string_view path);
/// The text between double quotes, with every character escaped that a string may not hold or that
/// a reader would not see.
[[nodiscard]] std::string quoted(std::string_view text);

/// What an entity identifier holds. Reached through EntityUid and ValueView only.
struct UidData
{
    std::string type;
    std::string id;
    std::uint64_t typeHash = 0;
    std::uint64_t hash = 0; ///< Of both.

    [[nodiscard]] bool hasType(std::string_view path, std::uint64_t pathHash) const
    {
        return typeHash == pathHash && type == path;
    }
    friend bool operator==(const UidData& left, const UidData& right)
    {
        return &left == &right
               || (left.hash == right.hash && left.id == right.id && left.type == right.type);
    }
    /// By the bytes of the type, then of the id.
    friend std::strong_ordering operator<=>(const UidData& left, const UidData& right)
    {
        if (const auto order = left.type <=> right.type; order != 0)
            return order;
        return left.id <=> right.id;
    }
};

/// An entity identifier: a type path and an id of any text. Immutable; a copy shares the data.
class EntityUid
{
public:
    /// Errors: InvalidInput (rule `cedar.type_name`) when the type is not a path in normal form.
    [[nodiscard]] static Result<EntityUid> create(std::string type, std::string id);
    /// Takes over data that a value shares.
    explicit EntityUid(std::shared_ptr<const UidData> data)
        : m_data(std::move(data))
    {}

    [[nodiscard]] const std::string& type() const { return m_data->type; }
    [[nodiscard]] const std::string& id() const { return m_data->id; }
    [[nodiscard]] std::uint64_t hash() const { return m_data->hash; }
    [[nodiscard]] const UidData& data() const { return *m_data; }
    [[nodiscard]] const std::shared_ptr<const UidData>& shared() const { return m_data; }
    /// `Type::"id"`, as in policy text.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const EntityUid& left, const EntityUid& right)
    {
        return *left.m_data == *right.m_data;
    }
    friend std::strong_ordering operator<=>(const EntityUid& left, const EntityUid& right)
    {
        return *left.m_data <=> *right.m_data;
    }

private:
    std::shared_ptr<const UidData> m_data;
};

/// `Type::"id"`, as in policy text.
[[nodiscard]] std::string uidText(const UidData& uid);

/// For hashed containers that are asked with either form.
struct UidHash
{
    using is_transparent = void; // NOLINT(readability-identifier-naming): the standard's name
    std::size_t operator()(const EntityUid& uid) const { return uid.hash(); }
    std::size_t operator()(const UidData& uid) const { return uid.hash; }
};
struct UidEqual
{
    using is_transparent = void; // NOLINT(readability-identifier-naming): the standard's name
    static const UidData& dataOf(const EntityUid& uid) { return uid.data(); }
    static const UidData& dataOf(const UidData& uid) { return uid; }
    template <class Left, class Right>
    bool operator()(const Left& left, const Right& right) const
    {
        return dataOf(left) == dataOf(right);
    }
};

} // namespace countersign::cedar
