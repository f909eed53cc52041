#pragma once

#include "planes/data/detail/json_place.h"
#include "planes/data/document_rules.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What every rule looks at: the incoming documents, those already known, and the list of findings.
namespace countersign::data::detail {

class RuleContext
{
public:
    RuleContext(
        const std::vector<IncomingRecord>& records,
        const std::vector<IncomingSource>& sources,
        const KnownContext& known);

    /// Sorted by path.
    [[nodiscard]] const std::vector<const IncomingRecord*>& incoming() const { return m_incoming; }
    /// Incoming documents of one kind, sorted by path.
    [[nodiscard]] std::vector<const IncomingRecord*> incoming(std::string_view schema) const;
    /// Incoming and known, every revision, of one kind.
    [[nodiscard]] std::vector<const IncomingRecord*> all(std::string_view schema) const;
    [[nodiscard]] const std::vector<IncomingSource>& sources() const { return m_sources; }
    [[nodiscard]] const KnownContext& known() const { return m_known; }

    /// An exact revision, or null.
    [[nodiscard]] const IncomingRecord*
    revision(const std::string& recordId, std::int64_t number) const;
    /// The oldest revision that is here, or null.
    [[nodiscard]] const IncomingRecord* oldest(const std::string& recordId) const;
    /// The newest revision, or null.
    [[nodiscard]] const IncomingRecord* newest(const std::string& recordId) const;
    /// The newest revision of the decision's one document of this kind, or null.
    [[nodiscard]] const IncomingRecord* only(std::string_view schema) const;
    /// The exact document that a digest reference names, or null when it is not there or differs.
    [[nodiscard]] const IncomingRecord* named(const JsonPlace& digestRef) const;

    /// The document that says which decision this is: the memo, else the first by path that belongs
    /// to one, else the first. Null when nothing came in.
    [[nodiscard]] const IncomingRecord* leader() const { return m_leader; }
    /// True for a document of another decision than the leader's: what it names is not here.
    [[nodiscard]] bool isAstray(const IncomingRecord& record) const;
    [[nodiscard]] bool isIncoming(const IncomingRecord& record) const;
    /// True when no revision of it is newer.
    [[nodiscard]] bool isNewest(const IncomingRecord& record) const;

    /// Incoming documents of one kind that no revision replaces.
    [[nodiscard]] std::vector<const IncomingRecord*> current(std::string_view schema) const;

    /// Adds a finding about an incoming document. The same rule at the same place counts once.
    void report(
        const IncomingRecord& record,
        std::string pointer,
        std::string_view rule,
        std::string detail,
        ErrorCode code = ErrorCode::InvalidInput);

    /// Ordered by file, then as they were found.
    [[nodiscard]] std::vector<Error> takeFindings();

private:
    std::vector<const IncomingRecord*> m_incoming;
    const std::vector<IncomingSource>& m_sources;
    const KnownContext& m_known;
    std::map<std::string, std::map<std::int64_t, const IncomingRecord*>, std::less<>> m_revisions;
    std::set<const IncomingRecord*> m_isIncoming;
    const IncomingRecord* m_leader = nullptr;
    std::vector<Error> m_findings;
    std::set<std::string> m_seen;
};

/// `wanted` and `stated` agree within `relative` of the larger of them and of `scale`.
[[nodiscard]] bool
isClose(double stated, double wanted, double scale = 0.0, double relative = 1e-5);

/// Reports `rule` at `later` unless `earlier` is before it; equal times pass where `equalPasses`.
/// Reports `dates.format` at a time that is there and cannot be read. An absent one passes.
void requireOrder(
    RuleContext& context,
    const IncomingRecord& record,
    const JsonPlace& earlier,
    const JsonPlace& later,
    bool equalPasses,
    std::string_view rule = "dates.order");

/// One subject each, in the file rules_<subject>.cpp.
void checkIdentity(RuleContext& context);
void checkReferences(RuleContext& context);
void checkDigests(RuleContext& context);
void checkSources(RuleContext& context);
void checkMetrics(RuleContext& context);
void checkOrders(RuleContext& context);
void checkCorrelations(RuleContext& context);
void checkScenarios(RuleContext& context);
void checkPlans(RuleContext& context);
void checkRequests(RuleContext& context);
void checkReceipts(RuleContext& context);
void checkScores(RuleContext& context);
void checkRisks(RuleContext& context);
void checkForecasts(RuleContext& context);
void checkOutcomes(RuleContext& context);

} // namespace countersign::data::detail
