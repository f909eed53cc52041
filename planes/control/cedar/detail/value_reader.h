#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/detail/place.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/value.h"

#include <optional>

namespace countersign::cedar {

/// Reads values of the entities format. With a schema and an expected type, `__entity` and `__extn`
/// may be left out, and what is read has that type. Recursive: for JSON of bounded depth.
class ValueReader
{
public:
    explicit ValueReader(const Schema* schema)
        : m_schema(schema)
    {}

    [[nodiscard]] Result<Value> read(const Json& json, const Place& place) const;
    [[nodiscard]] Result<Value> read(const Json& json, TypeId type, const Place& place) const;
    /// All members as values; nothing is taken for an escape at this level.
    [[nodiscard]] Result<Record> readRecord(const Json& object, const Place& place) const;
    [[nodiscard]] Result<Record>
    readRecord(const Json& object, TypeId type, const Place& place) const;
    /// `{type, id}`, maybe inside `__entity`.
    [[nodiscard]] Result<EntityUid> readUid(const Json& json, const Place& place) const;

private:
    [[nodiscard]] Result<Value> readObject(const Json& object, const Place& place) const;
    [[nodiscard]] Result<Value> readCall(const Json& call, const Place& place) const;
    [[nodiscard]] Result<Value> readSet(const Json& list, TypeId element, const Place& place) const;
    [[nodiscard]] Result<Value>
    readExtension(const Json& json, TypeId type, const Place& place) const;
    /// With the types that the function takes, so that they may be implicit too.
    [[nodiscard]] Result<Value> readTypedCall(const Json& call, const Place& place) const;

    const Schema* m_schema;
};

/// A record that would be read as something else: with the one key `__entity`, `__extn` or `__expr`
/// and the shape that goes with it.
[[nodiscard]] bool looksLikeEscape(const Json& object);

} // namespace countersign::cedar
