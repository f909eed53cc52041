#include "planes/execution/audit_finding.h"

#include "models/check.h"

#include <algorithm>
#include <array>

namespace countersign::execution {

namespace {

struct Sentence
{
    std::string_view code;
    std::string_view english; ///< `%1` is the place of the first value; nine places at most.
};

constexpr std::array kSentences = {
    Sentence{"checkpoint.head", "%1, %2 entries, root %3"},
    Sentence{"inclusion.entries", "%1 entries of the decision, each under the head"},
    Sentence{
        "foundation.decision",
        "\"%1\", signed by %2 founders; roster version %3, policy version %4"},
    Sentence{"foundation.workspace", "\"%1\", genesis %2"},
    Sentence{"documents.decision", "%1 documents and %2 sources, named by %3 requests"},
    Sentence{"documents.workspace", "%1 stored files, %2 documents accepted and all of them there"},
    Sentence{
        "signatures.counted", "%1 answers and %2 orders, each signed with a key of the roster"},
    Sentence{"quorum.request", "%1 revision %2: %3"},
    Sentence{"quorum.request_by", "%1 revision %2: %3 by %4"},
    Sentence{"runs.none", "no run"},
    Sentence{"runs.run", "%1: %2 events"},
    Sentence{"dispatches.none", "nothing was dispatched"},
    Sentence{
        "dispatches.counted",
        "%1 dispatches, each authorized before it; connector manifests as pinned in the signed "
        "request (their addresses are known to the workspace only)"},
    Sentence{"receipts.counted", "%1 receipts, chained, each about the effect that was dispatched"},
    Sentence{"entries.counted", "%1 entries, bodies and tiles, each what the signed root covers"},
    Sentence{
        "storage.sound", "the file is sound and has the tables, indexes and triggers it should"},
    Sentence{"tables.compared", "%1 tables, row by row what the ledger gives"},
    Sentence{"decisions.counted", "%1 decisions, each from the genesis to its last effect"},
};

std::string filled(std::string_view sentence, const std::vector<std::string>& values)
{
    // In one pass: a value can hold what looks like a place.
    std::string filledIn;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        if (sentence[i] != '%') {
            filledIn += sentence[i];
            continue;
        }
        ++i;
        filledIn += values.at(static_cast<std::size_t>(sentence[i] - '1'));
    }
    return filledIn;
}

} // namespace

std::string text(const AuditFindings& findings)
{
    std::string all;
    for (const AuditFinding& finding : findings) {
        const auto* const sentence =
            std::find_if(kSentences.begin(), kSentences.end(), [&](const Sentence& candidate) {
                return candidate.code == finding.code;
            });
        CS_ASSERT(sentence != kSentences.end());
        all += (all.empty() ? "" : "; ") + filled(sentence->english, finding.values);
    }
    return all;
}

std::vector<std::string_view> auditFindingCodes()
{
    std::vector<std::string_view> codes;
    for (const Sentence& sentence : kSentences)
        codes.push_back(sentence.code);
    return codes;
}

} // namespace countersign::execution
