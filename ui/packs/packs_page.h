#pragma once

#include "ui/packs/packs_model.h"
#include "ui/packs/packs_presenter.h"
#include "ui/shell/page.h"

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTimer;

namespace countersign::ui {

class Banner;
class Card;
class FactTable;
class FileChooser;
class ProseLabel;
class ReportCard;
class RowTable;
class ScrollColumn;

/// Evidence packs: export one, verify one. A .zip dropped on the page is verified.
class PacksPage : public Page
{
    Q_OBJECT

public:
    PacksPage(Backend& backend, std::shared_ptr<FileChooser> files, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Pack; }
    void activate() override;

    [[nodiscard]] const PacksPresenter& presenter() const { return m_presenter; }

protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildPage();
    [[nodiscard]] QHBoxLayout* buildTools();
    void retranslate();
    void render(const PacksState& state);
    void renderChoices(const PacksState& state);
    void renderMessages(const PacksState& state);
    void showPack(int row);
    void askExport();
    void askVerify();

    std::shared_ptr<FileChooser> m_files;
    PacksModel m_model;
    PacksPresenter m_presenter;
    QLineEdit* m_search;
    QComboBox* m_choice;
    QPushButton* m_export;
    QPushButton* m_verify;
    QProgressBar* m_progress;
    RowTable* m_table;
    ScrollColumn* m_details;
    Banner* m_message;
    ReportCard* m_report;
    Card* m_pack;
    ProseLabel* m_empty;
    ProseLabel* m_hint;
    QTimer* m_searchTimer;
    std::vector<PackChoice> m_shownChoices;
    std::shared_ptr<const VerificationReport> m_shownReport;
    bool m_shown = false;
};

} // namespace countersign::ui
