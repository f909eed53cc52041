#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/control/cedar/ast.h"

#include <memory>
#include <string_view>

/// Policies that belong together, checked and ready to be asked.
namespace countersign::cedar {

namespace detail {
struct CompiledSet;
} // namespace detail

/// The most policies, templates and links of one set.
inline constexpr std::size_t kPolicyCountMax = 100'000;

/// Immutable; a copy shares the data. Safe to read from any thread.
class PolicySet
{
public:
    /// Checks and compiles. Policies, templates and links share one space of ids; a link needs a
    /// template and a value for exactly its slots. Errors: Conflict (rule `cedar.policy_id`),
    /// InvalidInput (rule `cedar.template_link`), LimitExceeded (rule `cedar.policy_count`).
    [[nodiscard]] static Result<PolicySet> create(PolicyDocument document);
    /// Policies of the text, named by their place (`policy0`, …). Errors: as readPolicies() and
    /// create().
    [[nodiscard]] static Result<PolicySet> parse(std::string_view text);

    /// Policies and links, both sorted by id.
    [[nodiscard]] const PolicyDocument& document() const;
    /// The policy or template of that id, or nullptr.
    [[nodiscard]] const Policy* find(std::string_view id) const;
    /// The policy that decides under that id: for a link, its template; nullptr for a template.
    [[nodiscard]] const Policy* deciding(std::string_view id) const;
    /// How many policies can take part in a decision: without templates, with links.
    [[nodiscard]] std::size_t size() const;
    /// SHA-256 over the JSON form of the set with sorted members; the same set always has the same.
    [[nodiscard]] Digest digest() const;
    /// For the evaluation inside this module.
    [[nodiscard]] const detail::CompiledSet& compiled() const { return *m_set; }

private:
    explicit PolicySet(std::shared_ptr<const detail::CompiledSet> set)
        : m_set(std::move(set))
    {}

    std::shared_ptr<const detail::CompiledSet> m_set;
};

} // namespace countersign::cedar
