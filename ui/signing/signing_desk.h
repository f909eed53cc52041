#pragma once

#include "models/ids.h"
#include "ui/signing/sign_presenter.h"

#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace countersign::ui {

/// Brings people from "I want to" to a signature: opens the plan form for an edit, then the sign
/// dialog. One dialog at a time; nothing blocks. Thread: GUI.
class SigningDesk : public QObject
{
    Q_OBJECT

public:
    /// Dialogs appear over `window`.
    SigningDesk(Backend& backend, const Clock& clock, QWidget* window);

    /// Starts with what was on the screen. Does nothing while a dialog is open.
    void start(const SignTask& task);
    /// An order about a run whose decision is not on the screen: reads it first.
    void order(const std::string& decisionId, const OrderIntent& intent);

    [[nodiscard]] QDialog* openDialog() const { return m_dialog; }

Q_SIGNALS:
    /// A signature was taken; `action` names it, e.g. `Approve`.
    void signedNow(const QString& action);
    void failed(const countersign::Error& error);

private:
    void edit(const SignTask& task);
    void openSign(const SignTask& task);

    Backend& m_backend;
    const Clock& m_clock;
    QWidget* m_window;
    QPointer<QDialog> m_dialog;
};

} // namespace countersign::ui
