#include "planes/data/detail/schema_evaluate.h"

#include "models/check.h"

#include <utility>

namespace countersign::data::detail {

namespace {

// A schema that is applied to one value from more than a few places is rare; the sum bounds
// schemas that fan out exponentially, and at 100 ns a step a small document within a second.
constexpr std::size_t kStepCountBase = 5'000'000;
constexpr std::size_t kStepCountPerValue = 200;
// Instances nest at most SchemaSet::kDepthMax deep; eight schemas in place for each level.
constexpr std::size_t kFrameDepthMax = SchemaSet::kDepthMax * 8;

std::string pointerOf(const PathLink* path)
{
    std::vector<const PathLink*> links;
    for (; path != nullptr; path = path->parent)
        links.push_back(path);
    std::string pointer;
    for (auto link = links.rbegin(); link != links.rend(); ++link)
        pointer += "/"
                   + ((*link)->name == nullptr ? std::to_string((*link)->index)
                                               : pointerToken(*(*link)->name));
    return pointer;
}

} // namespace

Evaluator::Evaluator(const CompiledSchemas& compiled, std::size_t valueCount)
    : m_compiled(compiled)
    , m_stepsLeft(kStepCountBase + kStepCountPerValue * valueCount)
{}

Result<std::vector<SchemaViolation>> Evaluator::run(NodeId root, const Json& instance)
{
    Violations found;
    m_sink = &found;
    const bool isValid = evaluate(root, instance, nullptr, nullptr, nullptr);
    if (m_error)
        return fail(*m_error);
    CS_ASSERT(isValid || !found.empty() || !m_undecided.empty());
    Violations all = std::move(m_undecided);
    all.insert(
        all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    if (all.size() > SchemaSet::kViolationCountMax)
        all.resize(SchemaSet::kViolationCountMax);
    return all;
}

SchemaViolation Evaluator::violation(const Site& site, const char* keyword, std::string message)
{
    const bool isSchemaFalse = site.node.isFalse;
    return SchemaViolation{
        pointerOf(site.path),
        keyword,
        isSchemaFalse ? site.node.location : site.node.location + "/" + keyword,
        std::move(message)};
}

bool Evaluator::mayEnter(NodeId id, const Json& instance, const Frame* parent)
{
    if (m_error)
        return false;
    const Node* const node = &m_compiled.nodes[id];
    if (m_stepsLeft == 0) {
        m_error =
            Error{ErrorCode::LimitExceeded, "validation takes too many steps", "schema.steps"};
        return false;
    }
    --m_stepsLeft;
    if (parent != nullptr && parent->depth >= kFrameDepthMax) {
        m_error = Error{ErrorCode::LimitExceeded, "schemas are applied too deeply", "schema.depth"};
        return false;
    }
    // The same schema on the same instance inside itself would go on for ever.
    for (const Frame* at = parent; at != nullptr && at->instance == &instance; at = at->parent) {
        if (at->node != node)
            continue;
        m_error = Error{
            ErrorCode::InvalidInput,
            "the schema " + node->location + " refers to itself without going into the instance",
            "schema.cycle"};
        return false;
    }
    return true;
}

bool Evaluator::evaluate(
    NodeId id, const Json& instance, const PathLink* path, const Frame* parent, Evaluated* outer)
{
    if (!mayEnter(id, instance, parent))
        return false;
    const Node& node = m_compiled.nodes[id];
    const Frame frame{parent, &node, &instance, parent == nullptr ? 1 : parent->depth + 1};
    if (!node.readsAnnotations())
        return runKeywords({node, instance, path, &frame, outer});
    // `unevaluated…` sees what this schema looked at, not what those around it did.
    Evaluated own(instance);
    const bool isValid = runKeywords({node, instance, path, &frame, &own});
    if (isValid && outer != nullptr)
        outer->merge(own);
    return isValid;
}

bool Evaluator::test(
    NodeId id, const Json& instance, const PathLink* path, const Frame* parent, Evaluated* outer)
{
    Violations* const sink = std::exchange(m_sink, nullptr);
    const bool isValid = evaluate(id, instance, path, parent, outer);
    m_sink = sink;
    return isValid;
}

bool Evaluator::runKeywords(const Site& site)
{
    using Step = bool (Evaluator::*)(const Site&);
    static constexpr Step kAlways[] = {
        &Evaluator::checkAnyType,
        &Evaluator::applyReferences,
        &Evaluator::applyAllOf,
        &Evaluator::applyAnyOf,
        &Evaluator::applyOneOf,
        &Evaluator::applyCondition};
    static constexpr Step kForArrays[] = {
        &Evaluator::checkArraySize,
        &Evaluator::checkUnique,
        &Evaluator::applyToItems,
        &Evaluator::applyContains,
        &Evaluator::applyUnevaluatedItems};
    static constexpr Step kForObjects[] = {
        &Evaluator::checkObjectSize,
        &Evaluator::applyToMembers,
        &Evaluator::applyDependentSchemas,
        &Evaluator::applyUnevaluatedProperties};
    if (site.node.isFalse)
        return refuse(site, "false", [] { return std::string("nothing is allowed here"); });
    bool isValid = true;
    const auto run = [&](const auto& steps) {
        for (const Step step : steps) {
            isValid = (this->*step)(site) && isValid;
            if (mayStop(isValid))
                return;
        }
    };
    run(kAlways);
    if (mayStop(isValid))
        return false;
    if (site.instance.is_array())
        run(kForArrays);
    else if (site.instance.is_object())
        run(kForObjects);
    else if (site.instance.is_number())
        isValid = checkNumber(site) && isValid;
    else if (site.instance.is_string())
        isValid = checkText(site) && isValid;
    return isValid && !m_error;
}

bool Evaluator::matches(
    const Site& site, const Pattern& pattern, const std::string& text, const char* keyword)
{
    const Pattern::Outcome outcome = pattern.search(text);
    if (outcome == Pattern::Outcome::LimitExceeded
        && m_undecided.size() < SchemaSet::kViolationCountMax)
        m_undecided.push_back(violation(
            site, keyword, "the search for " + pattern.source() + " took too many steps"));
    return outcome == Pattern::Outcome::Match;
}

} // namespace countersign::data::detail
