#pragma once

#include "planes/control/cedar/ast.h"
#include "planes/control/cedar/detail/evaluator.h"
#include "planes/control/cedar/detail/program.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace countersign::cedar::detail {

/// A scope with its slot filled in.
struct ScopeTest
{
    ScopeKind kind = ScopeKind::Any;
    std::vector<EntityUid> entities;
    TypeName type;

    /// `entity` is that of the uid, or nullptr.
    [[nodiscard]] bool matches(const UidData& uid, const StoredEntity* entity) const;
};

/// A policy or a link that takes part in decisions.
struct CompiledPolicy
{
    std::string id;
    Effect effect = Effect::Permit;
    ScopeTest principal;
    ScopeTest action;
    ScopeTest resource;
    const Policy* source = nullptr;         ///< In the document of the set; the template of a link.
    std::shared_ptr<const Program> program; ///< Links of one template share it.

    [[nodiscard]] bool matches(const Request& request, const Evaluator& evaluator) const;
};

using PolicyIndex = std::uint32_t;

/// Finds the policies whose scope may match. Each policy lies in one place, the most selective that
/// its scope allows: under the entity its principal has to be or be in, else the resource, else
/// the actions, else among those that are always asked. Scopes cannot err, so what is skipped
/// changes nothing.
class ScopeIndex
{
public:
    void add(const CompiledPolicy& policy, PolicyIndex index);

    /// Calls `visit` for each candidate, maybe twice for the same one.
    template <class Visit>
    void candidates(const Request& request, const Evaluator& evaluator, Visit visit) const
    {
        for (const PolicyIndex index : m_always)
            visit(index);
        collect(m_byPrincipal, request.principal.data(), evaluator.principal(), visit);
        collect(m_byResource, request.resource.data(), evaluator.resource(), visit);
        collect(m_byAction, request.action.data(), evaluator.action(), visit);
    }

private:
    using Policies = std::vector<PolicyIndex>;
    using ByUid = std::unordered_map<EntityUid, Policies, UidHash, UidEqual>;

    template <class Visit>
    static void
    collect(const ByUid& map, const UidData& uid, const StoredEntity* entity, Visit visit)
    {
        if (map.empty())
            return;
        visitAll(map, uid, visit);
        if (entity == nullptr)
            return;
        for (const EntityUid& ancestor : entity->ancestors())
            visitAll(map, ancestor.data(), visit);
    }

    template <class Visit>
    static void visitAll(const ByUid& map, const UidData& uid, Visit visit)
    {
        const auto found = map.find(uid);
        if (found == map.end())
            return;
        for (const PolicyIndex index : found->second)
            visit(index);
    }

    Policies m_always;
    ByUid m_byPrincipal;
    ByUid m_byResource;
    ByUid m_byAction;
};

/// Everything about a policy set. Immutable once it is made.
struct CompiledSet
{
    PolicyDocument document;              ///< Sorted by id.
    std::vector<CompiledPolicy> policies; ///< Sorted by id.
    ScopeIndex index;
};

} // namespace countersign::cedar::detail
