#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/schema_model.h"

#include <string_view>
#include <vector>

/// The entities format: a JSON list of {uid, attrs, parents[, tags]}.
namespace countersign::cedar {

/// What an entities document or a request may measure: integers only, no -0.
inline constexpr JsonLimits kEntitiesJsonLimits = {
    .byteCountMax = std::size_t{64} << 20U,
    .depthMax = 64,
    .valueCountMax = 4'000'000,
    .refusesNegativeZero = true,
};

/// Reads a whole document into a store. Without a schema values say themselves what they are, and
/// action groups are only those that the document states. With one, `__entity` and `__extn` may be
/// left out, every entity has to conform, an action that is given has to be as declared, and all
/// declared actions with their groups are added.
/// Errors: as parseJson and EntityStore::add; InvalidInput (rule `cedar.entities.member`,
/// `cedar.entities.kind`, `cedar.type_name`, `cedar.value.*`, `cedar.call`); Refused (as
/// checkEntity). The pointer is a JSON pointer into the document.
[[nodiscard]] Result<EntityStore>
parseEntities(std::string_view bytes, const Schema* schema = nullptr);

/// The same from parsed JSON; for JSON of bounded depth. (A 0 that a program puts in is no -0.)
[[nodiscard]] Result<EntityStore>
loadEntities(const Json& document, const Schema* schema = nullptr);

/// Reads the entities one by one, as they stand there: no closure, no actions of the schema, and
/// actions that are given are not compared. Errors: as loadEntities.
[[nodiscard]] Result<std::vector<Entity>>
readEntities(const Json& document, const Schema* schema = nullptr);

/// Puts conforming entities and the declared actions into one store. Actions among the entities
/// have to be as declared. Errors: as checkEntity and EntityStore::add, the pointer starts with the
/// entity's index.
[[nodiscard]] Result<EntityStore> buildEntities(std::vector<Entity> entities, const Schema& schema);

/// Writes what parseEntities() reads back the same. Errors: Unsupported (rule `cedar.value.escape`)
/// for a record that would read as something else, as {"__entity": {"type": "A", "id": "b"}} does.
[[nodiscard]] Result<Json> entityJson(const Entity& entity);
/// All entities by uid.
[[nodiscard]] Result<Json> entitiesJson(const EntityStore& store);

} // namespace countersign::cedar
