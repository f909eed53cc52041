#pragma once

#include "ui/backend.h"

#include <QStatusBar>

class QLabel;
class QTimer;
class QToolButton;

namespace countersign::ui {

/// Workspace, size of the ledger, who carries out plans, and what happened lately.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void showWorkspace(const WorkspaceInfo& info);
    void showProblem(const Error& error);
    /// The newest notice; the last ones stay in the list behind the button.
    void addNotice(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showNotices();

    std::optional<WorkspaceInfo> m_info;
    QStringList m_notices;
    QLabel* m_workspace;
    QLabel* m_ledger;
    QLabel* m_engine;
    QLabel* m_notice;
    QToolButton* m_list;
};

} // namespace countersign::ui
