#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <map>
#include <set>

namespace countersign::data::detail {

namespace {

/// When the packet was first put up: a later revision of the request may carry the same packet.
std::optional<JsonPlace> createdAt(const RuleContext& context, const IncomingRecord& request)
{
    const JsonPlace own(request.content);
    std::optional<JsonPlace> earliest;
    for (std::int64_t number = 1; number <= request.revision; ++number) {
        const IncomingRecord* revision = context.revision(request.recordId, number);
        if (revision == nullptr)
            break;
        const JsonPlace root(revision->content);
        if (root.at("packet_sha256").text() != own.at("packet_sha256").text())
            continue;
        const JsonPlace created = root.in("header/created_at");
        if (!earliest
            || (created.instant() && earliest->instant()
                && *created.instant() < *earliest->instant()))
            earliest = created;
    }
    return earliest ? *earliest : own.in("header/created_at");
}

class VoteChecker
{
public:
    VoteChecker(RuleContext& context, const IncomingRecord& request)
        : m_context(context)
        , m_request(request)
        , m_root(request.content)
    {
        for (const std::string& id : m_root.in("quorum/barred_actor_ids").texts())
            m_barred.insert(id);
        for (const JsonPlace& item : m_root.at("packet").elements())
            m_packet.insert(item.at("sha256").text());
    }

    void checkVotes()
    {
        const std::optional<JsonPlace> created = createdAt(m_context, m_request);
        for (const JsonPlace& vote : m_root.at("votes").elements()) {
            const JsonPlace voter = vote.in("by/id");
            if (m_barred.contains(voter.text()))
                m_context.report(
                    m_request, voter.pointer(), "vote.barred", voter.text() + " may not vote");
            if (voter.text() == m_root.in("requested_by/id").text())
                m_context.report(
                    m_request, voter.pointer(), "vote.requester", "who requested may not vote");
            const JsonPlace at = vote.at("at");
            // A vote for an earlier packet stays in the list and does not count.
            const bool current = isForThisPacket(vote);
            requireOrder(
                m_context,
                m_request,
                current && created ? *created : m_root.at("requested_at"),
                at,
                true,
                "vote.time");
            for (const char* end : {"expires_at", "resolved_at"}) {
                const JsonPlace limit = m_root.at(end);
                if (limit.instant() && at.instant() && *limit.instant() < *at.instant())
                    m_context.report(
                        m_request,
                        at.pointer(),
                        "vote.time",
                        "lies after " + limit.pointer() + ", " + limit.text());
            }
        }
    }

    void checkStatus()
    {
        count();
        const JsonPlace status = m_root.at("status");
        const bool oneStops = m_root.in("quorum/one_rejection_stops").flag();
        if (status.text() == "rejected" && m_rejections == 0)
            m_context.report(
                m_request, status.pointer(), "quorum.rejection", "nobody rejected this packet");
        if (status.text() != "approved")
            return;
        if (oneStops && m_rejections > 0)
            m_context.report(
                m_request,
                status.pointer(),
                "quorum.rejection",
                "one rejection stops it, and there is one");
        const std::int64_t needed = m_root.in("quorum/approvals_needed").integer();
        if (m_approvals < needed)
            m_context.report(
                m_request,
                status.pointer(),
                "quorum.approvals",
                std::to_string(m_approvals) + " of " + std::to_string(needed)
                    + " approvals name this packet");
        for (const std::string& role : m_root.in("quorum/roles_needed").texts()) {
            if (!m_roles.contains(role))
                m_context.report(
                    m_request,
                    status.pointer(),
                    "quorum.roles",
                    "nobody in the role \"" + role + "\" approved this packet");
        }
    }

private:
    [[nodiscard]] bool isForThisPacket(const JsonPlace& vote) const
    {
        return vote.at("packet_sha256").text() == m_root.at("packet_sha256").text();
    }

    /// Yes to exactly this packet: an amended plan only when the packet holds it.
    [[nodiscard]] bool isYes(const JsonPlace& vote) const
    {
        const std::string choice = vote.at("choice").text();
        return choice == "approve"
               || (choice == "edit" && m_packet.contains(vote.in("amended_plan/sha256").text()));
    }

    /// Only the latest vote of a voter counts; of two at one time, the one further down.
    void count()
    {
        std::map<std::string, JsonPlace> latest;
        for (const JsonPlace& vote : m_root.at("votes").elements()) {
            const std::string voter = vote.in("by/id").text();
            if (!isForThisPacket(vote) || m_barred.contains(voter))
                continue;
            const auto [known, added] = latest.try_emplace(voter, vote);
            if (!added && !(vote.at("at").instant() < known->second.at("at").instant()))
                known->second = vote;
        }
        for (const auto& [voter, vote] : latest) {
            if (vote.at("choice").text() == "reject")
                ++m_rejections;
            if (!isYes(vote))
                continue;
            ++m_approvals;
            m_roles.insert(vote.in("by/role").text());
        }
    }

    RuleContext& m_context;
    const IncomingRecord& m_request;
    JsonPlace m_root;
    std::set<std::string> m_barred = {};
    std::set<std::string> m_packet = {};
    std::int64_t m_approvals = 0;
    std::int64_t m_rejections = 0;
    std::set<std::string> m_roles = {};
};

} // namespace

void checkRequests(RuleContext& context)
{
    for (const IncomingRecord* request : context.incoming("approval_request")) {
        VoteChecker checker(context, *request);
        checker.checkVotes();
        checker.checkStatus();
    }
}

} // namespace countersign::data::detail
