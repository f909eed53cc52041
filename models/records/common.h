#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/enum_text.h"
#include "models/ids.h"
#include "models/json.h"
#include "models/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The parts that all records share (common.schema.json). Names of members follow the contract;
/// keys that are unique inside one document only (`local_id`) are plain text. A member that the
/// contract does not require is a std::optional, so that absent and empty stay apart and a record
/// is written back exactly as it was read.
namespace countersign {

/// A time with the text that stated it: the text holds the zone, which the instant has lost.
struct StatedInstant
{
    Instant at;
    std::string text;

    /// Stated in UTC, for records this program writes.
    [[nodiscard]] static StatedInstant of(Instant at) { return {at, at.text()}; }

    bool operator==(const StatedInstant&) const = default;
};

struct ActorModel
{
    std::string provider;
    std::string name;
    std::string version;
    std::optional<Digest> promptSha256 = {};

    bool operator==(const ActorModel&) const = default;
};

struct Actor
{
    ActorType type = ActorType::Human;
    std::string id;
    std::string displayName;
    std::optional<std::string> role = {};
    std::optional<std::string> onBehalfOf = {};
    /// Present exactly when the actor is an agent.
    std::optional<ActorModel> model = {};

    bool operator==(const Actor&) const = default;
};

/// Identity, tenancy and tracing of a record.
struct Header
{
    std::string schema;
    std::string schemaVersion;
    RecordId recordId;
    std::int64_t revision = 1;
    std::optional<Digest> supersedesSha256 = {};
    std::string tenantId;
    /// Absent only on metric definitions.
    std::optional<DecisionId> decisionId = {};
    /// BCP 47 tag of the prose.
    std::string language;
    StatedInstant createdAt;
    Actor createdBy;
    std::string correlationId;
    std::optional<RecordId> causationId = {};
    std::string traceId;

    bool operator==(const Header&) const = default;
};

/// Fresh while now <= as_of + window_s.
struct Freshness
{
    StatedInstant asOf;
    std::int64_t windowS = 1;

    [[nodiscard]] bool isFreshAt(Instant now) const
    {
        return now <= asOf.at + std::chrono::seconds(windowS);
    }
    bool operator==(const Freshness&) const = default;
};

/// Bytes that were looked at.
struct Source
{
    std::string title;
    std::string uri;
    std::optional<std::string> originUri = {};
    Digest sha256;
    std::optional<std::int64_t> sizeBytes = {};
    std::optional<std::string> mediaType = {};
    StatedInstant retrievedAt;
    std::optional<StatedInstant> publishedAt = {};

    bool operator==(const Source&) const = default;
};

/// An exact revision; `sha256` is over the canonical form of the whole document.
struct DigestRef
{
    std::string schema;
    RecordId recordId;
    std::int64_t revision = 1;
    Digest sha256;

    bool operator==(const DigestRef&) const = default;
};

struct MetricRef
{
    std::string key;
    std::int64_t version = 1;

    bool operator==(const MetricRef&) const = default;
};

struct Quantile
{
    double p = 0;
    double value = 0;

    bool operator==(const Quantile&) const = default;
};

enum class Severity {
    V0,
    V1,
    V2,
    V3
};
template <>
inline constexpr auto
    kTextsOf<Severity> = std::to_array<std::string_view>({"V0", "V1", "V2", "V3"});

/// Of evidence and of effects.
enum class VerificationStatus {
    Verified,
    PartiallyVerified,
    Unverified,
    Contradicted
};
template <>
inline constexpr auto kTextsOf<VerificationStatus> = std::to_array<std::string_view>(
    {"verified", "partially_verified", "unverified", "contradicted"});

enum class EffectChange {
    Created,
    Updated,
    Deleted,
    Sent,
    None
};
template <>
inline constexpr auto kTextsOf<EffectChange> =
    std::to_array<std::string_view>({"created", "updated", "deleted", "sent", "none"});

enum class SimulationMethod {
    MonteCarlo,
    LatinHypercube,
    Sobol
};
template <>
inline constexpr auto kTextsOf<SimulationMethod> =
    std::to_array<std::string_view>({"monte_carlo", "latin_hypercube", "sobol"});

/// How numbers were produced, so that anyone can produce them again.
struct Simulation
{
    SimulationMethod method = SimulationMethod::MonteCarlo;
    std::int64_t sampleCount = 0;
    std::int64_t seed = 0;
    std::string engine;
    std::string engineVersion;

    bool operator==(const Simulation&) const = default;
};

/// The header's `schema`, or empty when there is none.
[[nodiscard]] std::string recordKind(const Json& document);

} // namespace countersign
