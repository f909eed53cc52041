#pragma once

#include "ui/log/log_model.h"
#include "ui/log/log_presenter.h"
#include "ui/tables/verifying_page.h"

class QPushButton;
class QSpinBox;

namespace countersign::ui {

class EntryPanel;

/// The ledger as a table, the selected entry in full below, and the verification of the workspace.
/// Ctrl+G asks for an entry's number.
class LedgerPage : public VerifyingPage
{
    Q_OBJECT

public:
    explicit LedgerPage(Backend& backend, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Log; }
    void activate() override;

    [[nodiscard]] const LogPresenter& presenter() const { return m_presenter; }

protected:
    void retranslate() override;

private:
    void buildPage();
    void buildTools();
    void renderList();
    void render(const LogState& state);
    void goTo(int row);

    LogModel m_model;
    LogPresenter m_presenter;
    ProseLabel* m_goToName;
    QSpinBox* m_goTo;
    QPushButton* m_quick;
    QPushButton* m_deep;
    EntryPanel* m_entry;
    Banner* m_entryError;
    std::shared_ptr<const EntryFacts> m_shownEntry;
    bool m_shown = false;
    bool m_placed = false; ///< The newest entry was brought into view once.
};

} // namespace countersign::ui
