#pragma once

#include "ui/decision/decision_presenter.h"

#include <QFrame>

#include <array>

class QPushButton;

namespace countersign::ui {

class ProseLabel;

/// The five answers, always in reach. None of them signs: each asks for the sign dialog. What
/// cannot be done says why.
class ActionBar : public QFrame
{
    Q_OBJECT

public:
    explicit ActionBar(QWidget* parent = nullptr);

    void render(const DecisionState& state);

Q_SIGNALS:
    void answerRequested(countersign::control::AnswerKind kind);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry
    {
        control::AnswerKind kind;
        QPushButton* button;
    };

    void retranslate();

    std::array<Entry, 5> m_entries;
    ProseLabel* m_reason;
};

/// The letter of an answer, and the letter on the same key of an Arabic keyboard.
struct AnswerKeys
{
    Qt::Key latin;
    char16_t arabic;
};

[[nodiscard]] AnswerKeys answerKeys(control::AnswerKind kind);

} // namespace countersign::ui
