#pragma once

#include "models/json.h"
#include "models/result.h"

#include <string>

namespace countersign::ui {

/// Puts `value` at `pointer` (RFC 6901) of the payload of step `stepIndex`; nothing else of the
/// plan can be edited here.
/// Errors: NotFound when there is no such step or place.
[[nodiscard]] Result<Json> withPayloadValue(
    const Json& plan, std::size_t stepIndex, const std::string& pointer, const Json& value);

/// The edited plan as the next revision of `original`: revision one higher, the digest of the one
/// before named, payload digests made anew. Errors: as canonicalDigest.
[[nodiscard]] Result<Json> nextRevision(const Json& original, Json edited);

} // namespace countersign::ui
