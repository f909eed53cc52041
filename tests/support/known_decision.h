#pragma once

#include "planes/data/decision_check.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace countersign::testing {

/// A workspace that holds the documents of one accepted check. One thread.
class KnownDecision final : public data::KnownDocuments
{
public:
    explicit KnownDecision(const data::FolderCheck& check)
        : m_records(check.records)
    {
        for (const data::IncomingSource& source : check.sources)
            m_sources.insert(source.digest);
    }

    /// As if no revision of this record were there; empty hides nothing.
    void hide(std::string recordId) { m_hidden = std::move(recordId); }
    void forgetSources() { m_sources.clear(); }

    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    decisionRecords(const std::string& decisionId) const override
    {
        return matching(
            [&](const data::IncomingRecord& record) { return record.decisionId == decisionId; });
    }

    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    recordRevisions(const std::string& recordId) const override
    {
        return matching(
            [&](const data::IncomingRecord& record) { return record.recordId == recordId; });
    }

    [[nodiscard]] Result<std::vector<data::IncomingRecord>> metricDefinitions(
        const std::string& tenantId, const std::string& key, std::int64_t version) const override
    {
        return matching([&](const data::IncomingRecord& record) {
            return record.schema == "metric_definition" && record.tenantId == tenantId
                   && record.content.at("metric").at("key") == Json(key)
                   && record.content.at("metric").at("version") == Json(version);
        });
    }

    [[nodiscard]] Result<bool> hasSource(const Digest& digest) const override
    {
        return m_sources.contains(digest);
    }

private:
    template <class Wanted>
    [[nodiscard]] std::vector<data::IncomingRecord> matching(const Wanted& wanted) const
    {
        std::vector<data::IncomingRecord> found;
        for (const data::IncomingRecord& record : m_records) {
            if (record.recordId != m_hidden && wanted(record))
                found.push_back(record);
        }
        return found;
    }

    std::vector<data::IncomingRecord> m_records;
    std::set<Digest> m_sources;
    std::string m_hidden;
};

} // namespace countersign::testing
