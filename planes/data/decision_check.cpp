#include "planes/data/decision_check.h"

#include "planes/data/contracts.h"
#include "planes/data/detail/json_place.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace countersign::data {

namespace {

using detail::JsonPlace;
using detail::placesOf;

/// A sentence of the check about one file.
Error inFile(Error error, const std::string& path)
{
    error.file = path;
    return error;
}

/// The record in `file`, or nothing with the reasons in `errors`.
std::optional<IncomingRecord>
readRecord(IncomingFile& file, const SchemaSet& schemas, std::vector<Error>& errors)
{
    Result<Json> content = parseJson(file.bytes);
    if (!content.ok()) {
        errors.push_back(inFile(content.error(), file.path));
        return std::nullopt;
    }
    const JsonPlace header = JsonPlace(*content).at("header");
    const std::string schema = header.at("schema").text();
    const auto names = contractNames();
    if (std::find(names.begin(), names.end(), schema) == names.end()) {
        errors.push_back(
            {ErrorCode::InvalidInput,
             "\"" + schema.substr(0, 60) + "\" is not the name of a contract",
             "schema.unknown",
             file.path,
             "/header/schema"});
        return std::nullopt;
    }
    const auto violations = schemas.validate(contractSchemaUri(schema), *content);
    if (!violations.ok()) {
        errors.push_back(inFile(violations.error(), file.path));
        return std::nullopt;
    }
    for (const SchemaViolation& violation : *violations)
        errors.push_back(
            {ErrorCode::InvalidInput,
             violation.message,
             violation.keyword,
             file.path,
             violation.instancePointer});
    const Result<Digest> digest = canonicalDigest(*content);
    if (!digest.ok())
        errors.push_back(inFile(digest.error(), file.path));
    if (!digest.ok() || !violations->empty())
        return std::nullopt;
    IncomingRecord record{
        file.path,
        std::move(file.bytes),
        {},
        schema,
        header.at("record_id").text(),
        header.at("revision").integer(),
        header.at("tenant_id").text(),
        header.at("decision_id").text(),
        *digest};
    record.content = std::move(*content);
    return record;
}

/// Asks for what the incoming documents touch, and keeps each revision once.
class KnownCollector
{
public:
    KnownCollector(const KnownDocuments& known, const FolderCheck& check)
        : m_known(known)
        , m_check(check)
    {}

    [[nodiscard]] Result<KnownContext> collect(const std::string& tenantId)
    {
        m_context.tenantId = tenantId;
        CS_CHECK(collectDecisions());
        CS_CHECK(collectRevisions());
        CS_CHECK(collectMetrics());
        CS_CHECK(collectSources());
        return std::move(m_context);
    }

private:
    void add(std::vector<IncomingRecord> records)
    {
        for (IncomingRecord& record : records) {
            record.path.clear();
            if (m_seen.emplace(record.recordId, record.revision).second)
                m_context.records.push_back(std::move(record));
        }
    }

    [[nodiscard]] Result<void> collectDecisions()
    {
        std::set<std::string> decisions;
        for (const IncomingRecord& record : m_check.records) {
            if (!record.decisionId.empty())
                decisions.insert(record.decisionId);
        }
        for (const std::string& decision : decisions) {
            CS_TRY(std::vector<IncomingRecord> records, m_known.decisionRecords(decision));
            add(std::move(records));
        }
        return {};
    }

    [[nodiscard]] Result<void> collectRevisions()
    {
        std::set<std::string> ids;
        for (const IncomingRecord& record : m_check.records) {
            ids.insert(record.recordId);
            for (const char* list : {"/items/*/record_id", "/packet/*/record_id"}) {
                for (const JsonPlace& id : placesOf(JsonPlace(record.content), list))
                    ids.insert(id.text());
            }
        }
        for (const std::string& id : ids) {
            CS_TRY(std::vector<IncomingRecord> records, m_known.recordRevisions(id));
            add(std::move(records));
        }
        return {};
    }

    [[nodiscard]] Result<void> collectMetrics()
    {
        std::set<std::tuple<std::string, std::string, std::int64_t>> metrics;
        const auto note = [&](const IncomingRecord& record, const JsonPlace& metric) {
            if (metric.at("key").exists() && metric.at("version").exists())
                metrics.emplace(
                    record.tenantId, metric.at("key").text(), metric.at("version").integer());
        };
        constexpr const char* kNamed[] = {
            "/metric",
            "/derived_from/*",
            "/replaced_by",
            "/claims/*/metric",
            "/financial_impact/*/metric",
            "/model/outcomes/*/metric",
            "/reading/metric",
            "/measurements/*/metric"};
        for (const IncomingRecord& record : m_check.records) {
            for (const char* places : kNamed) {
                for (const JsonPlace& metric : placesOf(JsonPlace(record.content), places))
                    note(record, metric);
            }
        }
        for (const auto& [tenant, key, version] : metrics) {
            CS_TRY(
                std::vector<IncomingRecord> records,
                m_known.metricDefinitions(tenant, key, version));
            add(std::move(records));
        }
        return {};
    }

    [[nodiscard]] Result<void> collectSources()
    {
        for (const IncomingRecord& record : m_check.records) {
            for (const char* places : {"/sources/*/sha256", "/artifacts/*/sha256"}) {
                for (const JsonPlace& sha256 : placesOf(JsonPlace(record.content), places)) {
                    const Result<Digest> digest = Digest::parse(sha256.text());
                    if (!digest.ok())
                        continue;
                    CS_TRY(const bool found, m_known.hasSource(*digest));
                    if (found)
                        m_context.sources.insert(*digest);
                }
            }
        }
        return {};
    }

    const KnownDocuments& m_known;
    const FolderCheck& m_check;
    KnownContext m_context = {};
    std::set<std::pair<std::string, std::int64_t>> m_seen = {};
};

void limitFindings(std::vector<Error>& errors)
{
    if (errors.size() <= kFindingCountMax)
        return;
    errors.resize(kFindingCountMax);
    errors.push_back(
        {ErrorCode::LimitExceeded,
         "more than " + std::to_string(kFindingCountMax) + " findings; the rest is left out",
         "findings.count"});
}

/// The memo says which decision this is, else the first document that belongs to one.
void nameDecision(FolderCheck& check)
{
    for (const IncomingRecord& record : check.records) {
        const bool better = check.decisionId.empty() || record.schema == "memo";
        if (!record.decisionId.empty() && better) {
            check.decisionId = record.decisionId;
            check.tenantId = record.tenantId;
        } else if (check.tenantId.empty()) {
            check.tenantId = record.tenantId;
        }
    }
}

} // namespace

Result<std::vector<IncomingRecord>>
NothingKnown::decisionRecords(const std::string& /*decisionId*/) const
{
    return std::vector<IncomingRecord>();
}

Result<std::vector<IncomingRecord>>
NothingKnown::recordRevisions(const std::string& /*recordId*/) const
{
    return std::vector<IncomingRecord>();
}

Result<std::vector<IncomingRecord>> NothingKnown::metricDefinitions(
    const std::string& /*tenantId*/, const std::string& /*key*/, std::int64_t /*version*/) const
{
    return std::vector<IncomingRecord>();
}

Result<bool> NothingKnown::hasSource(const Digest& /*digest*/) const
{
    return false;
}

Result<FolderCheck> checkDecision(
    FolderContent content,
    const SchemaSet& schemas,
    const KnownDocuments& known,
    const std::string& tenantId)
{
    FolderCheck check;
    check.errors = std::move(content.errors);
    for (IncomingFile& file : content.files) {
        if (!isRecordPath(file.path)) {
            const Digest digest = Digest::of(file.bytes);
            check.sources.push_back({std::move(file.path), std::move(file.bytes), digest});
            continue;
        }
        std::optional<IncomingRecord> record = readRecord(file, schemas, check.errors);
        if (record)
            check.records.push_back(std::move(*record));
        if (check.errors.size() > kFindingCountMax)
            break;
    }
    nameDecision(check);
    if (check.errors.empty() && check.records.empty())
        check.errors.push_back(
            {ErrorCode::InvalidInput, "there is no JSON document here", "folder.empty"});
    if (check.errors.empty()) {
        CS_TRY(const KnownContext context, KnownCollector(known, check).collect(tenantId));
        check.errors = documentFindings(check.records, check.sources, context);
    }
    limitFindings(check.errors);
    return check;
}

} // namespace countersign::data
