#pragma once

#include "ui/tables/table_page.h"
#include "ui/views.h"

#include <memory>

class QProgressBar;

namespace countersign::ui {

class ReportCard;

/// A table page on which something can be verified: a progress bar among the tools, and the report
/// above the selected row. Thread: GUI.
class VerifyingPage : public TablePage
{
    Q_OBJECT

Q_SIGNALS:
    /// The report was closed.
    void reportDismissed();

protected:
    explicit VerifyingPage(const QString& name, QWidget* parent = nullptr);

    /// Among the tools, where the page wants it.
    [[nodiscard]] QProgressBar* progress() const { return m_progress; }
    /// `fraction` is 0..1; the bar is there only while `isBusy`.
    void showProgress(bool isBusy, double fraction);
    /// The last report, or why there is none; the card goes away without both.
    void showReport(
        const std::shared_ptr<const VerificationReport>& report, const std::optional<Error>& error);
    /// Builds the report anew with the next showReport(): the language changed.
    void forgetReport() { m_shownReport.reset(); }

private:
    QProgressBar* m_progress;
    ReportCard* m_report;
    std::shared_ptr<const VerificationReport> m_shownReport;
};

} // namespace countersign::ui
