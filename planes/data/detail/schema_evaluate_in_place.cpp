#include "planes/data/detail/schema_evaluate.h"

#include <algorithm>
#include <iterator>

namespace countersign::data::detail {

namespace {

/// How far below `around` a violation lies: 0 at the instance itself, 1 at a member or item.
std::size_t levelsBelow(const std::string& around, const std::string& pointer)
{
    return static_cast<std::size_t>(std::count(
        pointer.begin() + static_cast<std::ptrdiff_t>(std::min(around.size(), pointer.size())),
        pointer.end(),
        '/'));
}

/// The instance was plainly not meant for a branch that wants another type or value at this level.
bool isRuledOut(
    const std::vector<SchemaViolation>& causes, const std::string& at, std::size_t level)
{
    return std::any_of(causes.begin(), causes.end(), [&](const SchemaViolation& cause) {
        const std::size_t below = levelsBelow(at, cause.instancePointer);
        if (cause.keyword == "type" || cause.keyword == "false")
            return below == 0;
        return below <= level && (cause.keyword == "const" || cause.keyword == "enum");
    });
}

std::string joined(const std::vector<std::size_t>& numbers)
{
    std::string text;
    for (const std::size_t number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

} // namespace

bool Evaluator::applyReferences(const Site& site)
{
    const InPlaceRules& rules = site.node.inPlace;
    bool isValid = true;
    if (rules.reference)
        isValid = evaluate(*rules.reference, site.instance, site.path, site.frame, site.evaluated);
    if (!rules.dynamicReference || mayStop(isValid))
        return isValid;
    // The outermost resource of the dynamic scope that has the anchor wins.
    NodeId target = rules.dynamicReference->fallback;
    const auto& candidates = rules.dynamicReference->candidates;
    if (!candidates.empty())
        for (const Frame* frame = site.frame; frame != nullptr; frame = frame->parent)
            if (const auto found = candidates.find(frame->node->resource);
                found != candidates.end())
                target = found->second;
    return evaluate(target, site.instance, site.path, site.frame, site.evaluated) && isValid;
}

bool Evaluator::applyAllOf(const Site& site)
{
    bool isValid = true;
    for (const NodeId branch : site.node.inPlace.allOf) {
        isValid = evaluate(branch, site.instance, site.path, site.frame, site.evaluated) && isValid;
        if (mayStop(isValid))
            return false;
    }
    return isValid;
}

Evaluator::Branch Evaluator::runBranch(const Site& site, NodeId id)
{
    Branch branch;
    std::optional<Evaluated> own;
    if (site.evaluated != nullptr)
        own.emplace(site.instance);
    Violations* const sink = m_sink;
    if (sink != nullptr)
        m_sink = &branch.causes;
    branch.isValid = evaluate(id, site.instance, site.path, site.frame, own ? &*own : nullptr);
    m_sink = sink;
    if (branch.isValid && own)
        site.evaluated->merge(*own);
    return branch;
}

void Evaluator::appendClosest(const Site& site, std::vector<Branch>& branches)
{
    if (isMuted())
        return;
    const std::string at = violation(site, "", {}).instancePointer;
    const auto drop = [&](std::size_t level) {
        std::vector<Branch*> left;
        for (Branch& branch : branches)
            if (!isRuledOut(branch.causes, at, level))
                left.push_back(&branch);
        return left;
    };
    std::vector<Branch*> closest = drop(1);
    // A wrong value one level down rules out all of them: it helps only when there is no choice.
    if (closest.empty() && (closest = drop(0)).size() != 1)
        return;
    for (Branch* const branch : closest)
        for (SchemaViolation& cause : branch->causes)
            if (m_sink->size() < SchemaSet::kViolationCountMax)
                m_sink->push_back(std::move(cause));
}

bool Evaluator::applyAnyOf(const Site& site)
{
    const auto& alternatives = site.node.inPlace.anyOf;
    if (alternatives.empty())
        return true;
    std::vector<Branch> branches;
    bool isValid = false;
    for (const NodeId id : alternatives) {
        branches.push_back(runBranch(site, id));
        isValid = branches.back().isValid || isValid;
        // Later branches still matter to those who want to know what was looked at.
        if (m_error || (isValid && site.evaluated == nullptr))
            break;
    }
    if (isValid || m_error)
        return isValid;
    refuse(site, "anyOf", [] { return std::string("none of the alternatives fits"); });
    appendClosest(site, branches);
    return false;
}

bool Evaluator::applyOneOf(const Site& site)
{
    const auto& alternatives = site.node.inPlace.oneOf;
    if (alternatives.empty())
        return true;
    std::vector<Branch> branches;
    std::vector<std::size_t> fitting;
    for (const NodeId id : alternatives) {
        branches.push_back(runBranch(site, id));
        if (branches.back().isValid)
            fitting.push_back(branches.size() - 1);
    }
    if (m_error || fitting.size() == 1)
        return !m_error;
    if (!fitting.empty())
        return refuse(site, "oneOf", [&fitting] {
            return "more than one of the alternatives fits: " + joined(fitting);
        });
    refuse(site, "oneOf", [] { return std::string("none of the alternatives fits"); });
    appendClosest(site, branches);
    return false;
}

bool Evaluator::applyCondition(const Site& site)
{
    const InPlaceRules& rules = site.node.inPlace;
    bool isValid = true;
    if (rules.negated && test(*rules.negated, site.instance, site.path, site.frame))
        isValid =
            refuse(site, "not", [] { return std::string("fits the schema that it must not fit"); });
    if (!rules.condition || mayStop(isValid))
        return isValid;
    std::optional<Evaluated> own;
    if (site.evaluated != nullptr)
        own.emplace(site.instance);
    const bool holds =
        test(*rules.condition, site.instance, site.path, site.frame, own ? &*own : nullptr);
    if (holds && own)
        site.evaluated->merge(*own);
    const auto& branch = holds ? rules.thenNode : rules.elseNode;
    if (!branch || m_error)
        return isValid;
    return evaluate(*branch, site.instance, site.path, site.frame, site.evaluated) && isValid;
}

bool Evaluator::applyDependentSchemas(const Site& site)
{
    bool isValid = true;
    for (const NamedNode& rule : site.node.inPlace.dependentSchemas) {
        if (!site.instance.contains(rule.name))
            continue;
        if (isFalse(rule.node))
            isValid = refuse(site, "dependentSchemas", [&rule] {
                return "the member \"" + rule.name + "\" is not allowed";
            });
        else
            isValid = evaluate(rule.node, site.instance, site.path, site.frame, site.evaluated)
                      && isValid;
        if (mayStop(isValid))
            return false;
    }
    return isValid;
}

} // namespace countersign::data::detail
