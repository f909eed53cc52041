#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "planes/control/policy.h"
#include "planes/control/roster.h"
#include "planes/trust/dsse.h"

#include <string>
#include <string_view>

/// The emergency stop: one person who may, and nothing is dispatched any more. Lifting it is a
/// governed change (governance.h).
namespace countersign::control {

inline constexpr std::string_view kHaltPredicate = "https://countersign.example/halt/v1";

struct HaltDraft
{
    std::string personId;
    std::string keyId;
    std::string reason; ///< Needed.
    std::string nonce;  ///< 32 hexadecimal digits, random.
    Instant issuedAt;
};

/// The bytes the person signs; the subject is the workspace's anchor, so that they halt no other.
[[nodiscard]] std::string haltStatement(const Digest& anchor, const HaltDraft& draft);

struct VerifiedHalt
{
    HaltDraft draft;
};

/// Errors: SignatureInvalid, Unauthorized (`answer.key`, `answer.person`, those of whoMay),
/// InvalidInput (`halt.form`, `halt.reason`), Expired (`halt.window`: signed more than an hour ago
/// or in the future).
[[nodiscard]] Result<VerifiedHalt> verifyHalt(
    const trust::Envelope& envelope,
    const Digest& anchor,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt);

} // namespace countersign::control
