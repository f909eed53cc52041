#pragma once

#include "ui/runs/runs_model.h"
#include "ui/runs/runs_presenter.h"
#include "ui/shell/page.h"

class QTimer;

namespace countersign::ui {

class Banner;
class ProseLabel;
class RowTable;
class RunTimeline;
class ScrollColumn;

/// All runs of approved plans above, the selected one as a timeline below.
class RunsPage : public Page
{
    Q_OBJECT

public:
    RunsPage(Backend& backend, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Runs; }
    void activate() override;

    [[nodiscard]] const RunsPresenter& presenter() const { return m_presenter; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildPage();
    void retranslate();
    void renderList();
    void render(const RunsState& state);
    void order(const OrderIntent& intent);

    RunsModel m_model;
    RunsPresenter m_presenter;
    RowTable* m_table;
    ScrollColumn* m_details;
    RunTimeline* m_timeline;
    Banner* m_listError;
    Banner* m_runError;
    ProseLabel* m_empty;
    ProseLabel* m_count;
    std::shared_ptr<const RunView> m_shownRun;
    Instant m_shownAt;
    QString m_shownReason;
    bool m_shown = false;
};

} // namespace countersign::ui
