#include "planes/control/cedar/policy_set.h"

#include "planes/control/cedar/detail/compiled_set.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"

#include <algorithm>
#include <map>
#include <set>

namespace countersign::cedar {

namespace {

using detail::CompiledPolicy;
using detail::CompiledSet;
using detail::ScopeTest;

template <class T>
void sortById(std::vector<T>& items)
{
    std::sort(items.begin(), items.end(), [](const T& left, const T& right) {
        return left.id < right.id;
    });
}

template <class T>
const T* findById(const std::vector<T>& items, std::string_view id)
{
    const auto found = std::lower_bound(
        items.begin(), items.end(), id, [](const T& item, std::string_view sought) {
            return item.id < sought;
        });
    return found != items.end() && found->id == id ? &*found : nullptr;
}

Result<void> checkIds(const PolicyDocument& document)
{
    if (document.policies.size() + document.links.size() > kPolicyCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the set has more than " + std::to_string(kPolicyCountMax) + " policies",
            "cedar.policy_count");
    std::set<std::string_view> ids;
    const auto check = [&ids](const std::string& id) -> Result<void> {
        if (ids.insert(id).second)
            return {};
        return fail(
            ErrorCode::Conflict,
            "the policy id " + cedar::quoted(id) + " is there twice",
            "cedar.policy_id");
    };
    for (const Policy& policy : document.policies)
        CS_CHECK(check(policy.id));
    for (const TemplateLink& link : document.links)
        CS_CHECK(check(link.id));
    return {};
}

Result<const Policy*> templateOf(const PolicyDocument& document, const TemplateLink& link)
{
    const auto refuse = [&link](const std::string& why) {
        return fail(
            ErrorCode::InvalidInput,
            "the link " + cedar::quoted(link.id) + " of " + cedar::quoted(link.templateId) + ' '
                + why,
            "cedar.template_link");
    };
    const Policy* const source = findById(document.policies, link.templateId);
    if (source == nullptr)
        return refuse("has no such template");
    if (!source->isTemplate())
        return refuse("links a policy that has no slot");
    if (source->principal.hasSlot != link.principal.has_value())
        return refuse(link.principal ? "gives a principal too much" : "gives no principal");
    if (source->resource.hasSlot != link.resource.has_value())
        return refuse(link.resource ? "gives a resource too much" : "gives no resource");
    return source;
}

ScopeTest testOf(const Scope& scope, const std::optional<EntityUid>& slot)
{
    ScopeTest test;
    test.kind = scope.kind;
    test.entities = scope.entities;
    if (scope.hasSlot && slot)
        test.entities.push_back(*slot);
    test.type = {scope.type, hashText(scope.type)};
    return test;
}

CompiledPolicy compiledPolicy(
    const std::string& id,
    const Policy& source,
    const std::optional<EntityUid>& principal,
    const std::optional<EntityUid>& resource,
    std::shared_ptr<const detail::Program> program)
{
    CompiledPolicy policy;
    policy.id = id;
    policy.effect = source.effect;
    policy.principal = testOf(source.principal, principal);
    policy.action = testOf(source.action, std::nullopt);
    policy.resource = testOf(source.resource, resource);
    policy.source = &source;
    policy.program = std::move(program);
    return policy;
}

} // namespace

Result<PolicySet> PolicySet::create(PolicyDocument document)
{
    CS_CHECK(checkIds(document));
    const auto set = std::make_shared<CompiledSet>();
    sortById(document.policies);
    sortById(document.links);
    set->document = std::move(document);
    std::map<const Policy*, std::shared_ptr<const detail::Program>> programs;
    for (const Policy& policy : set->document.policies) {
        const auto program = std::make_shared<const detail::Program>(detail::compile(policy));
        programs.emplace(&policy, program);
        if (!policy.isTemplate())
            set->policies.push_back(
                compiledPolicy(policy.id, policy, std::nullopt, std::nullopt, program));
    }
    for (const TemplateLink& link : set->document.links) {
        CS_TRY(const Policy* const source, templateOf(set->document, link));
        set->policies.push_back(compiledPolicy(
            link.id, *source, link.principal, link.resource, programs.find(source)->second));
    }
    sortById(set->policies);
    for (std::size_t i = 0; i < set->policies.size(); ++i)
        set->index.add(set->policies[i], static_cast<detail::PolicyIndex>(i));
    return PolicySet(set);
}

Result<PolicySet> PolicySet::parse(std::string_view text)
{
    PolicyDocument document;
    CS_TRY(document.policies, readPolicies(text));
    return create(std::move(document));
}

const PolicyDocument& PolicySet::document() const
{
    return m_set->document;
}

const Policy* PolicySet::find(std::string_view id) const
{
    return findById(m_set->document.policies, id);
}

const Policy* PolicySet::deciding(std::string_view id) const
{
    const CompiledPolicy* const policy = findById(m_set->policies, id);
    return policy == nullptr ? nullptr : policy->source;
}

std::size_t PolicySet::size() const
{
    return m_set->policies.size();
}

Digest PolicySet::digest() const
{
    // Every text in a policy is UTF-8; nothing of it is replaced.
    return Digest::of(
        policySetJson(m_set->document).dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace countersign::cedar
