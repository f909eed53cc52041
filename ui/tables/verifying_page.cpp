#include "ui/tables/verifying_page.h"

#include "ui/widgets/report_card.h"
#include "ui/widgets/scroll_column.h"

#include <QProgressBar>
#include <QScrollBar>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kProgressSteps = 1000;
constexpr int kProgressWidth = 160;

} // namespace

VerifyingPage::VerifyingPage(const QString& name, QWidget* parent)
    : TablePage(name, parent)
    , m_progress(new QProgressBar(this))
    , m_report(new ReportCard)
{
    m_progress->setObjectName(name + QStringLiteral("Progress"));
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(kProgressWidth);
    m_progress->hide();
    cards()->addWidget(m_report);
    m_report->hide();
    connect(m_report, &ReportCard::dismissed, this, &VerifyingPage::reportDismissed);
}

void VerifyingPage::showProgress(bool isBusy, double fraction)
{
    m_progress->setVisible(isBusy);
    m_progress->setValue(static_cast<int>(fraction * kProgressSteps));
}

void VerifyingPage::showReport(
    const std::shared_ptr<const VerificationReport>& report, const std::optional<Error>& error)
{
    m_report->setVisible(report != nullptr || error.has_value());
    if (report && report != m_shownReport) {
        m_report->showReport(*report);
        details()->verticalScrollBar()->setValue(0);
    } else if (error) {
        m_report->showProblem(*error);
    }
    m_shownReport = report;
}

} // namespace countersign::ui
