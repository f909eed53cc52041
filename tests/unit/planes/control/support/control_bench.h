#pragma once

#include "models/ids.h"
#include "planes/control/answer.h"
#include "planes/control/policy.h"
#include "planes/control/request.h"
#include "planes/control/roster.h"
#include "planes/trust/dsse.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What tests of the control plane start from: the people of the demo workspace with keys that are
/// the same in every run, the default policy, and requests over the demo decisions as they lie in
/// the project's files.
namespace countersign::testing {

/// The same bytes in every run.
class CountingEntropy final : public EntropySource
{
public:
    [[nodiscard]] std::string bytes(std::size_t byteCount) override;

private:
    std::uint64_t m_next = 1;
};

/// A JSON file of the project, by its path in the source folder.
[[nodiscard]] Json projectJson(const std::string& path);

/// A key that belongs to `seed`.
[[nodiscard]] trust::PrivateKey keyFor(std::string_view seed);
/// `{"key_id": …, "public_key_pem": …}`
[[nodiscard]] Json keyJson(const trust::PublicKey& key);

/// The demo roster as a document, each person with the key of their id.
[[nodiscard]] Json rosterJson();
[[nodiscard]] Json policyJson();

/// What the demo's manifests say of every call of the plan.
[[nodiscard]] std::vector<control::OperationFacts> demoOperations(const Json& plan);

/// The input of a demo decision's first request, made when its document says it was requested.
[[nodiscard]] control::RequestInput demoInput(const std::string& name);

/// One thread.
class ControlBench
{
public:
    ControlBench();

    control::Roster roster;
    control::Policy policy;

    /// Stops the test when the request cannot be built.
    [[nodiscard]] control::ApprovalRequest request(const std::string& name) const;
    [[nodiscard]] control::ApprovalRequest request(const control::RequestInput& input) const;

    /// An answer by the person's key, an hour after the request was made; with words where they are
    /// needed.
    [[nodiscard]] control::AnswerDraft draft(
        const control::ApprovalRequest& request,
        const std::string& personId,
        control::AnswerKind kind = control::AnswerKind::Approve);
    [[nodiscard]] control::RunOrder order(
        const control::ApprovalRequest& request,
        const std::string& personId,
        control::RunOrderKind kind = control::RunOrderKind::ConfirmGate);

    /// Signed with the key of `seed`, mostly a person's id.
    [[nodiscard]] static trust::Envelope
    signedBy(std::string_view seed, const std::string& payload);
    [[nodiscard]] trust::Envelope signedAnswer(
        const control::ApprovalRequest& request,
        const std::string& personId,
        control::AnswerKind kind = control::AnswerKind::Approve);

    [[nodiscard]] Result<control::VerifiedAnswer>
    verify(const trust::Envelope& envelope, const control::ApprovalRequest& request) const;
    /// Received an hour and a minute after the request was made.
    [[nodiscard]] static Instant received(const control::ApprovalRequest& request);
    [[nodiscard]] std::string nonce();

private:
    CountingEntropy m_entropy;
};

} // namespace countersign::testing
