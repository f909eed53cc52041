#include "planes/control/halt.h"

#include "planes/control/access.h"
#include "planes/control/detail/signed_by.h"

namespace countersign::control {

namespace {

using namespace detail;

// A stop that was signed long ago and comes in now would stop something else than was meant.
constexpr Duration kAgeMax = std::chrono::hours(1);
constexpr std::size_t kReasonBytesMax = 8000;

} // namespace

std::string haltStatement(const Digest& anchor, const HaltDraft& draft)
{
    return statementBytes(
        {{{"workspace", anchor}},
         std::string(kHaltPredicate),
         {{"person", {{"id", draft.personId}, {"keyid", draft.keyId}}},
          {"reason", draft.reason},
          {"nonce", draft.nonce},
          {"issuedAt", draft.issuedAt.text()}}});
}

Result<VerifiedHalt> verifyHalt(
    const trust::Envelope& envelope,
    const Digest& anchor,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt)
{
    CS_TRY(const SignedBy opened, openSigned(envelope, kHaltPredicate, roster, receivedAt));
    const Json& predicate = opened.statement.predicate;
    const Json person = predicate.value("person", Json::object());
    CS_CHECK(checkNamed(person, opened));
    HaltDraft draft{
        textMember(person, "id"),
        textMember(person, "keyid"),
        textMember(predicate, "reason"),
        textMember(predicate, "nonce"),
        {}};
    CS_CHECK(checkNonce(draft.nonce));
    CS_TRY(draft.issuedAt, Instant::parse(textMember(predicate, "issuedAt")));
    if (draft.reason.empty() || draft.reason.size() > kReasonBytesMax)
        return fail(
            ErrorCode::InvalidInput, "a halt needs its reason, 8000 bytes at most", "halt.reason");
    if (draft.issuedAt > receivedAt + kClockSkewMax || draft.issuedAt + kAgeMax < receivedAt)
        return fail(
            ErrorCode::Expired,
            "the order to halt was not signed within the last hour",
            "halt.window");
    const AccessVerdict verdict = whoMay({*opened.person, Act::HaltDispatch, nullptr}, policy);
    if (!verdict.allowed)
        return fail(ErrorCode::Unauthorized, verdict.reason, verdict.rule);
    if (haltStatement(anchor, draft) != envelope.payload)
        return fail(
            ErrorCode::InvalidInput, "this is no order to halt this workspace", "halt.form");
    return VerifiedHalt{std::move(draft)};
}

} // namespace countersign::control
