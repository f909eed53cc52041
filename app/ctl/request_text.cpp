#include "app/ctl/request_text.h"

namespace countersign::ctl {

namespace {

std::string joined(const std::vector<std::string>& texts)
{
    std::string line;
    for (const std::string& text : texts)
        line += (line.empty() ? "" : ", ") + text;
    return shownLine(line);
}

void printDigest(Output& output, const std::string& label, const Digest& digest)
{
    output.line("  " + label);
    output.line("    " + digest.groupedText());
}

void printAnswers(
    Output& output, const std::string& label, const std::vector<control::CountedAnswer>& answers)
{
    for (const control::CountedAnswer& counted : answers) {
        std::string line = "  " + label + ": " + shownLine(counted.displayName) + " ("
                           + counted.answer.personId + "), " + counted.answer.receivedAt.text();
        if (counted.answer.answer.deferUntil)
            line += ", until " + counted.answer.answer.deferUntil->text();
        output.line(line);
        if (!counted.answer.answer.reason.empty())
            output.line("    " + shownLine(counted.answer.answer.reason));
    }
}

std::string callText(const Json& call)
{
    return textMember(call, "connector") + " " + textMember(call, "connector_version") + " "
           + textMember(call, "operation");
}

void printUndoing(Output& output, const Json& compensation)
{
    const std::string mode = textMember(compensation, "mode");
    std::string line = "     undone by: ";
    if (mode == "call")
        line += callText(compensation["call"]);
    else if (mode == "manual")
        line += "a person: " + textMember(compensation, "runbook");
    else
        line += "nothing: " + textMember(compensation, "reason");
    if (compensation.contains("window_s"))
        line += ", within " + compensation["window_s"].dump() + " s";
    output.line(shownLine(line));
    if (mode == "call")
        output.line(
            shownLine("       with: " + compensation["call"].value("payload", Json()).dump()));
}

void printStep(Output& output, const Json& step, std::size_t number)
{
    std::string title = "  " + std::to_string(number) + ". " + textMember(step, "step_id") + ": "
                        + textMember(step, "title");
    if (step.contains("classes")) {
        title += "  [";
        for (const char* member : {"approval", "reversibility", "sensitivity", "action"})
            title += (title.back() == '[' ? "" : " ") + textMember(step["classes"], member);
        title += "]";
    }
    output.line(shownLine(title));
    output.line(shownLine("     calls: " + callText(step["call"])));
    output.line(shownLine("     with: " + step["call"].value("payload", Json()).dump()));
    for (const Json& effect : step.value("expected_effects", Json::array()))
        output.line(shownLine(
            "     effect: " + textMember(effect, "change") + " "
            + textMember(effect, "resource_uri") + ": " + textMember(effect, "statement")));
    for (const Json& guard : step.value("guards", Json::array()))
        output.line(shownLine("     guard: " + guard.get<std::string>()));
    if (step.value("human_gate", false))
        output.line("     waits for a person's confirmation");
    std::vector<std::string> after;
    for (const Json& dependency : step.value("depends_on", Json::array()))
        after.push_back(dependency.get<std::string>());
    if (!after.empty())
        output.line("     after: " + joined(after));
    printUndoing(output, step.value("compensation", Json::object()));
}

} // namespace

std::string personText(const control::Roster& roster, const std::string& personId)
{
    const control::Person* person = roster.person(personId);
    if (person == nullptr)
        return shownLine(personId);
    return shownLine(person->displayName + " (" + personId + ")");
}

void printRequest(
    Output& output,
    const control::ApprovalRequest& request,
    const Digest& requestSha256,
    const control::Roster& roster)
{
    output.line(shownLine(request.title));
    output.line("  " + shownLine(request.ask));
    output.line();
    output.line(
        "Decision " + request.decisionId + ", request " + request.requestId + ", revision "
        + std::to_string(request.revision));
    output.line("Asked by " + personText(roster, request.requestedBy));
    if (request.amendedBy)
        output.line("Plan amended by " + personText(roster, *request.amendedBy));
    output.line("Classes: " + text(request.classes));
    for (const control::ClassRaise& raise : request.raised)
        output.line(shownLine(
            "  raised from " + raise.claimed + " to " + raise.effective + " by " + raise.because
            + (raise.detail.empty() ? "" : " (" + raise.detail + ")")));
    if (request.exposure)
        output.line("Exposure: " + request.exposure->amount() + " " + request.exposure->currency());
    output.line("Due " + request.dueAt.text() + ", expires " + request.expiresAt.text());
    output.line();
    output.line("Digests that every signer compares:");
    printDigest(output, "request", requestSha256);
    for (const control::PacketItem& item : request.packet)
        printDigest(
            output,
            item.schema + " " + item.recordId + " revision " + std::to_string(item.revision),
            item.sha256);
    for (const control::ConnectorPin& pin : request.connectors)
        printDigest(output, "connector " + pin.name + " " + pin.version, pin.sha256);
    printDigest(
        output, "policy version " + std::to_string(request.policyVersion), request.policySha256);
    printDigest(
        output, "roster version " + std::to_string(request.rosterVersion), request.rosterSha256);
}

void printQuorum(
    Output& output,
    const control::ApprovalRequest& request,
    const control::QuorumState& quorum,
    const control::Roster& roster)
{
    std::string rule = "Signatures: " + std::to_string(quorum.approvals.size()) + " of "
                       + std::to_string(request.approvalsNeeded);
    if (request.eachAtLeast != control::RoleLevel::None)
        rule += ", each at least " + std::string(control::text(request.eachAtLeast));
    if (request.oneAtLeast != control::RoleLevel::None)
        rule += ", one at least " + std::string(control::text(request.oneAtLeast));
    if (!request.rolesNeeded.empty())
        rule += ", roles: " + joined(request.rolesNeeded);
    output.line(rule);
    printAnswers(output, "approved", quorum.approvals);
    printAnswers(output, "rejected", quorum.rejections);
    printAnswers(output, "asked", quorum.questions);
    printAnswers(output, "deferred", quorum.deferrals);
    if (quorum.status != control::RequestStatus::Open)
        return;
    if (!quorum.rolesMissing.empty())
        output.line("  still needed, somebody who is: " + joined(quorum.rolesMissing));
    if (quorum.standingMissing)
        output.line(
            "  still needed, somebody who is at least "
            + std::string(control::text(request.oneAtLeast)));
    std::vector<std::string> people;
    for (const std::string& personId : quorum.mayStillApprove)
        people.push_back(personText(roster, personId));
    output.line("  may still sign: " + (people.empty() ? "nobody" : joined(people)));
    if (!request.barred.empty())
        output.line("  may not sign: " + joined(request.barred));
}

void printPlan(Output& output, const Json& plan)
{
    output.line(shownLine("Plan: " + textMember(plan, "title")));
    output.line(shownLine(
        "  runs from " + textMember(plan, "not_before") + " to " + textMember(plan, "not_after")
        + "; when a step fails: " + textMember(plan, "on_failure")));
    std::size_t number = 0;
    for (const Json& step : plan.value("steps", Json::array()))
        printStep(output, step, ++number);
}

} // namespace countersign::ctl
