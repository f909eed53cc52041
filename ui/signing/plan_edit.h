#pragma once

#include "models/json.h"
#include "models/result.h"
#include "ui/format/json_rows.h"

#include <QString>

#include <vector>

namespace countersign::ui {

/// Payload values that differ between two revisions of a plan, each path starting with the title of
/// its step. Steps are compared in order.
[[nodiscard]] std::vector<FieldChange> payloadChanges(const Json& before, const Json& after);

/// A plan somebody is changing: values of the payloads only, each keeping its type.
class PlanEdit
{
public:
    explicit PlanEdit(Json original);

    [[nodiscard]] const Json& edited() const { return m_edited; }
    /// The payload of one step as it is now.
    [[nodiscard]] const Json& payload(std::size_t step) const;

    /// Sets a leaf to what was typed. A number must be one in JSON, text is taken as it is. Errors:
    /// InvalidInput (rule `plan.number`), NotFound.
    [[nodiscard]] Result<void>
    setLeaf(std::size_t step, const FieldRow& field, const QString& typed);
    [[nodiscard]] Result<void> setBoolean(std::size_t step, const FieldRow& field, bool value);
    /// Replaces a whole payload. Errors: InvalidInput (as parseJson, or rule `plan.object`).
    [[nodiscard]] Result<void> setPayload(std::size_t step, const QString& json);

    [[nodiscard]] std::vector<FieldChange> changes() const
    {
        return payloadChanges(m_original, m_edited);
    }
    /// The next revision of the plan. Errors: as nextRevision.
    [[nodiscard]] Result<Json> amended() const;

private:
    [[nodiscard]] Result<void> put(std::size_t step, const std::string& pointer, const Json& value);

    Json m_original;
    Json m_edited;
};

} // namespace countersign::ui
