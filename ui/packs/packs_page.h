#pragma once

#include "ui/packs/packs_model.h"
#include "ui/packs/packs_presenter.h"
#include "ui/tables/verifying_page.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QTimer;

namespace countersign::ui {

class Card;
class FileChooser;

/// Evidence packs: export one, verify one. A .zip dropped on the page is verified.
class PacksPage : public VerifyingPage
{
    Q_OBJECT

public:
    PacksPage(Backend& backend, std::shared_ptr<FileChooser> files, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Pack; }
    void activate() override;

    [[nodiscard]] const PacksPresenter& presenter() const { return m_presenter; }

protected:
    void retranslate() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildPage();
    void buildTools();
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
    Card* m_pack;
    QTimer* m_searchTimer;
    std::vector<PackChoice> m_shownChoices;
    bool m_shown = false;
};

} // namespace countersign::ui
