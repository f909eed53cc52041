#include "app/ctl/change_text.h"

#include <map>

namespace countersign::ctl {

namespace {

/// `%1` … stand for the values of the line.
const std::map<std::string, std::string, std::less<>>& sentences()
{
    static const std::map<std::string, std::string, std::less<>> kSentences = {
        {"halt.lifted", "Dispatch goes on; %1 had halted it: %2"},
        {"roster.renamed", "The roster \"%1\" is called \"%2\""},
        {"roster.person_added", "%1 (%2) joins"},
        {"roster.person_removed", "%1 (%2) leaves"},
        {"roster.person_renamed", "%1 is called %2"},
        {"roster.manager_changed", "%1 reports to %2"},
        {"roster.role_given", "%1 becomes %2"},
        {"roster.role_taken", "%1 is no longer %2"},
        {"roster.key_added", "%1 may sign with the key %2"},
        {"roster.key_removed", "%1 may no longer sign with the key %2"},
        {"roster.key_expiry", "The key %2 of %1 expires at %3"},
        {"roster.key_distrusted",
         "Signatures of the key %1 from ledger position %2 on count no more: %3"},
        {"roster.key_trusted_again", "Signatures of the key %1 count again"},
        {"roster.agent_added", "The agent %1 (%2) may hand in; %3 answers for it"},
        {"roster.agent_changed", "The agent %1 (%2) changes; %3 answers for it"},
        {"roster.agent_removed", "The agent %1 (%2) may hand in no more"},
        {"policy.renamed", "The policy \"%1\" is called \"%2\""},
        {"policy.role", "The role %1 has the standing \"%2\""},
        {"policy.role_removed", "The role %1 has no standing any more"},
        {"policy.quorum", "The quorum of %1 was %2, becomes %3"},
        {"policy.governance", "What a change of %1 needs was %2, becomes %3"},
        {"policy.floors", "The floors were %1, become %2"},
        {"policy.unattended", "A0 may run without a signature: %1"},
    };
    return kSentences;
}

} // namespace

std::string sentenceOf(const control::ChangeLine& line)
{
    const auto found = sentences().find(line.code);
    std::string text = found == sentences().end() ? line.code : found->second;
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPlace =
            text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        if (!isPlace) {
            made += text[i];
            continue;
        }
        const auto number = static_cast<std::size_t>(text[++i] - '1');
        made += number < line.values.size() ? line.values[number] : std::string();
    }
    return made;
}

void printChange(Output& output, const control::GovernanceChange& change)
{
    output.line("What it changes:");
    for (const control::ChangeLine& line : change.lines)
        output.line("  " + shownLine(sentenceOf(line)));
    if (change.kind == control::ChangeKind::Recovery)
        output.line(
            "How it was made sure who asks: "
            + shownLine(textMember(change.document, "identity_check")));
    output.line("  change " + change.sha256.groupedText());
}

Json toJson(const control::GovernanceChange& change)
{
    Json lines = Json::array();
    for (const control::ChangeLine& line : change.lines)
        lines.push_back(
            {{"code", line.code}, {"values", line.values}, {"sentence", sentenceOf(line)}});
    return {
        {"change_id", change.changeId},
        {"decision_id", change.decisionId},
        {"kind", control::text(change.kind)},
        {"sha256", change.sha256.hex()},
        {"proposed_by", change.proposer},
        {"reason", textMember(change.document, "reason")},
        {"changes", std::move(lines)}};
}

} // namespace countersign::ctl
