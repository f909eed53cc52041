#pragma once

#include "ui/people/people_presenter.h"
#include "ui/widgets/card.h"

class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace countersign::ui {

class Banner;

/// The form for a new key. The passphrase is asked for twice, never shown, and leaves the fields
/// only into locked memory.
class NewKeyPanel : public Card
{
    Q_OBJECT

public:
    explicit NewKeyPanel(QWidget* parent = nullptr);

    void render(const PeopleState& state);
    void retranslate();
    /// Empties every field.
    void clearForm();

Q_SIGNALS:
    void formChanged(const countersign::ui::NewKeyForm& form);
    void createRequested(std::shared_ptr<const trust::SecretBytes> passphrase);

private:
    void addRow(ProseLabel* name, QWidget* editor);
    void publishForm();
    void create();

    ProseLabel* m_nameLabel;
    ProseLabel* m_algorithmLabel;
    ProseLabel* m_passphraseLabel;
    ProseLabel* m_againLabel;
    QLineEdit* m_name;
    QComboBox* m_algorithm;
    QLineEdit* m_passphrase;
    QLineEdit* m_again;
    ProseLabel* m_whyNot;
    Banner* m_message;
    QProgressBar* m_busy;
    QPushButton* m_create;
};

} // namespace countersign::ui
