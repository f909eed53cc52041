#include "planes/control/cedar/conformance.h"

#include "planes/control/cedar/detail/conform.h"

#include <utility>

namespace countersign::cedar {

namespace {

Failure refuse(const Place& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::Refused, std::move(detail), std::move(rule), place.text());
}

Result<void> checkRecordAt(
    const Schema& schema, const RecordData& record, const TypeNode& type, const Place& place)
{
    for (const RecordEntry& entry : record.entries) {
        const Place here(place, entry.key.text());
        const AttributeType* const attribute = type.find(entry.key.text());
        if (attribute == nullptr)
            return undeclaredAttribute(entry.key.text(), here);
        CS_CHECK(checkValueAt(schema, entry.value, attribute->type, here));
    }
    for (const AttributeType& attribute : type.attributes)
        if (attribute.isRequired && record.find(attribute.name) == nullptr)
            return missingAttribute(attribute.name, place);
    return {};
}

Result<void> checkAction(
    const Schema& schema, const ActionModel& action, const Entity& entity, const Place& place)
{
    if (entity.attributes.size() > 0 || entity.tags.size() > 0)
        return refuse(
            place,
            "cedar.conform.action",
            "an action has neither attributes nor tags; leave them out");
    const Place parents(place, "parents");
    for (std::size_t i = 0; i < entity.parents.size(); ++i)
        if (!schema.isActionIn(action, entity.parents[i].data()))
            return refuse(
                Place(parents, i),
                "cedar.conform.action",
                "the schema does not put " + entity.uid.text() + " in " + entity.parents[i].text());
    return {};
}

Result<void>
checkTags(const Schema& schema, const EntityTypeModel& type, const Record& tags, const Place& place)
{
    if (!type.tags && tags.size() > 0)
        return tagsUndeclared(type.path, place);
    for (const RecordEntry& tag : tags.entries())
        CS_CHECK(checkValueAt(schema, tag.value, *type.tags, Place(place, tag.key.text())));
    return {};
}

} // namespace

bool isOfKind(ValueKind value, TypeKind type)
{
    switch (value) {
    case ValueKind::Bool:
        return type == TypeKind::Bool;
    case ValueKind::Integer:
        return type == TypeKind::Long;
    case ValueKind::String:
        return type == TypeKind::String;
    case ValueKind::Uid:
        return type == TypeKind::Entity;
    case ValueKind::Set:
        return type == TypeKind::Set;
    case ValueKind::Record:
        return type == TypeKind::Record;
    case ValueKind::Decimal:
        return type == TypeKind::Decimal;
    case ValueKind::Ip:
        return type == TypeKind::Ip;
    case ValueKind::DateTime:
        return type == TypeKind::DateTime;
    case ValueKind::Duration:
        return type == TypeKind::Duration;
    }
    return false;
}

Failure wrongType(const Schema& schema, std::string_view found, TypeId expected, const Place& place)
{
    return refuse(
        place,
        "cedar.conform.type",
        "found a " + std::string(found) + " where the schema expects "
            + schema.types().text(expected));
}

Failure missingAttribute(std::string_view name, const Place& place)
{
    return refuse(
        place,
        "cedar.conform.missing",
        "the attribute " + cedar::quoted(std::string(name))
            + ", which the schema requires, is missing");
}

Failure undeclaredAttribute(std::string_view name, const Place& place)
{
    return refuse(
        place,
        "cedar.conform.undeclared",
        "the schema declares no attribute " + cedar::quoted(std::string(name))
            + " here; leave it out or declare it");
}

Failure tagsUndeclared(std::string_view type, const Place& place)
{
    return refuse(
        place,
        "cedar.conform.tags",
        "the schema declares no tags for " + std::string(type) + "; leave them out");
}

Result<void> checkUidAt(const Schema& schema, const UidData& uid, const Place& place)
{
    const auto checked = schema.checkUid(uid);
    if (checked.ok())
        return {};
    Error error = checked.error();
    error.pointer = place.text();
    return fail(std::move(error));
}

Result<void>
checkUidOfType(const Schema& schema, const UidData& uid, TypeId expected, const Place& place)
{
    if (uid.type != schema.types().node(expected).entityType)
        return wrongType(schema, uid.type, expected, place);
    return checkUidAt(schema, uid, place);
}

Result<void>
checkValueAt(const Schema& schema, const ValueView& value, TypeId type, const Place& place)
{
    const TypeNode& node = schema.types().node(type);
    if (!isOfKind(value.kind(), node.kind))
        return wrongType(schema, kindName(value.kind()), type, place);
    if (node.kind == TypeKind::Entity)
        return checkUidOfType(schema, value.uid(), type, place);
    if (node.kind == TypeKind::Record)
        return checkRecordAt(schema, value.record(), node, place);
    if (node.kind == TypeKind::Set) {
        std::size_t index = 0;
        for (const Value& element : value.set().elements)
            CS_CHECK(checkValueAt(schema, element, node.element, Place(place, index++)));
    }
    return {};
}

Result<void>
checkParent(const Schema& schema, const UidData& uid, const UidData& parent, const Place& place)
{
    CS_CHECK(checkUidAt(schema, parent, place));
    // mayBeIn() also says yes to the type itself, which only its own declaration allows.
    const EntityTypeModel* const type = schema.entityType(uid.type);
    const EntityTypeModel* const parentType = schema.entityType(parent.type);
    const bool mayBe =
        type != nullptr && parentType != nullptr && type->hasAncestor(schema.indexOf(*parentType));
    if (mayBe)
        return {};
    return refuse(
        place,
        "cedar.conform.parent",
        "the schema does not allow a " + uid.type + " in a " + parent.type);
}

Result<void>
checkValue(const Schema& schema, const ValueView& value, TypeId type, std::string_view pointer)
{
    return checkValueAt(schema, value, type, Place(pointer));
}

Result<void> checkEntity(const Schema& schema, const Entity& entity, std::string_view pointer)
{
    const Place place(pointer);
    const UidData& uid = entity.uid.data();
    CS_CHECK(checkUidAt(schema, uid, Place(place, "uid")));
    if (const ActionModel* const action = schema.action(uid))
        return checkAction(schema, *action, entity, place);
    const EntityTypeModel& type = *schema.entityType(uid.type);
    CS_CHECK(checkRecordAt(
        schema,
        entity.attributes.data(),
        schema.types().node(type.attributes),
        Place(place, "attrs")));
    CS_CHECK(checkTags(schema, type, entity.tags, Place(place, "tags")));
    const Place parents(place, "parents");
    for (std::size_t i = 0; i < entity.parents.size(); ++i)
        CS_CHECK(checkParent(schema, uid, entity.parents[i].data(), Place(parents, i)));
    return {};
}

} // namespace countersign::cedar
