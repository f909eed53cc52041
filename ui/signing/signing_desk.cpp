#include "ui/signing/signing_desk.h"

#include "ui/reply.h"
#include "ui/signing/edit_plan_dialog.h"
#include "ui/signing/eligible_keys.h"
#include "ui/signing/sign_dialog.h"

namespace countersign::ui {

SigningDesk::SigningDesk(Backend& backend, const Clock& clock, QWidget* window)
    : QObject(window)
    , m_backend(backend)
    , m_clock(clock)
    , m_window(window)
{}

void SigningDesk::start(const SignTask& task)
{
    if (m_dialog || task.keys.empty() || !task.view)
        return;
    const auto* const answer = std::get_if<AnswerIntent>(&task.intent);
    if (answer != nullptr && answer->kind == control::AnswerKind::Edit && !answer->amendedPlan)
        edit(task);
    else
        openSign(task);
}

void SigningDesk::order(const std::string& decisionId, const OrderIntent& intent)
{
    whenReplied(this, m_backend.decision(decisionId), [this, intent](Result<DecisionView> view) {
        if (!view.ok()) {
            Q_EMIT failed(view.error());
            return;
        }
        auto shown = std::make_shared<DecisionView>(std::move(view).value());
        whenReplied(
            this, m_backend.localKeys(), [this, intent, shown](Result<std::vector<LocalKey>> keys) {
                if (!keys.ok()) {
                    Q_EMIT failed(keys.error());
                    return;
                }
                const std::vector<LocalKey> held = heldKeys(*keys);
                if (held.empty()) {
                    Q_EMIT failed(
                        {ErrorCode::Unauthorized, "no key here belongs to a person", "answer.key"});
                    return;
                }
                start({shown, intent, held});
            });
    });
}

void SigningDesk::edit(const SignTask& task)
{
    if (!task.view->plan)
        return;
    auto* const dialog = new EditPlanDialog(task.view->plan->content, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, task] {
        SignTask amended = task;
        std::get<AnswerIntent>(amended.intent).amendedPlan = dialog->amendedPlan();
        m_dialog.clear();
        openSign(amended);
    });
    dialog->open();
}

void SigningDesk::openSign(const SignTask& task)
{
    auto* const dialog = new SignDialog(m_backend, m_clock, task, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const SignState& state = dialog->state();
        Q_EMIT signedNow(state.facts ? state.facts->action : QString());
    });
    dialog->open();
}

} // namespace countersign::ui
