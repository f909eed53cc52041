#pragma once

#include "ui/signing/plan_edit.h"

#include <QDialog>

#include <set>

class QPushButton;
class QVBoxLayout;

namespace countersign::ui {

class Banner;
class ProseLabel;

/// A form for each step's payload: text stays text, numbers numbers, yes or no a check box; a JSON
/// editor as the last resort. Shows before → after. Accepting it signs nothing yet.
class EditPlanDialog : public QDialog
{
    Q_OBJECT

public:
    explicit EditPlanDialog(const Json& plan, QWidget* parent = nullptr);

    /// The amended plan, after accepted().
    [[nodiscard]] const Json& amendedPlan() const { return m_amended; }

private:
    void addStep(std::size_t step);
    void addField(QVBoxLayout* form, std::size_t step, const FieldRow& field);
    void addJsonEditor(QVBoxLayout* form, std::size_t step);
    void rebuildStep(std::size_t step);
    void showChanges();
    void note(const QString& field, const Result<void>& result);
    void finish();

    PlanEdit m_edit;
    Json m_amended;
    std::vector<QVBoxLayout*> m_forms;
    std::set<QString> m_badFields;
    ProseLabel* m_changes;
    Banner* m_error;
    QPushButton* m_continue;
};

} // namespace countersign::ui
