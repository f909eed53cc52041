#include "planes/data/detail/rule_context.h"

#include <cmath>
#include <set>

namespace countersign::data::detail {

namespace {

/// Scores are stored with three decimals.
constexpr double kScoreRounding = 0.0005 + 1e-9;

struct Coverage
{
    std::set<std::string> supported = {};
    std::set<std::string> contradicted = {};
    std::set<std::string> unsupported = {};
    std::size_t claimCount = 0;

    /// Share of claims that are supported and not contradicted.
    [[nodiscard]] double provenance() const
    {
        return static_cast<double>(supported.size()) / static_cast<double>(claimCount);
    }
};

std::optional<Instant> endOf(const JsonPlace& freshness)
{
    const std::optional<Instant> from = freshness.at("as_of").instant();
    if (!from)
        return std::nullopt;
    return *from + std::chrono::seconds(freshness.at("window_s").integer());
}

/// The evidence items that count: exactly those the pack names, or all of the decision where it
/// has no pack.
std::vector<const IncomingRecord*>
evidenceOf(const RuleContext& context, const IncomingRecord* pack)
{
    std::vector<const IncomingRecord*> items;
    if (pack == nullptr) {
        for (const IncomingRecord* item : context.all("evidence_item")) {
            if (context.isNewest(*item))
                items.push_back(item);
        }
        return items;
    }
    for (const JsonPlace& reference : JsonPlace(pack->content).at("items").elements()) {
        // A digest that differs is reported where it stands.
        const IncomingRecord* item =
            context.revision(reference.at("record_id").text(), reference.at("revision").integer());
        if (item != nullptr && item->schema == "evidence_item")
            items.push_back(item);
    }
    return items;
}

Coverage coverageOf(const IncomingRecord& memo, const std::vector<const IncomingRecord*>& items)
{
    std::set<std::string> supported;
    std::set<std::string> contradicted;
    for (const IncomingRecord* item : items) {
        const JsonPlace root(item->content);
        const std::string status = root.in("verification/status").text();
        const bool verified = status == "verified" || status == "partially_verified";
        for (const JsonPlace& bearing : root.at("bears_on").elements()) {
            const std::string stance = bearing.at("stance").text();
            if (stance == "contradicts")
                contradicted.insert(bearing.at("claim_id").text());
            else if (stance == "supports" && verified)
                supported.insert(bearing.at("claim_id").text());
        }
    }
    Coverage coverage;
    for (const JsonPlace& claim : placesOf(JsonPlace(memo.content), "/claims/*/claim_id")) {
        const std::string id = claim.text();
        ++coverage.claimCount;
        if (contradicted.contains(id))
            coverage.contradicted.insert(id);
        else if (supported.contains(id))
            coverage.supported.insert(id);
        else
            coverage.unsupported.insert(id);
    }
    return coverage;
}

void requireScore(
    RuleContext& context,
    const IncomingRecord& record,
    const JsonPlace& stated,
    double wanted,
    std::string_view rule)
{
    if (!stated.exists() || std::abs(stated.number() - wanted) <= kScoreRounding)
        return;
    context.report(record, stated.pointer(), rule, "comes to " + std::to_string(wanted));
}

void requireSet(
    RuleContext& context,
    const IncomingRecord& record,
    const JsonPlace& stated,
    const std::set<std::string>& wanted,
    std::string_view rule)
{
    const std::vector<std::string> texts = stated.texts();
    if (std::set<std::string>(texts.begin(), texts.end()) == wanted)
        return;
    std::string list;
    for (const std::string& text : wanted)
        list += (list.empty() ? "" : ", ") + text;
    context.report(
        record, stated.pointer(), rule, "should hold " + (list.empty() ? "nothing" : list));
}

/// What was stale at `sealed_at`, and when the first of the others ends.
void checkPackFreshness(
    RuleContext& context,
    const IncomingRecord& pack,
    const std::vector<const IncomingRecord*>& items)
{
    const JsonPlace root(pack.content);
    const std::optional<Instant> sealed = root.at("sealed_at").instant();
    std::set<std::string> stale;
    std::optional<Instant> firstEnd;
    for (const IncomingRecord* item : items) {
        const std::optional<Instant> end = endOf(JsonPlace(item->content).at("freshness"));
        if (!end || !sealed)
            return;
        if (*end < *sealed)
            stale.insert(item->recordId);
        else if (!firstEnd || *end < *firstEnd)
            firstEnd = end;
    }
    requireSet(context, pack, root.at("stale_evidence_ids"), stale, "result.stale");
    const std::optional<Instant> stated = endOf(root.at("freshness"));
    if (firstEnd && stated && *stated != *firstEnd)
        context.report(
            pack,
            root.in("freshness/window_s").pointer(),
            "result.freshness",
            "the first of the items ends at " + firstEnd->text());
}

void checkPack(RuleContext& context, const IncomingRecord& pack, const IncomingRecord* memo)
{
    const std::vector<const IncomingRecord*> items = evidenceOf(context, &pack);
    checkPackFreshness(context, pack, items);
    if (memo == nullptr)
        return;
    const Coverage wanted = coverageOf(*memo, items);
    const JsonPlace root(pack.content);
    const JsonPlace stated = root.at("coverage");
    const JsonPlace count = stated.at("claim_count");
    if (count.integer() != static_cast<std::int64_t>(wanted.claimCount))
        context.report(
            pack,
            count.pointer(),
            "result.coverage",
            "the memo has " + std::to_string(wanted.claimCount) + " claims");
    requireSet(
        context, pack, stated.at("supported_claim_ids"), wanted.supported, "result.coverage");
    requireSet(
        context, pack, stated.at("contradicted_claim_ids"), wanted.contradicted, "result.coverage");
    requireSet(
        context, pack, stated.at("unsupported_claim_ids"), wanted.unsupported, "result.coverage");
    requireScore(
        context, pack, root.at("provenance_score"), wanted.provenance(), "result.provenance");
}

void checkMemo(RuleContext& context, const IncomingRecord& memo, const IncomingRecord* pack)
{
    const JsonPlace root(memo.content);
    const JsonPlace scores = root.at("scores");
    // A pack that is named and not there is said already.
    if (pack != nullptr || !root.at("evidence_pack_id").exists())
        requireScore(
            context,
            memo,
            scores.at("provenance"),
            coverageOf(memo, evidenceOf(context, pack)).provenance(),
            "result.provenance");
    const JsonPlace confidence = root.in("recommendation/confidence");
    if (!isClose(scores.at("confidence").number(), confidence.number()))
        context.report(
            memo,
            scores.at("confidence").pointer(),
            "result.confidence",
            confidence.pointer() + " says otherwise");

    const std::optional<Instant> created = root.in("header/created_at").instant();
    std::set<std::string> cited;
    for (const JsonPlace& id : placesOf(root, "/claims/*/evidence_ids/*"))
        cited.insert(id.text());
    std::size_t fresh = 0;
    for (const std::string& id : cited) {
        const IncomingRecord* item = context.newest(id);
        const std::optional<Instant> end = item != nullptr && item->schema == "evidence_item"
                                               ? endOf(JsonPlace(item->content).at("freshness"))
                                               : std::nullopt;
        if (!end || !created)
            return;
        fresh += *end >= *created ? 1 : 0;
    }
    // The share of nothing is left to whoever states it.
    if (!cited.empty())
        requireScore(
            context,
            memo,
            scores.at("freshness"),
            static_cast<double>(fresh) / static_cast<double>(cited.size()),
            "result.freshness");
}

} // namespace

void checkScores(RuleContext& context)
{
    const IncomingRecord* pack = context.only("evidence_pack");
    for (const IncomingRecord* current : context.current("evidence_pack"))
        checkPack(context, *current, context.only("memo"));
    for (const IncomingRecord* memo : context.current("memo"))
        checkMemo(context, *memo, pack);
}

} // namespace countersign::data::detail
