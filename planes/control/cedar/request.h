#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/uid.h"
#include "planes/control/cedar/value.h"

#include <string_view>

/// What is asked: may the principal do the action to the resource, in this context?
namespace countersign::cedar {

struct Request
{
    EntityUid principal;
    EntityUid action;
    EntityUid resource;
    Record context;

    bool operator==(const Request&) const = default;
};

/// Reads {principal, action, resource, context}; the context may be left out when it is empty,
/// unknown members are ignored. With a schema the context is read as the action declares it, and
/// the request is checked. Errors: as readContext and checkRequest; InvalidInput (rule
/// `cedar.request.member`).
[[nodiscard]] Result<Request> parseRequest(std::string_view bytes, const Schema* schema = nullptr);
/// The same from parsed JSON of bounded depth.
[[nodiscard]] Result<Request> readRequest(const Json& json, const Schema* schema = nullptr);

/// Reads a context without a schema. Errors: as loadEntities for values; the pointer is relative to
/// the context.
[[nodiscard]] Result<Record> readContext(const Json& json);
/// Reads a context as the action declares it. Errors: as above; Refused (rule
/// `cedar.schema.unknown_action` and as checkValue).
[[nodiscard]] Result<Record>
readContext(const Json& json, const Schema& schema, const EntityUid& action);

/// The action is declared and applies to the types of principal and resource, both may occur, and
/// the context is as declared. Errors: Refused (rule `cedar.request.action`,
/// `cedar.request.principal`, `cedar.request.resource`, and as checkValue); the pointer names the
/// member of the request.
[[nodiscard]] Result<void> checkRequest(const Schema& schema, const Request& request);

} // namespace countersign::cedar
