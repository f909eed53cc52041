#pragma once

#include "models/digest.h"
#include "models/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

/// Reading and writing JSON without surprises: what one program reads, every other reads the same.
namespace countersign {

/// Objects keep their members sorted; documents are stored as the bytes that came, never
/// re-serialized.
using Json = nlohmann::json;

struct JsonLimits
{
    std::size_t byteCountMax = std::size_t{16} * 1024 * 1024;
    std::size_t depthMax = 64;
    std::size_t valueCountMax = 2'000'000;
    /// For formats that know integers only: `-0` is no other way to write 0.
    bool refusesNegativeZero = false;
};

/// Strict RFC 8259 text in UTF-8, no byte order mark. Refuses repeated keys, integers beyond 64
/// bits, numbers that overflow a double, text that is not UTF-8 or has unpaired surrogates,
/// trailing text, and whatever passes a limit. Errors: InvalidInput (rule `json.syntax`,
/// `json.duplicate_key`, `json.integer_range`, `json.number_range`, `json.negative_zero`,
/// `json.utf8`; `pointer` is the JSON pointer of the value or, where the text does not parse, `line
/// N column M`), LimitExceeded (rule `json.size`, `json.depth`, `json.count`).
[[nodiscard]] Result<Json> parseJson(std::string_view bytes, const JsonLimits& limits = {});

/// RFC 8785 (JCS) canonical form: members sorted by UTF-16 code units, ECMAScript number text.
/// Errors: InvalidInput (rule `jcs.integer_range`) for an integer that a double cannot hold
/// exactly, since two different documents would get one digest; (rule `jcs.number`) for NaN or
/// infinity; (rule `jcs.utf8`, `jcs.type`) for text and values that parseJson never makes. The
/// pointer names the place. Recursive: for values whose depth is bounded, as parsed ones are.
[[nodiscard]] Result<std::string> canonicalJson(const Json& value);

/// SHA-256 over the canonical form. Errors: as canonicalJson.
[[nodiscard]] Result<Digest> canonicalDigest(const Json& value);

/// Canonical form of a value this program made itself (strings, booleans and small integers):
/// cannot fail.
[[nodiscard]] std::string canonicalOwnJson(const Json& value);

/// Escapes one reference token for a JSON pointer (RFC 6901): `~` to `~0`, `/` to `~1`.
[[nodiscard]] std::string pointerToken(std::string_view key);

/// The value at `pointer` (RFC 6901), or nullptr.
[[nodiscard]] const Json* valueAt(const Json& root, std::string_view pointer);

/// Text member `key`, or empty when it is absent or not text. For documents that passed their
/// schema.
[[nodiscard]] std::string textMember(const Json& object, const char* key);

} // namespace countersign
