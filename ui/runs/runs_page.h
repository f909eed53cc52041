#pragma once

#include "ui/runs/runs_model.h"
#include "ui/runs/runs_presenter.h"
#include "ui/tables/table_page.h"

namespace countersign::ui {

class RunTimeline;

/// All runs of approved plans above, the selected one as a timeline below.
class RunsPage : public TablePage
{
    Q_OBJECT

public:
    RunsPage(Backend& backend, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Runs; }
    void activate() override;

    [[nodiscard]] const RunsPresenter& presenter() const { return m_presenter; }

protected:
    void retranslate() override;

private:
    void buildPage();
    void renderList();
    void render(const RunsState& state);
    void order(const OrderIntent& intent);

    RunsModel m_model;
    RunsPresenter m_presenter;
    RunTimeline* m_timeline;
    Banner* m_runError;
    std::shared_ptr<const RunView> m_shownRun;
    Instant m_shownAt;
    QString m_shownReason;
    bool m_shown = false;
};

} // namespace countersign::ui
