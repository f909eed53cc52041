#pragma once

#include "models/classes.h"
#include "models/json.h"
#include "planes/control/policy.h"
#include "planes/control/request.h"

#include <vector>

namespace countersign::control {

struct EffectiveClasses
{
    Classes claimed;
    Classes effective;
    std::vector<ClassRaise> raised;
};

/// The classes a decision really has: the strictest of what the request and the memo claim, of
/// every step of the plan, of the floor each used operation has in its connector's manifest, and of
/// the policy's floors. Contract rule 5.
[[nodiscard]] EffectiveClasses effectiveClasses(
    const Json& claim,
    const Json& memo,
    const Json& plan,
    const std::vector<OperationFacts>& operations,
    const Policy& policy);

/// Reads a `classes` object of a schema-valid document; what is missing or unknown counts as the
/// strictest.
[[nodiscard]] Classes classesOf(const Json& object);
[[nodiscard]] Json toJson(const Classes& classes);

} // namespace countersign::control
