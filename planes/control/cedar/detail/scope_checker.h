#pragma once

#include "planes/control/cedar/detail/type_checker.h"

namespace countersign::cedar {

/// What the scope of a policy says in one environment. Slots stand for whatever fits, unless they
/// have values.
class ScopeChecker
{
public:
    /// `link` gives the slots their values; may be nullptr.
    ScopeChecker(
        const Schema& schema,
        const Policy& policy,
        const TemplateLink* link,
        FindingList& findings);

    [[nodiscard]] Typed typeOf(const TypingEnvironment& environment);

private:
    [[nodiscard]] Typed typeSide(
        const Scope& scope,
        const std::optional<EntityUid>& slotValue,
        const EntityTypeModel& type) const;
    [[nodiscard]] Typed typeAction(const ActionModel& action);

    const Schema& m_schema;
    const Policy& m_policy;
    std::optional<EntityUid> m_principalSlot;
    std::optional<EntityUid> m_resourceSlot;
    FindingList& m_findings;
};

} // namespace countersign::cedar
