#pragma once

#include "planes/control/cedar/detail/program.h"
#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign::cedar::detail {

/// Why an evaluation has no value, and at which expression.
struct EvaluationError
{
    ExprId source = 0;
    std::string message;
};

/// Evaluates compiled expressions for one request. Nothing is allocated unless an expression makes
/// a set, a record or an address out of what is not constant, or errs. The request and the store
/// outlive it; so do the programs, for as long as a value of theirs is looked at.
class Evaluator
{
public:
    Evaluator(const Request& request, const EntityStore& store);

    /// False after an error.
    [[nodiscard]] bool evaluate(const Program& program, StepId id, ValueView& result);
    /// Whether all conditions hold: `result` is set unless there was an error.
    [[nodiscard]] bool holds(const Program& program, bool& result);
    [[nodiscard]] const EvaluationError& error() const { return m_error; }

    /// The entity of the uid, or nullptr. Those of the request are known already.
    [[nodiscard]] const StoredEntity* find(const UidData& uid) const
    {
        if (&uid == &m_request.principal.data())
            return m_principal;
        if (&uid == &m_request.resource.data())
            return m_resource;
        return m_store.find(uid);
    }
    [[nodiscard]] const StoredEntity* principal() const { return m_principal; }
    [[nodiscard]] const StoredEntity* action() const { return m_action; }
    [[nodiscard]] const StoredEntity* resource() const { return m_resource; }

private:
    bool variable(Variable variable, ValueView& result) const;
    bool logical(const Program& program, const Step& step, ValueView& result);
    bool conditional(const Program& program, const Step& step, ValueView& result);
    bool negation(const Program& program, const Step& step, ValueView& result);
    bool comparison(const Program& program, const Step& step, ValueView& result);
    bool arithmetic(const Program& program, const Step& step, ValueView& result);
    bool membership(const Program& program, const Step& step, ValueView& result);
    bool typeTest(const Program& program, const Step& step, ValueView& result);
    bool like(const Program& program, const Step& step, ValueView& result);
    bool attribute(const Program& program, const Step& step, ValueView& result);
    bool has(const Program& program, const Step& step, ValueView& result);
    bool tag(const Program& program, const Step& step, ValueView& result);
    bool setMethod(const Program& program, const Step& step, ValueView& result);
    bool makeSet(const Program& program, const Step& step, ValueView& result);
    bool makeRecord(const Program& program, const Step& step, ValueView& result);
    bool call(const Program& program, const Step& step, ValueView& result);

    bool operand(const Program& program, const Step& step, std::size_t index, ValueView& result)
    {
        return evaluate(program, program.operands[step.first + index], result);
    }
    [[nodiscard]] bool isIn(const UidData& descendant, const UidData& ancestor) const;
    bool
    isIn(const Step& step, const UidData& descendant, const ValueView& target, ValueView& result);
    bool
    findAttribute(const ValueView& object, const Name& name, const Value*& found, const Step& step);
    bool expect(const ValueView& value, ValueKind kind, const Step& step);
    bool fail(const Step& step, std::string message);
    void keep(Value value, ValueView& result);

    const Request& m_request;
    const EntityStore& m_store;
    const StoredEntity* m_principal;
    const StoredEntity* m_action;
    const StoredEntity* m_resource;
    std::vector<Value> m_made; ///< What the evaluation made and views may refer to.
    EvaluationError m_error;
};

/// Whether a text consists of the runs with anything between them. Linear space, no backtracking.
[[nodiscard]] bool matchesPattern(std::string_view text, const std::vector<std::string>& runs);

} // namespace countersign::cedar::detail
