#pragma once

#include "models/instant.h"
#include "models/json.h"
#include "planes/execution/plan.h"

/// Making a person's edit of a plan into a document: the next revision, by that person.
namespace countersign::execution {

/// Takes the payloads and titles a person changed in `edited` and seals them as the revision after
/// `original`: header, payload digests and, since other effects must not hide behind the keys of
/// the old ones, new idempotency keys. Errors: Refused (rule `amendment.unchanged`;
/// `amendment.structure` when anything but payloads, titles, guards, expected effects, the window
/// or timeouts differs), InvalidInput (rule `plan.form` or as parsePlan).
[[nodiscard]] Result<Json>
sealAmendedPlan(const Json& original, const Json& edited, const Person& editor, Instant now);

} // namespace countersign::execution
