#pragma once

#include "ui/queue/queue_model.h"
#include "ui/shell/page.h"

class QButtonGroup;
class QLineEdit;
class QListView;
class QTimer;

namespace countersign::ui {

class Banner;
class ProseLabel;

/// The queue: views, search, and rows to go through by keyboard (J and K or arrows, Enter opens,
/// slash searches).
class QueueListPage : public Page
{
    Q_OBJECT

public:
    QueueListPage(Backend& backend, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Queue; }
    void activate() override;

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPage();
    void addShortcuts();
    void retranslate();
    void renderState();
    void openCurrent();
    void move(int rows);
    void showView();

    QueueModel m_model;
    QButtonGroup* m_views;
    QLineEdit* m_search;
    QListView* m_list;
    Banner* m_error;
    ProseLabel* m_empty;
    ProseLabel* m_count;
    QTimer* m_searchTimer;
    bool m_shown = false;
};

} // namespace countersign::ui
