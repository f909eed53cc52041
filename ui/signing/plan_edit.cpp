#include "ui/signing/plan_edit.h"

#include "ui/decision/json_access.h"
#include "ui/format/plain_text.h"
#include "ui/signing/amended_plan.h"

#include <algorithm>

namespace countersign::ui {

std::vector<FieldChange> payloadChanges(const Json& before, const Json& after)
{
    std::vector<FieldChange> all;
    const Json& oldSteps = listMember(before, "steps");
    const Json& newSteps = listMember(after, "steps");
    for (std::size_t i = 0; i < std::min(oldSteps.size(), newSteps.size()); ++i) {
        const Json& was = member(member(oldSteps[i], "call"), "payload");
        const Json& is = member(member(newSteps[i], "call"), "payload");
        for (FieldChange change : fieldChanges(was, is)) {
            change.path = prose(newSteps[i], "title") + QStringLiteral(" › ") + change.path;
            all.push_back(std::move(change));
        }
    }
    return all;
}

PlanEdit::PlanEdit(Json original)
    : m_original(std::move(original))
    , m_edited(m_original)
{}

const Json& PlanEdit::payload(std::size_t step) const
{
    return member(member(m_edited["steps"].at(step), "call"), "payload");
}

Result<void> PlanEdit::put(std::size_t step, const std::string& pointer, const Json& value)
{
    CS_TRY(m_edited, withPayloadValue(m_edited, step, pointer, value));
    return {};
}

Result<void> PlanEdit::setLeaf(std::size_t step, const FieldRow& field, const QString& typed)
{
    if (field.type != FieldType::Number)
        return put(step, field.pointer, toUtf8(typed));
    const auto number = parseJson(toUtf8(typed.trimmed()));
    if (!number.ok() || !number->is_number())
        return fail(ErrorCode::InvalidInput, "this is not a number", "plan.number", field.pointer);
    return put(step, field.pointer, *number);
}

Result<void> PlanEdit::setBoolean(std::size_t step, const FieldRow& field, bool value)
{
    return put(step, field.pointer, value);
}

Result<void> PlanEdit::setPayload(std::size_t step, const QString& json)
{
    CS_TRY(const Json payload, parseJson(toUtf8(json)));
    if (!payload.is_object())
        return fail(ErrorCode::InvalidInput, "a payload is a JSON object", "plan.object");
    return put(step, {}, payload);
}

Result<Json> PlanEdit::amended() const
{
    return nextRevision(m_original, m_edited);
}

} // namespace countersign::ui
