#pragma once

#include "planes/control/roster.h"
#include "planes/trust/dsse.h"
#include "planes/trust/statement.h"

#include <string>
#include <string_view>

/// Who signed an envelope, before its content is looked at. Inside planes/control only.
namespace countersign::control::detail {

struct SignedBy
{
    trust::Statement statement;
    const Person* person = nullptr; ///< Points into the roster.
    std::string keyId;
};

/// Exactly one good signature, of a key in the roster that has not expired when it arrived, over a
/// statement of that type. Errors: InvalidInput (`answer.form`), Unauthorized (`answer.key`,
/// `answer.key_expired`), SignatureInvalid (`answer.signature`).
[[nodiscard]] Result<SignedBy> openSigned(
    const trust::Envelope& envelope,
    std::string_view predicateType,
    const Roster& roster,
    Instant receivedAt);

/// That the statement names the person and key that signed it. Errors: Unauthorized
/// (`answer.person`).
[[nodiscard]] Result<void> checkNamed(const Json& signer, const SignedBy& opened);

/// Errors: InvalidInput (`answer.nonce`).
[[nodiscard]] Result<void> checkNonce(const std::string& nonce);

/// The bytes of a statement whose parts are valid by construction.
[[nodiscard]] std::string statementBytes(const trust::Statement& statement);

/// A signer's clock may run this far ahead of ours before a signature counts as dated in the
/// future.
inline constexpr Duration kClockSkewMax = std::chrono::minutes(5);

} // namespace countersign::control::detail
