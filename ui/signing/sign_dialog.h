#pragma once

#include "ui/signing/sign_presenter.h"

#include <QDialog>

class QBoxLayout;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace countersign::ui {

class Banner;
class PlanPanel;
class ProseLabel;

/// Shows exactly what is signed, and takes the passphrase. Cancel has the focus and is the default.
/// A wrong passphrase keeps it open; while the signature is being made it cannot be closed, since
/// the signature might stand all the same.
class SignDialog : public QDialog
{
    Q_OBJECT

public:
    SignDialog(Backend& backend, const Clock& clock, SignTask task, QWidget* parent = nullptr);

    [[nodiscard]] const SignState& state() const { return m_presenter.state(); }

public Q_SLOTS:
    void reject() override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildPage();
    void buildForm(QVBoxLayout* all);
    QWidget* addRow(QVBoxLayout* form, const QString& name, QWidget* editor);
    void render(const SignState& state);
    void renderDraft(const SignState& state);
    void addPacket(QVBoxLayout* layout, const SigningDraft& draft);
    void addRules(QVBoxLayout* layout, const SigningDraft& draft);
    void addRaw(QVBoxLayout* layout, const SigningDraft& draft);
    void sign();

    SignPresenter m_presenter;
    std::string m_shownPayload;
    ProseLabel* m_action;
    ProseLabel* m_meaning;
    ProseLabel* m_title;
    QScrollArea* m_scroll;
    QVBoxLayout* m_content;
    QComboBox* m_key;
    QPlainTextEdit* m_reason;
    QDateTimeEdit* m_until;
    QLineEdit* m_typed;
    QLineEdit* m_passphrase;
    QWidget* m_reasonRow = nullptr;
    QWidget* m_untilRow = nullptr;
    QWidget* m_typedRow = nullptr;
    ProseLabel* m_typedName = nullptr;
    ProseLabel* m_whyNot;
    Banner* m_error;
    QProgressBar* m_busy;
    QPushButton* m_cancel;
    QPushButton* m_sign;
    bool m_rawOpen = false;
};

} // namespace countersign::ui
