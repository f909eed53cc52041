#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/data/detail/schema_node.h"
#include "planes/data/json_schema.h"

#include <optional>
#include <string>
#include <vector>

namespace countersign::data::detail {

/// Which members or items of one instance some schema has looked at (core, section 7.7): what
/// `unevaluatedProperties` and `unevaluatedItems` leave out. Counted in the order of the instance.
class Evaluated
{
public:
    explicit Evaluated(const Json& instance)
        : m_parts(instance.is_structured() ? instance.size() : 0, false)
    {}

    void mark(std::size_t part) { m_parts[part] = true; }
    [[nodiscard]] bool isMarked(std::size_t part) const { return m_parts[part]; }
    void merge(const Evaluated& other)
    {
        for (std::size_t part = 0; part < m_parts.size(); ++part)
            if (other.m_parts[part])
                m_parts[part] = true;
    }

private:
    std::vector<bool> m_parts;
};

/// One step from the root to the instance in hand; lives on the stack.
struct PathLink
{
    const PathLink* parent = nullptr;
    const std::string* name = nullptr; ///< nullptr for an array item
    std::size_t index = 0;
};

/// One schema at work; the chain of frames is the dynamic scope.
struct Frame
{
    const Frame* parent = nullptr;
    const Node* node = nullptr;
    const Json* instance = nullptr;
    std::size_t depth = 0;
};

/// What every keyword gets: the schema, the instance, where it stands, and where to note what has
/// been looked at (nullptr when nobody asks).
struct Site
{
    const Node& node;
    const Json& instance;
    const PathLink* path = nullptr;
    const Frame* frame = nullptr;
    Evaluated* evaluated = nullptr;
};

/// Runs the node graph on one instance. Used once.
class Evaluator
{
public:
    /// `valueCount` is the number of values in the instance; work is bounded in proportion to it.
    Evaluator(const CompiledSchemas& compiled, std::size_t valueCount);

    /// See SchemaSet::validate.
    [[nodiscard]] Result<std::vector<SchemaViolation>> run(NodeId root, const Json& instance);

private:
    using Violations = std::vector<SchemaViolation>;

    /// One branch of anyOf or oneOf.
    struct Branch
    {
        bool isValid = false;
        Violations causes;
    };

    [[nodiscard]] bool evaluate(
        NodeId id,
        const Json& instance,
        const PathLink* path,
        const Frame* parent,
        Evaluated* outer);
    /// The same without reporting.
    [[nodiscard]] bool test(
        NodeId id,
        const Json& instance,
        const PathLink* path,
        const Frame* parent,
        Evaluated* outer = nullptr);
    [[nodiscard]] bool mayEnter(NodeId id, const Json& instance, const Frame* parent);
    [[nodiscard]] bool runKeywords(const Site& site);

    [[nodiscard]] bool checkAnyType(const Site& site);
    [[nodiscard]] bool checkNumber(const Site& site);
    [[nodiscard]] bool checkText(const Site& site);
    [[nodiscard]] bool checkArraySize(const Site& site);
    [[nodiscard]] bool checkObjectSize(const Site& site);
    [[nodiscard]] bool checkUnique(const Site& site);

    [[nodiscard]] bool applyReferences(const Site& site);
    [[nodiscard]] bool applyAllOf(const Site& site);
    [[nodiscard]] bool applyAnyOf(const Site& site);
    [[nodiscard]] bool applyOneOf(const Site& site);
    [[nodiscard]] bool applyCondition(const Site& site);
    [[nodiscard]] bool applyDependentSchemas(const Site& site);
    [[nodiscard]] Branch runBranch(const Site& site, NodeId id);
    void appendClosest(const Site& site, std::vector<Branch>& branches);

    [[nodiscard]] bool applyToItems(const Site& site);
    [[nodiscard]] bool applyContains(const Site& site);
    [[nodiscard]] bool applyToMembers(const Site& site);
    [[nodiscard]] bool
    applyToMember(const Site& site, std::size_t part, const std::string& name, const Json& value);
    [[nodiscard]] bool applyUnevaluatedItems(const Site& site);
    [[nodiscard]] bool applyUnevaluatedProperties(const Site& site);

    [[nodiscard]] bool
    matches(const Site& site, const Pattern& pattern, const std::string& text, const char* keyword);
    [[nodiscard]] bool isFalse(NodeId id) const { return m_compiled.nodes[id].isFalse; }
    [[nodiscard]] bool isMuted() const { return m_sink == nullptr; }
    /// Muted evaluation needs only the verdict and may stop at the first failure.
    [[nodiscard]] bool mayStop(bool valid) const { return m_error || (!valid && isMuted()); }

    /// Reports a violation with the text `message()` makes; always false.
    template <class Message>
    bool refuse(const Site& site, const char* keyword, Message message)
    {
        if (m_sink != nullptr && m_sink->size() < SchemaSet::kViolationCountMax)
            m_sink->push_back(violation(site, keyword, message()));
        return false;
    }
    [[nodiscard]] static SchemaViolation
    violation(const Site& site, const char* keyword, std::string message);

    const CompiledSchemas& m_compiled;
    std::size_t m_stepsLeft;
    Violations* m_sink = nullptr;
    /// Searches given up. They make the instance invalid wherever they happen, even under `not`.
    Violations m_undecided;
    std::optional<Error> m_error;
};

} // namespace countersign::data::detail
