#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace countersign::data::detail {

namespace {

const IncomingRecord* leaderOf(const std::vector<const IncomingRecord*>& records)
{
    const IncomingRecord* first = nullptr;
    for (const IncomingRecord* record : records) {
        if (record->schema == "memo")
            return record;
        if (first == nullptr || (first->decisionId.empty() && !record->decisionId.empty()))
            first = record;
    }
    return first;
}

} // namespace

RuleContext::RuleContext(
    const std::vector<IncomingRecord>& records,
    const std::vector<IncomingSource>& sources,
    const KnownContext& known)
    : m_sources(sources)
    , m_known(known)
{
    for (const IncomingRecord& record : records)
        m_incoming.push_back(&record);
    std::stable_sort(m_incoming.begin(), m_incoming.end(), [](const auto* a, const auto* b) {
        return a->path < b->path;
    });
    m_isIncoming.insert(m_incoming.begin(), m_incoming.end());
    m_leader = leaderOf(m_incoming);
    // What is known comes first: an incoming twin of it never replaces it.
    for (const IncomingRecord& record : known.records)
        m_revisions[record.recordId].try_emplace(record.revision, &record);
    for (const IncomingRecord* record : m_incoming)
        m_revisions[record->recordId].try_emplace(record->revision, record);
}

std::vector<const IncomingRecord*> RuleContext::incoming(std::string_view schema) const
{
    std::vector<const IncomingRecord*> found;
    std::copy_if(
        m_incoming.begin(), m_incoming.end(), std::back_inserter(found), [&](const auto* record) {
            return record->schema == schema;
        });
    return found;
}

std::vector<const IncomingRecord*> RuleContext::all(std::string_view schema) const
{
    std::vector<const IncomingRecord*> found;
    for (const auto& [id, revisions] : m_revisions) {
        for (const auto& [number, record] : revisions) {
            if (record->schema == schema)
                found.push_back(record);
        }
    }
    return found;
}

const IncomingRecord* RuleContext::revision(const std::string& recordId, std::int64_t number) const
{
    const auto found = m_revisions.find(recordId);
    if (found == m_revisions.end())
        return nullptr;
    const auto exact = found->second.find(number);
    return exact == found->second.end() ? nullptr : exact->second;
}

const IncomingRecord* RuleContext::oldest(const std::string& recordId) const
{
    const auto found = m_revisions.find(recordId);
    return found == m_revisions.end() ? nullptr : found->second.begin()->second;
}

const IncomingRecord* RuleContext::newest(const std::string& recordId) const
{
    const auto found = m_revisions.find(recordId);
    return found == m_revisions.end() ? nullptr : found->second.rbegin()->second;
}

const IncomingRecord* RuleContext::only(std::string_view schema) const
{
    for (const auto& [id, revisions] : m_revisions) {
        if (revisions.rbegin()->second->schema == schema)
            return revisions.rbegin()->second;
    }
    return nullptr;
}

const IncomingRecord* RuleContext::named(const JsonPlace& digestRef) const
{
    const IncomingRecord* record =
        revision(digestRef.at("record_id").text(), digestRef.at("revision").integer());
    if (record == nullptr || record->canonicalDigest.hex() != digestRef.at("sha256").text())
        return nullptr;
    return record;
}

bool RuleContext::isAstray(const IncomingRecord& record) const
{
    return m_leader != nullptr && !record.decisionId.empty()
           && record.decisionId != m_leader->decisionId;
}

bool RuleContext::isIncoming(const IncomingRecord& record) const
{
    return m_isIncoming.contains(&record);
}

bool RuleContext::isNewest(const IncomingRecord& record) const
{
    return newest(record.recordId) == &record;
}

std::vector<const IncomingRecord*> RuleContext::current(std::string_view schema) const
{
    std::vector<const IncomingRecord*> found = incoming(schema);
    std::erase_if(found, [this](const auto* record) { return !isNewest(*record); });
    return found;
}

void RuleContext::report(
    const IncomingRecord& record,
    std::string pointer,
    std::string_view rule,
    std::string detail,
    ErrorCode code)
{
    CS_ASSERT(isIncoming(record));
    if (m_findings.size() > kFindingCountMax)
        return;
    if (!m_seen.insert(record.path + '\n' + pointer + '\n' + std::string(rule)).second)
        return;
    if (m_findings.size() == kFindingCountMax) {
        m_findings.push_back(
            {ErrorCode::LimitExceeded,
             "more than " + std::to_string(kFindingCountMax) + " findings; the rest is left out",
             "findings.count"});
        return;
    }
    m_findings.push_back(
        {code, std::move(detail), std::string(rule), record.path, std::move(pointer)});
}

std::vector<Error> RuleContext::takeFindings()
{
    const auto end = m_findings.begin()
                     + static_cast<std::ptrdiff_t>(std::min(m_findings.size(), kFindingCountMax));
    std::stable_sort(
        m_findings.begin(), end, [](const Error& a, const Error& b) { return a.file < b.file; });
    return std::exchange(m_findings, {});
}

bool isClose(double stated, double wanted, double scale, double relative)
{
    const double size = std::max({std::abs(stated), std::abs(wanted), std::abs(scale)});
    // Written so that not-a-number never passes.
    return std::abs(stated - wanted) <= relative * size;
}

void requireOrder(
    RuleContext& context,
    const IncomingRecord& record,
    const JsonPlace& earlier,
    const JsonPlace& later,
    bool equalPasses,
    std::string_view rule)
{
    if (!earlier.exists() || !later.exists())
        return;
    const std::optional<Instant> first = earlier.instant();
    const std::optional<Instant> second = later.instant();
    for (const JsonPlace* place : {&earlier, &later}) {
        if (!place->instant())
            context.report(record, place->pointer(), "dates.format", "this time cannot be read");
    }
    if (!first || !second || *first < *second || (equalPasses && *first == *second))
        return;
    context.report(
        record,
        later.pointer(),
        rule,
        later.text() + " is not after " + earlier.text() + " (" + earlier.pointer() + ")");
}

} // namespace countersign::data::detail
