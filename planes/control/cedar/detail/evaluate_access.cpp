#include "planes/control/cedar/detail/evaluator.h"

#include <array>
#include <utility>

namespace countersign::cedar::detail {

namespace {

/// The search never starts before the end of the match in front, so each run is looked for once.
bool containsRuns(std::string_view text, const std::vector<std::string>& runs)
{
    for (std::size_t i = 1; i + 1 < runs.size(); ++i) {
        const std::size_t found = text.find(runs[i]);
        if (found == std::string_view::npos)
            return false;
        text.remove_prefix(found + runs[i].size());
    }
    return true;
}

} // namespace

bool matchesPattern(std::string_view text, const std::vector<std::string>& runs)
{
    const std::string& front = runs.front();
    const std::string& back = runs.back();
    if (runs.size() == 1)
        return text == front;
    if (text.size() < front.size() + back.size() || !text.starts_with(front)
        || !text.ends_with(back))
        return false;
    return containsRuns(text.substr(front.size(), text.size() - front.size() - back.size()), runs);
}

bool Evaluator::like(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::String, step))
        return false;
    result = ValueView::boolean(matchesPattern(result.string(), program.patterns[step.extra]));
    return true;
}

/// Finds an attribute of a record or an entity; nullptr when it is not there, or the entity is not.
/// False, with an error, for a value that has no attributes.
bool Evaluator::findAttribute(
    const ValueView& object, const Name& name, const Value*& found, const Step& step)
{
    found = nullptr;
    if (object.is(ValueKind::Record)) {
        found = object.record().find(name);
        return true;
    }
    if (!object.is(ValueKind::Uid))
        return fail(
            step, "a value of type " + std::string(kindName(object.kind())) + " has no attributes");
    if (const StoredEntity* const entity = find(object.uid()))
        found = entity->attributes().find(name);
    return true;
}

bool Evaluator::attribute(const Program& program, const Step& step, ValueView& result)
{
    const Name& name = program.names[step.extra].front();
    const Value* found = nullptr;
    if (!operand(program, step, 0, result) || !findAttribute(result, name, found, step))
        return false;
    if (found != nullptr) {
        result = *found;
        return true;
    }
    if (result.is(ValueKind::Record))
        return fail(step, "the record has no attribute " + cedar::quoted(name.text()));
    const std::string entity = "the entity " + uidText(result.uid());
    return fail(
        step,
        find(result.uid()) == nullptr ? entity + " does not exist"
                                      : entity + " has no attribute " + cedar::quoted(name.text()));
}

bool Evaluator::has(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result))
        return false;
    for (const Name& name : program.names[step.extra]) {
        const Value* found = nullptr;
        if (!findAttribute(result, name, found, step))
            return false;
        if (found == nullptr) {
            result = ValueView::boolean(false);
            return true;
        }
        result = *found;
    }
    result = ValueView::boolean(true);
    return true;
}

bool Evaluator::tag(const Program& program, const Step& step, ValueView& result)
{
    ValueView key = ValueView::boolean(false);
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Uid, step)
        || !operand(program, step, 1, key) || !expect(key, ValueKind::String, step))
        return false;
    const StoredEntity* const entity = find(result.uid());
    const Value* const found = entity == nullptr ? nullptr : entity->tags().find(key.string());
    if (step.kind == ExprKind::HasTag) {
        result = ValueView::boolean(found != nullptr);
        return true;
    }
    if (found == nullptr)
        return fail(
            step,
            "the entity " + uidText(result.uid())
                + (entity == nullptr ? " does not exist"
                                     : " has no tag " + cedar::quoted(key.string())));
    result = *found;
    return true;
}

bool Evaluator::setMethod(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Set, step))
        return false;
    const SetData& set = result.set();
    if (step.kind == ExprKind::IsEmpty) {
        result = ValueView::boolean(set.elements.empty());
        return true;
    }
    ValueView argument = ValueView::boolean(false);
    if (!operand(program, step, 1, argument))
        return false;
    if (step.kind == ExprKind::Contains) {
        result = ValueView::boolean(set.contains(argument));
        return true;
    }
    if (!expect(argument, ValueKind::Set, step))
        return false;
    result = ValueView::boolean(
        step.kind == ExprKind::ContainsAll ? set.containsAll(argument.set())
                                           : set.containsAny(argument.set()));
    return true;
}

/// The elements lie in the request, the store, a program or this evaluator, which all outlive it.
bool Evaluator::makeSet(const Program& program, const Step& step, ValueView& result)
{
    std::vector<Value> elements;
    elements.reserve(step.count);
    for (std::size_t i = 0; i < step.count; ++i) {
        if (!operand(program, step, i, result))
            return false;
        elements.push_back(Value::borrowing(result));
    }
    keep(Value::set(std::move(elements)), result);
    return true;
}

bool Evaluator::makeRecord(const Program& program, const Step& step, ValueView& result)
{
    const std::vector<Name>& names = program.names[step.extra];
    std::vector<std::pair<std::string, Value>> entries;
    entries.reserve(step.count);
    for (std::size_t i = 0; i < step.count; ++i) {
        if (!operand(program, step, i, result))
            return false;
        entries.emplace_back(names[i].text(), Value::borrowing(result));
    }
    // The readers let no key come twice.
    keep(Value::record(Record::create(std::move(entries)).value()), result);
    return true;
}

bool Evaluator::call(const Program& program, const Step& step, ValueView& result)
{
    const auto function = static_cast<ExtensionFunction>(step.extra);
    constexpr std::size_t kArgumentCountMax = 2;
    if (step.count > kArgumentCountMax || step.count == 0) {
        // The arguments are evaluated first: an error of theirs comes before that of the call.
        for (std::size_t i = 0; i < step.count; ++i) {
            if (!operand(program, step, i, result))
                return false;
        }
        return fail(step, describeFailure(function, {}, CallFailure::ArgumentCount));
    }
    std::array<ValueView, kArgumentCountMax> arguments = {
        ValueView::boolean(false), ValueView::boolean(false)};
    for (std::size_t i = 0; i < step.count; ++i) {
        if (!operand(program, step, i, arguments.at(i)))
            return false;
    }
    const std::span<const ValueView> given(arguments.data(), step.count);
    Value made;
    const CallFailure failure = callExtension(function, given, made);
    if (failure != CallFailure::None)
        return fail(step, describeFailure(function, given, failure));
    if (made.is(ValueKind::Ip))
        keep(std::move(made), result);
    else
        result = made; // a number, which the view holds itself
    return true;
}

} // namespace countersign::cedar::detail
