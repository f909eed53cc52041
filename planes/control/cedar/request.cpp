#include "planes/control/cedar/request.h"

#include "planes/control/cedar/detail/conform.h"
#include "planes/control/cedar/detail/value_reader.h"
#include "planes/control/cedar/entities.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

Failure refuse(const Place& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::Refused, std::move(detail), std::move(rule), place.text());
}

Result<const ActionModel*>
declaredAction(const Schema& schema, const EntityUid& uid, const Place& place)
{
    const ActionModel* const action = schema.action(uid.data());
    if (action == nullptr)
        return refuse(
            place,
            "cedar.schema.unknown_action",
            "the schema declares no action " + uid.text() + "; declare it or correct its name");
    return action;
}

Result<Record> untypedContext(const Json& json, const Place& place)
{
    CS_TRY(const Value value, ValueReader(nullptr).read(json, place));
    if (value.is(ValueKind::Record))
        return value.record();
    return fail(
        ErrorCode::InvalidInput,
        "a context is an object, not a " + std::string(kindName(value.kind())),
        "cedar.request.context",
        place.text());
}

Result<Record>
typedContext(const Json& json, const Schema& schema, const EntityUid& action, const Place& place)
{
    CS_TRY(const ActionModel* const declared, declaredAction(schema, action, Place("/action")));
    CS_TRY(const Value value, ValueReader(&schema).read(json, declared->context, place));
    return value.record();
}

Result<EntityUid> uidMember(const Json& json, const char* key)
{
    const Place root("");
    const auto found = json.find(key);
    if (found == json.end())
        return fail(
            ErrorCode::InvalidInput,
            "the request has no " + cedar::quoted(key)
                + "; it needs principal, action and resource",
            "cedar.request.member");
    return ValueReader(nullptr).readUid(*found, Place(root, key));
}

/// One of the two sides that an action applies to.
Result<void> checkSide(
    const Schema& schema,
    const ActionModel& action,
    const std::vector<std::uint32_t>& types,
    const EntityUid& uid,
    const char* side)
{
    const Place root("");
    const Place place(root, side);
    CS_CHECK(checkUidAt(schema, uid.data(), place));
    const EntityTypeModel* const type = schema.entityType(uid.type());
    if (type != nullptr && std::binary_search(types.begin(), types.end(), schema.indexOf(*type)))
        return {};
    return refuse(
        place,
        std::string("cedar.request.") + side,
        "the schema does not let " + action.uid.text() + " have the " + side + " type "
            + uid.type());
}

} // namespace

Result<Record> readContext(const Json& json)
{
    return untypedContext(json, Place(""));
}

Result<Record> readContext(const Json& json, const Schema& schema, const EntityUid& action)
{
    return typedContext(json, schema, action, Place(""));
}

Result<void> checkRequest(const Schema& schema, const Request& request)
{
    CS_TRY(
        const ActionModel* const action, declaredAction(schema, request.action, Place("/action")));
    if (action->principals.empty() || action->resources.empty())
        return refuse(
            Place("/action"),
            "cedar.request.action",
            "the schema lets no request have " + request.action.text() + "; it is only a group");
    CS_CHECK(checkSide(schema, *action, action->principals, request.principal, "principal"));
    CS_CHECK(checkSide(schema, *action, action->resources, request.resource, "resource"));
    return checkValueAt(
        schema, ValueView::record(request.context.data()), action->context, Place("/context"));
}

Result<Request> readRequest(const Json& json, const Schema* schema)
{
    if (!json.is_object())
        return fail(
            ErrorCode::InvalidInput,
            "a request is an object with principal, action, resource and context",
            "cedar.request.member");
    CS_TRY(const EntityUid principal, uidMember(json, "principal"));
    CS_TRY(const EntityUid action, uidMember(json, "action"));
    CS_TRY(const EntityUid resource, uidMember(json, "resource"));
    Request request{principal, action, resource, Record()};
    const Json none = Json::object();
    const auto context = json.find("context");
    const Json& contextJson = context == json.end() ? none : *context;
    const Place place("/context");
    if (schema == nullptr) {
        CS_TRY(request.context, untypedContext(contextJson, place));
        return request;
    }
    CS_TRY(request.context, typedContext(contextJson, *schema, action, place));
    CS_CHECK(checkRequest(*schema, request));
    return request;
}

Result<Request> parseRequest(std::string_view bytes, const Schema* schema)
{
    CS_TRY(const Json json, parseJson(bytes, kEntitiesJsonLimits));
    return readRequest(json, schema);
}

} // namespace countersign::cedar
