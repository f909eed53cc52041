#include "models/check.h"
#include "planes/control/cedar/authorize.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/explain.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/print.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace countersign;
using namespace countersign::cedar;

namespace {

Policy reread(const Policy& policy)
{
    auto policies = readPolicies(policyText(policy));
    CS_ASSERT(policies.ok() && policies->size() == 1);
    return std::move(policies->front());
}

/// Either form can be made from the policy and reads back as the same one.
void checkForms(const Policy& policy)
{
    CS_ASSERT(isSamePolicy(policy, reread(policy)));
    const auto fromJson = policyFromJson(policyJson(policy), policy.id);
    CS_ASSERT(fromJson.ok() && isSamePolicy(policy, *fromJson));
    const auto bytes = parseJson(policyJson(policy).dump(), kPolicyJsonLimits);
    CS_ASSERT(bytes.ok() && *bytes == policyJson(policy));
}

EntityUid uid(const char* type, const char* id)
{
    return EntityUid::create(type, id).value();
}

/// The answer and its explanation agree, and nothing that erred is enforced as allowed.
void checkAnswer(const PolicySet& set)
{
    const Request request{uid("User", "a"), uid("Action", "b"), uid("Doc", "c"), {}};
    const EntityStore entities;
    const Enforcement enforcement = enforce(set, entities, request);
    const Answer& answer = enforcement.answer;
    CS_ASSERT(answer.errors.empty() || enforcement.decision == Decision::Deny);
    std::size_t satisfiedCount = 0;
    std::size_t errorCount = 0;
    const Effect effect = answer.decision == Decision::Allow ? Effect::Permit : Effect::Forbid;
    for (const PolicyExplanation& one : explain(set, entities, request)) {
        errorCount += one.outcome == PolicyOutcome::Erred ? 1 : 0;
        satisfiedCount += one.outcome == PolicyOutcome::Satisfied && one.effect == effect ? 1 : 0;
    }
    CS_ASSERT(errorCount == answer.errors.size());
    CS_ASSERT(satisfiedCount == answer.reasons.size());
}

void checkPolicies(const std::vector<Policy>& policies)
{
    for (const Policy& policy : policies)
        checkForms(policy);
    const auto set = PolicySet::create({policies, {}});
    CS_ASSERT(set.ok());
    checkAnswer(*set);
}

} // namespace

/// Any bytes, read as policy text and as one JSON policy. Whatever is accepted can be written in
/// both forms and read back the same, compiled, evaluated and explained.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const ParsedPolicies parsed = parsePolicies(bytes);
    CS_ASSERT(parsed.errors.size() <= kSyntaxErrorCountMax);
    const auto read = readPolicies(bytes);
    CS_ASSERT(read.ok() == parsed.ok());
    if (read.ok())
        checkPolicies(*read);
    if (const auto json = parseJson(bytes, kPolicyJsonLimits); json.ok()) {
        if (const auto policy = policyFromJson(*json, "p"); policy.ok())
            checkPolicies({*policy});
    }
    return 0;
}
