#include "app/core/amendments.h"

#include "planes/data/decision_check.h"
#include "planes/execution/plan_amendment.h"

namespace countersign::app {

namespace {

// How long a prepared amendment may wait for its signature.
constexpr Duration kAmendmentAgeMax = std::chrono::minutes(30);

/// An edit answers a request that can still be answered; it does not bring back one that is closed,
/// nor take the authority from a run.
Result<void>
checkOpen(const control::Foundation& foundation, const control::RequestRecord& latest, Instant now)
{
    if (control::isGovernance(latest.request))
        return fail(
            ErrorCode::Refused,
            "a change of roster or policy is signed as it was proposed; propose another one",
            "amendment.governance");
    const control::QuorumState quorum = control::quorumOf(foundation, latest, now);
    if (quorum.status == control::RequestStatus::Expired)
        return fail(
            ErrorCode::Expired,
            "the request expired at " + latest.request.expiresAt.text(),
            "request.expired");
    if (quorum.status == control::RequestStatus::Authorized
        || quorum.status == control::RequestStatus::Rejected)
        return fail(
            ErrorCode::Refused,
            "the request is " + std::string(control::text(quorum.status))
                + " already; its plan cannot be edited any more",
            "request.closed");
    return {};
}

/// A changed payload must still be one the connector takes.
Result<void> checkPayloads(const execution::ConnectorCatalog& catalog, const Json& plan)
{
    const Json& steps = plan["steps"];
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Json& call = steps[i]["call"];
        const std::string connector = textMember(call, "connector");
        const std::string version = textMember(call, "connector_version");
        const std::string operation = textMember(call, "operation");
        const auto checked = catalog.checkPayload({connector, version, operation}, call["payload"]);
        if (!checked.ok()) {
            Error error = checked.error();
            error.pointer = "/steps/" + std::to_string(i) + "/call/payload" + error.pointer;
            return fail(std::move(error));
        }
    }
    return {};
}

} // namespace

Result<Amendment> prepareAmendment(
    const AmendmentContext& context,
    const AnswerWish& wish,
    const control::Person& person,
    const control::DecisionAuthority& authority,
    Instant now)
{
    if (!wish.editedPlan)
        return fail(ErrorCode::InvalidInput, "an edit needs the edited plan", "amendment.plan");
    CS_CHECK(checkOpen(context.foundation, *authority.latest(), now));
    CS_TRY(
        const decision::StoredDocument stored,
        decision::storedDocument(context.session, authority.latest()->request.plan.sha256));
    CS_TRY(const Json original, decision::documentContent(context.session, stored));
    const std::string role = person.roles.empty() ? std::string() : person.roles.front();
    CS_TRY(
        Json plan,
        execution::sealAmendedPlan(
            original, *wish.editedPlan, {person.id, person.displayName, role}, now));
    CS_CHECK(checkPayloads(context.catalog, plan));
    CS_TRY(
        const auto input,
        assembleRequest(
            context.session,
            context.catalog,
            authority,
            wish.decisionId,
            now,
            AmendedPlan{plan, person.id}));
    CS_ASSERT(input.has_value()); // There is a request, so there is the document it came from.
    CS_TRY(
        control::ApprovalRequest request,
        control::buildRequest(*input, context.foundation.policy(), context.foundation.roster()));
    return Amendment{std::move(request), std::move(plan)};
}

Result<control::RequestRecord> openAmendment(
    control::CommandContext& context,
    const execution::ConnectorCatalog& catalog,
    const data::SchemaSet& schemas,
    const control::DecisionAuthority& authority,
    const std::string& decisionId,
    const PreparedAnswer& prepared)
{
    CS_CHECK(checkOpen(context.foundation, *authority.latest(), context.now));
    const Instant preparedAt = prepared.request.requestedAt;
    if (preparedAt > context.now || preparedAt + kAmendmentAgeMax < context.now)
        return fail(
            ErrorCode::Expired,
            "the amendment waited too long for its signature; edit again",
            "amendment.age");
    const std::string bytes = prepared.amendedPlan->dump(2) + "\n";
    const decision::WorkspaceDocuments known(context.session);
    CS_TRY(
        const data::FolderCheck check,
        data::checkDecision(
            {{{"execution_plan.json", bytes}}, {}}, schemas, known, context.foundation.tenantId));
    if (!check.accepted())
        return fail(check.errors.front());
    CS_TRY(
        auto input,
        assembleRequest(
            context.session,
            catalog,
            authority,
            decisionId,
            preparedAt,
            AmendedPlan{*prepared.amendedPlan, prepared.draft.personId}));
    CS_ASSERT(input.has_value());
    CS_CHECK(decision::acceptDelivery(
        context.session, context.ledger, check, context.now, context.entropy));
    CS_TRY(control::OpenOutcome opened, control::openRequest(context, *input));
    if (!opened.request)
        return fail(*opened.refusal);
    const Digest sha256 = control::requestDigest(*opened.request);
    if (sha256 != prepared.requestSha256)
        return fail(
            ErrorCode::Conflict,
            "the request changed while the amendment waited; edit again",
            "answer.request");
    return control::RequestRecord{std::move(*opened.request), sha256, control::kNotRecorded, {}};
}

} // namespace countersign::app
