#pragma once

#include "ui/people/people_presenter.h"
#include "ui/shell/page.h"

namespace countersign::ui {

class Banner;
class Card;
class NewKeyPanel;
class ScrollColumn;

/// Who may sign: the keys on this computer, a form for a new one, and the people and agents of the
/// roster.
class PeoplePage : public Page
{
    Q_OBJECT

public:
    explicit PeoplePage(Backend& backend, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::People; }
    void activate() override;

    [[nodiscard]] const PeoplePresenter& presenter() const { return m_presenter; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void render(const PeopleState& state);
    void renderKeys(const PeopleState& state);
    void renderPeople(const PeopleState& state);
    void renderAgents(const PeopleState& state);

    PeoplePresenter m_presenter;
    ScrollColumn* m_scroll;
    Banner* m_error;
    Card* m_keys;
    NewKeyPanel* m_newKey;
    Card* m_people;
    Card* m_agents;
    std::shared_ptr<const control::Roster> m_shownRoster;
    std::vector<LocalKey> m_shownKeys;
    bool m_shown = false;
};

} // namespace countersign::ui
