#include "app/ctl/report_text.h"

namespace countersign::ctl {

namespace {

std::string groupedAnchor(const std::string& anchor)
{
    const auto digest = Digest::parse(anchor);
    return digest.ok() ? digest->groupedText() : anchor;
}

} // namespace

int tellVerification(Output& output, const ui::VerificationReport& report)
{
    Json checks = Json::array();
    output.line(shownLine(report.subject));
    for (const ui::CheckRow& check : report.checks) {
        output.line(shownLine(
            std::string(check.good ? "  good    " : "  BROKEN  ") + check.what
            + (check.detail.empty() ? "" : ": " + check.detail)));
        checks.push_back({{"what", check.what}, {"good", check.good}, {"detail", check.detail}});
    }
    output.line("Anchor, to be compared with the one you know:");
    output.line("    " + shownLine(groupedAnchor(report.anchor)));
    output.line(report.good ? "Verified." : "NOT verified.");
    if (report.firstBroken)
        output.complain(*report.firstBroken);
    output.document(
        {{"good", report.good},
         {"subject", report.subject},
         {"anchor", report.anchor},
         {"checks", std::move(checks)},
         {"first_broken", report.firstBroken ? errorJson(*report.firstBroken) : Json(nullptr)}});
    return report.good ? kDone : kRefused;
}

} // namespace countersign::ctl
