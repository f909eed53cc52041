#include "planes/control/detail/signed_by.h"

#include <algorithm>

namespace countersign::control::detail {

namespace {

constexpr std::size_t kNonceDigits = 32;

} // namespace

Result<SignedBy> openSigned(
    const trust::Envelope& envelope,
    std::string_view predicateType,
    const Roster& roster,
    Instant receivedAt)
{
    if (envelope.signatures.size() != 1)
        return fail(
            ErrorCode::InvalidInput, "an envelope carries exactly one signature", "answer.form");
    // The key id is a hint: what decides is which key of the roster verifies.
    const std::string& claimed = envelope.signatures.front().keyId;
    for (const Person& person : roster.people) {
        for (const RosterKey& key : person.keys) {
            if (!claimed.empty() && claimed != key.keyId)
                continue;
            if (!trust::verifyEnvelope(envelope, key.key).ok())
                continue;
            if (key.expiresAt && receivedAt > *key.expiresAt)
                return fail(
                    ErrorCode::Unauthorized,
                    "the signing key expired at " + key.expiresAt->text(),
                    "answer.key_expired");
            CS_TRY(trust::Statement statement, trust::parseStatement(envelope.payload));
            if (statement.predicateType != predicateType)
                return fail(
                    ErrorCode::InvalidInput,
                    "the signed statement is not well formed: its predicate type is "
                        + statement.predicateType,
                    "answer.form");
            return SignedBy{std::move(statement), &person, key.keyId};
        }
    }
    if (!claimed.empty() && roster.holderOf(claimed) == nullptr)
        return fail(ErrorCode::Unauthorized, "the signing key is not in the roster", "answer.key");
    return fail(
        ErrorCode::SignatureInvalid,
        "no key of the roster verifies this signature",
        "answer.signature");
}

Result<void> checkNamed(const Json& signer, const SignedBy& opened)
{
    if (textMember(signer, "id") != opened.person->id
        || textMember(signer, "keyid") != opened.keyId)
        return fail(
            ErrorCode::Unauthorized,
            "the statement names another person or key than the one that signed it",
            "answer.person");
    return {};
}

Result<void> checkNonce(const std::string& nonce)
{
    const bool wellFormed =
        nonce.size() == kNonceDigits && std::all_of(nonce.begin(), nonce.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        });
    if (!wellFormed)
        return fail(
            ErrorCode::InvalidInput, "a nonce is 32 lower-case hexadecimal digits", "answer.nonce");
    return {};
}

std::string statementBytes(const trust::Statement& statement)
{
    auto bytes = statement.toJson();
    CS_ASSERT(bytes.ok());
    return std::move(bytes).value();
}

} // namespace countersign::control::detail
