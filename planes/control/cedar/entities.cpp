#include "planes/control/cedar/entities.h"

#include "planes/control/cedar/conformance.h"
#include "planes/control/cedar/detail/conform.h"
#include "planes/control/cedar/detail/value_reader.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

Failure refuse(const Place& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.text());
}

/// The member, of the kind that the format wants.
Result<const Json*>
memberOf(const Json& entity, const char* key, Json::value_t kind, bool isNeeded, const Place& place)
{
    const auto found = entity.find(key);
    if (found == entity.end()) {
        if (!isNeeded)
            return static_cast<const Json*>(nullptr);
        return refuse(
            place,
            "cedar.entities.member",
            "the entity has no " + cedar::quoted(key) + "; it needs uid, attrs and parents");
    }
    if (found->type() != kind)
        return refuse(
            Place(place, key),
            "cedar.entities.kind",
            cedar::quoted(key)
                + (kind == Json::value_t::array ? " has to be a list" : " has to be an object"));
    return &*found;
}

class EntityReader
{
public:
    explicit EntityReader(const Schema* schema)
        : m_schema(schema)
        , m_values(schema)
    {}

    Result<Entity> read(const Json& json, const Place& place) const
    {
        if (!json.is_object())
            return refuse(place, "cedar.entities.kind", "an entity has to be an object");
        const auto uidJson = json.find("uid");
        if (uidJson == json.end())
            return refuse(
                place, "cedar.entities.member", R"(the entity has no "uid": {"type", "id"})");
        const Place uidPlace(place, "uid");
        CS_TRY(const EntityUid uid, m_values.readUid(*uidJson, uidPlace));
        CS_TRY(
            const Json* const attributes,
            memberOf(json, "attrs", Json::value_t::object, true, place));
        CS_TRY(
            const Json* const parents,
            memberOf(json, "parents", Json::value_t::array, true, place));
        CS_TRY(const Json* const tags, memberOf(json, "tags", Json::value_t::object, false, place));

        Entity entity{uid, Record(), Record(), {}};
        // The types of actions have neither attributes nor tags to go by.
        const EntityTypeModel* type = nullptr;
        if (m_schema != nullptr) {
            CS_CHECK(checkUidAt(*m_schema, uid.data(), uidPlace));
            type = m_schema->entityType(uid.type());
        }
        CS_TRY(entity.attributes, readAttributes(*attributes, type, Place(place, "attrs")));
        CS_TRY(entity.tags, readTags(tags, type, Place(place, "tags")));
        CS_TRY(entity.parents, readParents(*parents, uid, type, Place(place, "parents")));
        return entity;
    }

private:
    Result<Record>
    readAttributes(const Json& json, const EntityTypeModel* type, const Place& place) const
    {
        return type == nullptr ? m_values.readRecord(json, place)
                               : m_values.readRecord(json, type->attributes, place);
    }

    Result<Record> readTags(const Json* json, const EntityTypeModel* type, const Place& place) const
    {
        if (json == nullptr)
            return Record();
        if (type == nullptr)
            return m_values.readRecord(*json, place);
        std::vector<std::pair<std::string, Value>> entries;
        for (const auto& item : json->items()) {
            const Place here(place, item.key());
            if (!type->tags)
                return tagsUndeclared(type->path, here);
            CS_TRY(Value value, m_values.read(item.value(), *type->tags, here));
            entries.emplace_back(item.key(), std::move(value));
        }
        return Record::create(std::move(entries));
    }

    Result<std::vector<EntityUid>> readParents(
        const Json& list,
        const EntityUid& uid,
        const EntityTypeModel* type,
        const Place& place) const
    {
        std::vector<EntityUid> parents;
        parents.reserve(list.size());
        std::size_t index = 0;
        for (const Json& json : list) {
            const Place here(place, index++);
            CS_TRY(EntityUid parent, m_values.readUid(json, here));
            if (type != nullptr)
                CS_CHECK(checkParent(*m_schema, uid.data(), parent.data(), here));
            parents.push_back(std::move(parent));
        }
        return parents;
    }

    const Schema* m_schema;
    ValueReader m_values;
};

Failure actionDiffers(const EntityUid& uid)
{
    return fail(
        ErrorCode::Refused,
        "the action " + uid.text()
            + " is not as the schema declares it; leave it out, the schema's is added",
        "cedar.conform.action");
}

/// The given actions are those of the schema, each with all its groups.
Result<void> checkActions(const Schema& schema, std::vector<Entity> given)
{
    EntityStore store;
    CS_CHECK(store.add(std::move(given)));
    for (const StoredEntity* const entity : store.sorted()) {
        const ActionModel* const action = schema.action(entity->uid().data());
        const bool isBare = entity->attributes().size() == 0 && entity->tags().size() == 0;
        if (action == nullptr || !isBare || entity->ancestors().size() != action->ancestors.size())
            return actionDiffers(entity->uid());
        for (const EntityUid& ancestor : entity->ancestors())
            if (!schema.isActionIn(*action, ancestor.data()))
                return actionDiffers(entity->uid());
    }
    return {};
}

/// Takes over entities that conform already, but for actions.
Result<EntityStore> withActions(std::vector<Entity> entities, const Schema& schema)
{
    const auto actions =
        std::stable_partition(entities.begin(), entities.end(), [](const Entity& entity) {
            return !isActionType(entity.uid.type());
        });
    CS_CHECK(checkActions(
        schema, {std::make_move_iterator(actions), std::make_move_iterator(entities.end())}));
    entities.erase(actions, entities.end());
    for (Entity& action : schema.actionEntities())
        entities.push_back(std::move(action));
    EntityStore store;
    CS_CHECK(store.add(std::move(entities)));
    return store;
}

/// The value's own JSON would not be read as the value.
Result<void> checkWritable(const ValueView& value, const Json& json)
{
    if (value.is(ValueKind::Set)) {
        std::size_t index = 0;
        for (const Value& element : value.set().elements)
            CS_CHECK(checkWritable(element, json[index++]));
    }
    if (!value.is(ValueKind::Record))
        return {};
    if (looksLikeEscape(json))
        return fail(
            ErrorCode::Unsupported,
            "a record with the one key " + value.record().entries.front().key.text()
                + " would be read as something else",
            "cedar.value.escape");
    for (const RecordEntry& entry : value.record().entries)
        CS_CHECK(checkWritable(entry.value, json.at(entry.key.text())));
    return {};
}

/// Attributes and tags: an object that is never taken for an escape itself.
Result<Json> membersJson(const Record& record)
{
    Json object = Json::object();
    for (const RecordEntry& entry : record.entries()) {
        Json member = valueJson(entry.value);
        CS_CHECK(checkWritable(entry.value, member));
        object[entry.key.text()] = std::move(member);
    }
    return object;
}

Json uidJson(const EntityUid& uid)
{
    Json object = Json::object();
    object["type"] = uid.type();
    object["id"] = uid.id();
    return object;
}

} // namespace

Result<std::vector<Entity>> readEntities(const Json& document, const Schema* schema)
{
    const Place root("");
    if (!document.is_array())
        return refuse(root, "cedar.entities.kind", "entities are a list of objects");
    const EntityReader reader(schema);
    std::vector<Entity> entities;
    entities.reserve(document.size());
    std::size_t index = 0;
    for (const Json& json : document) {
        CS_TRY(Entity entity, reader.read(json, Place(root, index++)));
        entities.push_back(std::move(entity));
    }
    return entities;
}

Result<EntityStore> loadEntities(const Json& document, const Schema* schema)
{
    CS_TRY(std::vector<Entity> entities, readEntities(document, schema));
    if (schema != nullptr)
        return withActions(std::move(entities), *schema);
    EntityStore store;
    CS_CHECK(store.add(std::move(entities)));
    return store;
}

Result<EntityStore> parseEntities(std::string_view bytes, const Schema* schema)
{
    CS_TRY(const Json document, parseJson(bytes, kEntitiesJsonLimits));
    return loadEntities(document, schema);
}

Result<EntityStore> buildEntities(std::vector<Entity> entities, const Schema& schema)
{
    for (std::size_t i = 0; i < entities.size(); ++i)
        CS_CHECK(checkEntity(schema, entities[i], "/" + std::to_string(i)));
    return withActions(std::move(entities), schema);
}

Result<Json> entityJson(const Entity& entity)
{
    Json json = Json::object();
    json["uid"] = uidJson(entity.uid);
    CS_TRY(json["attrs"], membersJson(entity.attributes));
    json["parents"] = Json::array();
    for (const EntityUid& parent : entity.parents)
        json["parents"].push_back(uidJson(parent));
    if (entity.tags.size() > 0) {
        CS_TRY(json["tags"], membersJson(entity.tags));
    }
    return json;
}

Result<Json> entitiesJson(const EntityStore& store)
{
    Json list = Json::array();
    for (const StoredEntity* const stored : store.sorted()) {
        CS_TRY(Json json, entityJson(stored->entity()));
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace countersign::cedar
