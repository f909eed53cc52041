#include "ui/widgets/report_card.h"

#include "ui/format/check_text.h"
#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/paragraphs.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace countersign::ui {

namespace {

constexpr int kNameWidth = 260;

} // namespace

ReportCard::ReportCard(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("reportCard"));
}

void ReportCard::showReport(const VerificationReport& report)
{
    clearBody();
    setTitle(tr("Verification of %1").arg(safeInline(toQString(report.subject))), Icon::Scale);
    addVerdict(report);
    bool isBroken = false;
    for (const CheckRow& check : report.checks) {
        const Outcome bad = isBroken ? Outcome::NotReached : Outcome::Broken;
        addCheck(check, check.good ? Outcome::Good : bad);
        isBroken = isBroken || !check.good;
    }
    if (!report.anchor.empty()) {
        auto* const table = new FactTable;
        table->addOwn(tr("Anchor"), groupedHex(report.anchor), ProseLabel::Look::Code);
        body()->addWidget(table);
        addOwn(
            body(),
            tr("Compare the anchor with the people who founded the workspace, by telephone. "
               "Everything above hangs on it."),
            ProseLabel::Look::Muted);
    }
    addDismiss();
}

void ReportCard::showProblem(const Error& error)
{
    clearBody();
    setTitle(tr("The verification could not be done"), Icon::Scale);
    auto* const banner = new Banner;
    banner->setObjectName(QStringLiteral("reportVerdict"));
    banner->say(Tone::Caution, errorSentence(error), errorDetails(error));
    body()->addWidget(banner);
    addDismiss();
}

void ReportCard::addVerdict(const VerificationReport& report)
{
    auto* const verdict = new Banner;
    verdict->setObjectName(QStringLiteral("reportVerdict"));
    body()->addWidget(verdict);
    if (report.good) {
        verdict->say(Tone::Good, tr("Every check is good."));
        return;
    }
    const auto broken =
        std::find_if(report.checks.begin(), report.checks.end(), [](const CheckRow& check) {
            return !check.good;
        });
    const QString link = broken == report.checks.end() ? tr("unknown") : checkName(broken->what);
    verdict->say(
        Tone::Danger,
        tr("Do not rely on it. The first broken link: %1.").arg(link),
        report.firstBroken ? errorDetails(*report.firstBroken) : QString());
}

void ReportCard::addCheck(const CheckRow& check, Outcome outcome)
{
    struct Look
    {
        Icon icon;
        Tone tone;
        QString words;
    };
    const QString name = checkName(check.what);
    Look look{Icon::Check, Tone::Good, tr("%1: good", "name of a check").arg(name)};
    if (outcome == Outcome::Broken)
        look = {Icon::Cross, Tone::Danger, tr("%1: broken", "name of a check").arg(name)};
    else if (outcome == Outcome::NotReached)
        look = {Icon::Clock, Tone::Neutral, tr("%1: not reached", "name of a check").arg(name)};
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    auto* const mark = new IconLabel(look.icon);
    mark->set(look.icon, look.tone);
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* const words = new ProseLabel;
    words->setOwn(look.words);
    words->setTone(look.tone);
    words->setFixedWidth(kNameWidth);
    row->addWidget(words, 0, Qt::AlignTop);
    auto* const detail = new ProseLabel(ProseLabel::Look::Muted);
    if (outcome != Outcome::NotReached)
        detail->setOwn(checkSentence(check));
    row->addWidget(detail, 1);
    body()->addLayout(row);
}

void ReportCard::addDismiss()
{
    auto* const close = new QPushButton(tr("Close the report"));
    close->setObjectName(QStringLiteral("closeReport"));
    close->setAccessibleName(close->text());
    connect(close, &QPushButton::clicked, this, &ReportCard::dismissed);
    body()->addWidget(close, 0, Qt::AlignLeading);
}

} // namespace countersign::ui
