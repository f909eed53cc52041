#pragma once

#include "ui/log/log_model.h"
#include "ui/log/log_presenter.h"
#include "ui/shell/page.h"

class QHBoxLayout;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace countersign::ui {

class Banner;
class EntryPanel;
class ProseLabel;
class ReportCard;
class RowTable;
class ScrollColumn;

/// The ledger as a table, the selected entry in full below, and the verification of the workspace.
/// Ctrl+G asks for an entry's number.
class LedgerPage : public Page
{
    Q_OBJECT

public:
    explicit LedgerPage(Backend& backend, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Log; }
    void activate() override;

    [[nodiscard]] const LogPresenter& presenter() const { return m_presenter; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildPage();
    [[nodiscard]] QHBoxLayout* buildTools();
    void retranslate();
    void renderList();
    void render(const LogState& state);
    void renderReport(const LogState& state);
    void goTo(int row);

    LogModel m_model;
    LogPresenter m_presenter;
    ProseLabel* m_goToName;
    QSpinBox* m_goTo;
    QPushButton* m_quick;
    QPushButton* m_deep;
    QProgressBar* m_progress;
    RowTable* m_table;
    ScrollColumn* m_details;
    ReportCard* m_report;
    EntryPanel* m_entry;
    Banner* m_listError;
    Banner* m_entryError;
    ProseLabel* m_count;
    std::shared_ptr<const EntryFacts> m_shownEntry;
    std::shared_ptr<const VerificationReport> m_shownReport;
    bool m_shown = false;
    bool m_placed = false; ///< The newest entry was brought into view once.
};

} // namespace countersign::ui
