#include "planes/control/cedar/schema_type.h"

#include "planes/control/cedar/uid.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::cedar {

namespace {

/// Enough to recognise a type by; the whole one is in the schema.
constexpr std::size_t kTypeTextLengthMax = 160;

constexpr std::array<std::string_view, 9> kSimpleNames = {
    "False", "True", "Bool", "Long", "String", "decimal", "ipaddr", "datetime", "duration"};

std::uint64_t hashOf(const TypeNode& node)
{
    std::uint64_t hash = mixHash(static_cast<std::uint64_t>(node.kind), node.element);
    hash = mixHash(hash, hashText(node.entityType));
    for (const AttributeType& attribute : node.attributes) {
        hash = mixHash(hash, hashText(attribute.name));
        hash =
            mixHash(hash, (std::uint64_t{attribute.type} << 1U) | (attribute.isRequired ? 1U : 0U));
    }
    return hash;
}

bool isSame(const TypeNode& left, const TypeNode& right)
{
    return left.kind == right.kind && left.element == right.element
           && left.entityType == right.entityType && left.attributes == right.attributes;
}

Failure tooDeep(std::uint32_t depthMax)
{
    return fail(
        ErrorCode::LimitExceeded,
        "the type is nested more than " + std::to_string(depthMax) + " deep",
        "cedar.type_depth");
}

} // namespace

const AttributeType* TypeNode::find(std::string_view name) const
{
    const auto found = std::lower_bound(
        attributes.begin(),
        attributes.end(),
        name,
        [](const AttributeType& attribute, std::string_view wanted) {
            return attribute.name < wanted;
        });
    return found != attributes.end() && found->name == name ? &*found : nullptr;
}

TypeTable::TypeTable()
{
    for (std::size_t kind = 0; kind < kSimpleNames.size(); ++kind) {
        TypeNode node;
        node.kind = static_cast<TypeKind>(kind);
        m_nodes.push_back(std::make_shared<const TypeNode>(std::move(node)));
    }
    TypeNode node;
    node.kind = TypeKind::Record;
    m_emptyRecord = intern(std::move(node));
}

TypeId TypeTable::intern(TypeNode node)
{
    const std::uint64_t hash = hashOf(node);
    const auto [begin, end] = m_byHash.equal_range(hash);
    for (auto found = begin; found != end; ++found)
        if (isSame(*m_nodes[found->second], node))
            return found->second;
    const auto id = static_cast<TypeId>(m_nodes.size());
    m_nodes.push_back(std::make_shared<const TypeNode>(std::move(node)));
    m_byHash.emplace(hash, id);
    return id;
}

TypeId TypeTable::entity(std::string_view path)
{
    TypeNode node;
    node.kind = TypeKind::Entity;
    node.entityType = path;
    return intern(std::move(node));
}

Result<TypeId> TypeTable::set(TypeId element, std::uint32_t depthMax)
{
    TypeNode node;
    node.kind = TypeKind::Set;
    node.element = element;
    node.depth = m_nodes[element]->depth + 1;
    if (node.depth > depthMax)
        return tooDeep(depthMax);
    return intern(std::move(node));
}

Result<TypeId> TypeTable::record(std::vector<AttributeType> attributes, std::uint32_t depthMax)
{
    TypeNode node;
    node.kind = TypeKind::Record;
    for (const AttributeType& attribute : attributes)
        node.depth = std::max(node.depth, m_nodes[attribute.type]->depth + 1);
    if (node.depth > depthMax)
        return tooDeep(depthMax);
    std::sort(attributes.begin(), attributes.end(), [](const auto& left, const auto& right) {
        return left.name < right.name;
    });
    node.attributes = std::move(attributes);
    return intern(std::move(node));
}

std::optional<TypeId> TypeTable::join(TypeId left, TypeId right)
{
    if (left == right)
        return left;
    if (isBool(left) && isBool(right))
        return simpleType(TypeKind::Bool);
    const TypeKind kind = m_nodes[left]->kind;
    if (kind != m_nodes[right]->kind || (kind != TypeKind::Set && kind != TypeKind::Record))
        return std::nullopt;
    // Shared parts make a type of few nodes as large as an exponential tree: look at each pair
    // once.
    const std::uint64_t pair =
        (std::uint64_t{std::min(left, right)} << 32U) | std::max(left, right);
    if (const auto known = m_joins.find(pair); known != m_joins.end())
        return known->second;
    std::optional<TypeId> joined;
    if (kind == TypeKind::Set) {
        const auto element = join(m_nodes[left]->element, m_nodes[right]->element);
        if (element)
            // Never deeper than the two it is made of, which were within the limit.
            joined = set(*element, kLiteralTypeDepthMax).value();
    } else {
        joined = joinRecords(left, right);
    }
    m_joins.emplace(pair, joined);
    return joined;
}

std::optional<TypeId> TypeTable::joinRecords(TypeId left, TypeId right)
{
    const std::shared_ptr<const TypeNode> leftNode = m_nodes[left];
    const std::shared_ptr<const TypeNode> rightNode = m_nodes[right];
    const auto& leftAttributes = leftNode->attributes;
    const auto& rightAttributes = rightNode->attributes;
    const bool sameAttributes = std::equal(
        leftAttributes.begin(),
        leftAttributes.end(),
        rightAttributes.begin(),
        rightAttributes.end(),
        [](const AttributeType& one, const AttributeType& other) {
            return one.isRequired == other.isRequired && one.name == other.name;
        });
    if (!sameAttributes)
        return std::nullopt;
    std::vector<AttributeType> attributes;
    attributes.reserve(leftAttributes.size());
    for (std::size_t i = 0; i < leftAttributes.size(); ++i) {
        const auto type = join(leftAttributes[i].type, rightAttributes[i].type);
        if (!type)
            return std::nullopt;
        attributes.push_back({leftAttributes[i].name, *type, leftAttributes[i].isRequired});
    }
    return record(std::move(attributes), kLiteralTypeDepthMax).value();
}

void TypeTable::write(std::string& out, TypeId id) const
{
    if (out.size() > kTypeTextLengthMax)
        return;
    const TypeNode& node = *m_nodes[id];
    if (id < kSimpleNames.size()) {
        out += kSimpleNames[id];
    } else if (node.kind == TypeKind::Entity) {
        out += node.entityType;
    } else if (node.kind == TypeKind::Set) {
        out += "Set<";
        write(out, node.element);
        out += '>';
    } else {
        out += node.attributes.empty() ? "{" : "{ ";
        std::string_view separator;
        for (const AttributeType& attribute : node.attributes) {
            out += separator;
            out += isName(attribute.name) ? attribute.name : cedar::quoted(attribute.name);
            out += attribute.isRequired ? ": " : "?: ";
            write(out, attribute.type);
            separator = ", ";
            if (out.size() > kTypeTextLengthMax)
                return;
        }
        out += node.attributes.empty() ? "}" : " }";
    }
}

std::string TypeTable::text(TypeId id) const
{
    std::string out;
    write(out, id);
    if (out.size() > kTypeTextLengthMax) {
        std::size_t length = kTypeTextLengthMax;
        while (length > 0 && (static_cast<unsigned char>(out[length]) & 0xC0U) == 0x80U)
            --length; // not within a character
        out.resize(length);
        out += "…";
    }
    return out;
}

std::optional<TypeId> extensionType(std::string_view name)
{
    constexpr auto kFirst = static_cast<std::size_t>(TypeKind::Decimal);
    for (std::size_t kind = kFirst; kind < kSimpleNames.size(); ++kind)
        if (kSimpleNames[kind] == name)
            return static_cast<TypeId>(kind);
    return std::nullopt;
}

std::optional<TypeId> builtInType(std::string_view name)
{
    constexpr auto kFirst = static_cast<std::size_t>(TypeKind::Bool);
    for (std::size_t kind = kFirst; kind < kSimpleNames.size(); ++kind)
        if (kSimpleNames[kind] == name)
            return static_cast<TypeId>(kind);
    return std::nullopt;
}

} // namespace countersign::cedar
