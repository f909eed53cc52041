#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace countersign::data::detail {

namespace {

/// Steps of plans by their id, read once for each plan.
class StepIndex
{
public:
    /// The step of exactly this plan that the receipt names.
    [[nodiscard]] std::optional<JsonPlace>
    find(const IncomingRecord& plan, const std::string& stepId)
    {
        const auto [steps, added] = m_plans.try_emplace(&plan);
        if (added) {
            for (const JsonPlace& step : JsonPlace(plan.content).at("steps").elements())
                steps->second.try_emplace(step.at("step_id").text(), step);
        }
        const auto found = steps->second.find(stepId);
        return found == steps->second.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<const IncomingRecord*, std::map<std::string, JsonPlace>> m_plans = {};
};

void checkIntent(RuleContext& context, const IncomingRecord& record, const JsonPlace& step)
{
    const JsonPlace receipt(record.content);
    const bool undoes = receipt.at("phase").text() == "compensation";
    const JsonPlace call = undoes ? step.in("compensation/call") : step.at("call");
    if (!call.exists()) {
        context.report(
            record,
            receipt.at("phase").pointer(),
            "receipt.intended",
            "the plan has no call that undoes this step");
        return;
    }
    for (const char* member : {"connector", "connector_version", "operation", "payload_sha256"}) {
        const JsonPlace intended = receipt.at("intended").at(member);
        if (intended.text() != call.at(member).text())
            context.report(
                record,
                intended.pointer(),
                "receipt.intended",
                "the plan says " + call.at(member).text());
    }
    // A plan has no key for the call that undoes; it must only not be taken for the call itself.
    const JsonPlace key = receipt.in("intended/idempotency_key");
    const bool same = key.text() == step.at("idempotency_key").text();
    if (same == undoes)
        context.report(
            record,
            key.pointer(),
            "receipt.intended",
            undoes ? "undoing a step needs a key of its own"
                   : "the plan says " + step.at("idempotency_key").text());
    const bool gated = receipt.at("phase").text() == "forward" && step.at("human_gate").flag();
    if (gated && !receipt.at("gate_passed_by").exists())
        context.report(
            record,
            receipt.at("gate_passed_by").pointer(),
            "receipt.gate",
            "the step is gated, and nobody let it pass");
}

/// The request must be approved for the packet that the receipt names, and hold the plan.
void checkAuthority(RuleContext& context, const IncomingRecord& record)
{
    const JsonPlace receipt(record.content);
    const bool dry = receipt.at("phase").text() == "dry_run";
    const JsonPlace id = receipt.at("approval_request_id");
    const JsonPlace packet = receipt.at("packet_sha256");
    if (!id.exists() || !packet.exists())
        return;
    const IncomingRecord* newest = context.newest(id.text());
    if (newest == nullptr)
        return;
    const IncomingRecord* request = nullptr;
    for (std::int64_t number = newest->revision; number >= 1; --number) {
        const IncomingRecord* revision = context.revision(id.text(), number);
        if (revision == nullptr)
            break;
        const JsonPlace root(revision->content);
        if (root.at("packet_sha256").text() != packet.text())
            continue;
        request = revision;
        if (root.at("status").text() == "approved")
            break;
    }
    if (request == nullptr) {
        context.report(
            record,
            packet.pointer(),
            "receipt.packet",
            "no revision of the request has this packet");
        return;
    }
    const JsonPlace root(request->content);
    if (!dry && root.at("status").text() != "approved") {
        context.report(
            record,
            id.pointer(),
            "receipt.approved",
            "the request is " + root.at("status").text() + ", not approved");
        return;
    }
    const std::vector<JsonPlace> items = root.at("packet").elements();
    const std::string plan = receipt.in("plan/sha256").text();
    if (std::none_of(items.begin(), items.end(), [&](const JsonPlace& item) {
            return item.at("sha256").text() == plan;
        }))
        context.report(
            record,
            receipt.in("plan/sha256").pointer(),
            "receipt.plan",
            "the packet does not hold this plan");
    if (!dry)
        requireOrder(
            context,
            record,
            root.at("resolved_at"),
            receipt.at("started_at"),
            true,
            "receipt.window");
}

void checkWindow(RuleContext& context, const IncomingRecord& record)
{
    const JsonPlace receipt(record.content);
    const IncomingRecord* plan = context.named(receipt.at("plan"));
    if (plan == nullptr || receipt.at("phase").text() == "dry_run")
        return;
    const JsonPlace started = receipt.at("started_at");
    const std::optional<Instant> at = started.instant();
    const std::optional<Instant> from = JsonPlace(plan->content).at("not_before").instant();
    const std::optional<Instant> until = JsonPlace(plan->content).at("not_after").instant();
    // A window that ends before it begins is the plan's fault.
    if (at && from && until && *from <= *until && (*at < *from || *at > *until))
        context.report(
            record,
            started.pointer(),
            "receipt.window",
            "outside the plan's window from " + from->text() + " to " + until->text());
}

void checkFacts(RuleContext& context, const IncomingRecord& record)
{
    const JsonPlace receipt(record.content);
    const JsonPlace status = receipt.at("verification_status");
    if (status.text() == "verified") {
        for (const JsonPlace& effect : receipt.in("actual/effects").elements()) {
            if (!effect.at("matches_expectation").flag())
                context.report(
                    record,
                    status.pointer(),
                    "receipt.verification",
                    "verified, although an effect does not match the expectation");
        }
    }
    const std::optional<Instant> from = receipt.at("started_at").instant();
    const std::optional<Instant> to = receipt.at("finished_at").instant();
    if (!from || !to || *to < *from)
        return;
    // The times may be stated in whole seconds.
    const auto spanMs = std::chrono::duration<double, std::milli>(*to - *from).count();
    const JsonPlace duration = receipt.at("duration_ms");
    if (std::abs(duration.number() - spanMs) > 1000.0)
        context.report(
            record,
            duration.pointer(),
            "receipt.duration",
            "from start to finish are " + std::to_string(static_cast<std::int64_t>(spanMs))
                + " ms");
}

/// All receipts of one plan, whatever its revision: each names the one before it.
class Chain
{
public:
    Chain(RuleContext& context, std::vector<const IncomingRecord*> receipts)
        : m_context(context)
        , m_receipts(std::move(receipts))
    {
        // What is known stands before what comes in.
        std::stable_sort(m_receipts.begin(), m_receipts.end(), [&](const auto* a, const auto* b) {
            return std::pair(context.isIncoming(*a), a->path)
                   < std::pair(context.isIncoming(*b), b->path);
        });
        for (const IncomingRecord* receipt : m_receipts) {
            const std::string digest = receipt->canonicalDigest.hex();
            m_known.insert(digest);
            m_digests[receipt->recordId].push_back(digest);
        }
    }

    void check()
    {
        for (const IncomingRecord* receipt : m_receipts)
            link(*receipt);
        checkAttempts();
    }

private:
    void refuse(const IncomingRecord& receipt, std::string detail)
    {
        if (m_context.isIncoming(receipt))
            m_context.report(
                receipt, "/previous_receipt_sha256", "receipt.chain", std::move(detail));
    }

    void link(const IncomingRecord& receipt)
    {
        const std::string before = JsonPlace(receipt.content).at("previous_receipt_sha256").text();
        if (!before.empty() && !m_known.contains(before)) {
            refuse(receipt, "no receipt of this plan has this digest");
            return;
        }
        // A receipt may have several revisions in one place of the chain.
        const auto [next, added] = m_next.try_emplace(before, &receipt);
        if (added)
            return;
        if (next->second->recordId != receipt.recordId)
            refuse(
                receipt,
                next->second->recordId
                    + (before.empty() ? " is the first receipt already" : " follows it already"));
        else if (receipt.revision > next->second->revision)
            next->second = &receipt;
    }

    /// Attempts count up from 1 for each step and phase of a run.
    void checkAttempts()
    {
        std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> counts;
        std::string before;
        // Digests do not form cycles; the bound holds even if one could be made.
        for (std::size_t i = 0; i < m_receipts.size(); ++i) {
            const auto next = m_next.find(before);
            if (next == m_next.end())
                return;
            const IncomingRecord& record = *next->second;
            const JsonPlace receipt(record.content);
            std::int64_t& count = counts[std::tuple(
                receipt.at("run_id").text(),
                receipt.at("step_id").text(),
                receipt.at("phase").text())];
            ++count;
            const JsonPlace attempt = receipt.at("attempt");
            if (attempt.integer() != count && m_context.isIncoming(record))
                m_context.report(
                    record,
                    attempt.pointer(),
                    "receipt.attempt",
                    "this is attempt " + std::to_string(count) + " of the step");
            count = attempt.integer();
            before = successorKey(record);
        }
    }

    /// The digest by which the next receipt names this one: of whichever revision it knew.
    [[nodiscard]] std::string successorKey(const IncomingRecord& record) const
    {
        for (const std::string& digest : m_digests.at(record.recordId)) {
            if (m_next.contains(digest))
                return digest;
        }
        return record.canonicalDigest.hex();
    }

    RuleContext& m_context;
    std::vector<const IncomingRecord*> m_receipts;
    std::set<std::string> m_known = {};
    /// Of every revision of a receipt.
    std::map<std::string, std::vector<std::string>> m_digests = {};
    std::map<std::string, const IncomingRecord*> m_next = {};
};

} // namespace

void checkReceipts(RuleContext& context)
{
    StepIndex steps;
    for (const IncomingRecord* record : context.incoming("tool_receipt")) {
        const JsonPlace receipt(record->content);
        if (const IncomingRecord* plan = context.named(receipt.at("plan")); plan != nullptr) {
            const JsonPlace stepId = receipt.at("step_id");
            if (const auto step = steps.find(*plan, stepId.text()))
                checkIntent(context, *record, *step);
            else
                context.report(
                    *record,
                    stepId.pointer(),
                    "reference.local",
                    "the plan has no step \"" + stepId.text() + "\"");
        }
        checkAuthority(context, *record);
        checkWindow(context, *record);
        checkFacts(context, *record);
    }
    std::map<std::string, std::vector<const IncomingRecord*>> byPlan;
    for (const IncomingRecord* record : context.all("tool_receipt"))
        byPlan[JsonPlace(record->content).in("plan/record_id").text()].push_back(record);
    for (auto& [plan, receipts] : byPlan)
        Chain(context, std::move(receipts)).check();
}

} // namespace countersign::data::detail
