#include "planes/decision/documents.h"

#include "planes/data/blobs.h"

namespace countersign::decision {

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO document (record_id, revision, schema, tenant_id, decision_id, sha256, blob, "
    "path) VALUES (:record_id, :revision, :schema, :tenant_id, :decision_id, :sha256, :blob, "
    ":path)";
constexpr std::string_view kInsertMetric =
    "INSERT INTO metric (tenant_id, metric_key, version, record_id, revision) "
    "VALUES (:tenant_id, :metric_key, :version, :record_id, :revision)";
constexpr std::string_view kSelectLatest =
    "SELECT schema, record_id, revision, decision_id, sha256, blob, path FROM document AS d "
    "WHERE decision_id = :decision_id AND revision = (SELECT MAX(revision) FROM document "
    "WHERE record_id = d.record_id) ORDER BY schema, record_id";
constexpr std::string_view kSelectOne =
    "SELECT schema, record_id, revision, decision_id, sha256, blob, path FROM document "
    "WHERE record_id = :record_id AND revision = :revision";
constexpr std::string_view kSelectByDigest =
    "SELECT schema, record_id, revision, decision_id, sha256, blob, path FROM document "
    "WHERE sha256 = :sha256 ORDER BY record_id, revision LIMIT 1";
constexpr std::string_view kSelectOfDecision =
    "SELECT schema, record_id, revision, decision_id, sha256, blob, path FROM document "
    "WHERE decision_id = :decision_id ORDER BY record_id, revision";
constexpr std::string_view kSelectOfRecord =
    "SELECT schema, record_id, revision, decision_id, sha256, blob, path FROM document "
    "WHERE record_id = :record_id ORDER BY revision";
constexpr std::string_view kSelectMetrics =
    "SELECT d.schema, d.record_id, d.revision, d.decision_id, d.sha256, d.blob, d.path "
    "FROM metric AS m JOIN document AS d ON d.record_id = m.record_id "
    "AND d.revision = m.revision WHERE m.tenant_id = :tenant_id "
    "AND m.metric_key = :metric_key AND m.version = :version ORDER BY d.record_id, d.revision";

constexpr std::size_t kRefusalReasonsKept = 20;

Result<StoredDocument> fromRow(const data::Row& row)
{
    CS_TRY(const Digest sha256, Digest::parse(row.text(4)));
    CS_TRY(const Digest blob, Digest::parse(row.text(5)));
    return StoredDocument{
        row.text(0),
        row.text(1),
        static_cast<int>(row.integer(2)),
        row.text(3),
        sha256,
        blob,
        row.text(6)};
}

Json toJson(const data::IncomingRecord& record, const Digest& blob)
{
    return {
        {"schema", record.schema},
        {"record_id", record.recordId},
        {"revision", record.revision},
        {"tenant_id", record.tenantId},
        {"decision_id", record.decisionId},
        {"sha256", record.canonicalDigest.hex()},
        {"blob", blob.hex()},
        {"path", record.path}};
}

Result<bool> isStored(data::SqlSession& session, const data::IncomingRecord& record)
{
    CS_TRY(
        const auto found,
        session.first<StoredDocument>(
            kSelectOne,
            {{":record_id", record.recordId}, {":revision", record.revision}},
            fromRow));
    if (!found)
        return false;
    if (found->sha256 != record.canonicalDigest)
        return fail(
            ErrorCode::Conflict,
            "another document with this id and revision is stored already",
            "revision.changed",
            "/header/revision");
    return true;
}

Result<void> project(data::SqlSession& session, const Json& document)
{
    CS_CHECK(session.execute(
        kInsert,
        {{":record_id", textMember(document, "record_id")},
         {":revision", document.value("revision", std::int64_t{0})},
         {":schema", textMember(document, "schema")},
         {":tenant_id", textMember(document, "tenant_id")},
         {":decision_id", textMember(document, "decision_id")},
         {":sha256", textMember(document, "sha256")},
         {":blob", textMember(document, "blob")},
         {":path", textMember(document, "path")}}));
    if (document.contains("metric"))
        CS_CHECK(session.execute(
            kInsertMetric,
            {{":tenant_id", textMember(document, "tenant_id")},
             {":metric_key", textMember(document["metric"], "key")},
             {":version", document["metric"].value("version", std::int64_t{0})},
             {":record_id", textMember(document, "record_id")},
             {":revision", document.value("revision", std::int64_t{0})}}));
    return {};
}

} // namespace

data::Migration documentMigration()
{
    return {
        3,
        "documents",
        {"CREATE TABLE document (record_id TEXT NOT NULL, revision INTEGER NOT NULL, "
         "schema TEXT NOT NULL, tenant_id TEXT NOT NULL, decision_id TEXT NOT NULL, "
         "sha256 TEXT NOT NULL, blob TEXT NOT NULL, path TEXT NOT NULL, "
         "PRIMARY KEY (record_id, revision)) STRICT",
         "CREATE INDEX document_by_decision ON document (decision_id, schema)",
         "CREATE INDEX document_by_digest ON document (sha256)",
         "CREATE TABLE metric (tenant_id TEXT NOT NULL, metric_key TEXT NOT NULL, "
         "version INTEGER NOT NULL, record_id TEXT NOT NULL, revision INTEGER NOT NULL, "
         "PRIMARY KEY (tenant_id, metric_key, version, record_id, revision)) STRICT"}};
}

Result<void> DocumentProjector::apply(data::SqlSession& session, const trust::LedgerEvent& event)
{
    if (event.type != kDocumentsAccepted)
        return {};
    for (const Json& document : event.body.value("documents", Json::array()))
        CS_CHECK(project(session, document));
    return {};
}

Result<Acceptance> acceptDelivery(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const data::FolderCheck& check,
    Instant now,
    EntropySource& entropy)
{
    CS_ASSERT(check.accepted());
    Acceptance acceptance;
    acceptance.decisionId = check.decisionId;
    Json body = {{"documents", Json::array()}, {"sources", Json::array()}};
    for (const data::IncomingRecord& record : check.records) {
        CS_TRY(const bool stored, isStored(session, record));
        if (stored)
            continue;
        CS_TRY(const Digest blob, data::putBlob(session, record.bytes));
        Json document = toJson(record, blob);
        if (record.schema == "metric_definition")
            document["metric"] = record.content["metric"];
        body["documents"].push_back(std::move(document));
        acceptance.added.push_back(
            {record.schema,
             record.recordId,
             static_cast<int>(record.revision),
             record.decisionId,
             record.canonicalDigest,
             blob,
             record.path});
    }
    if (acceptance.unchanged())
        return acceptance;
    for (const data::IncomingSource& source : check.sources) {
        CS_CHECK(data::putBlob(session, source.bytes));
        body["sources"].push_back(
            {{"path", source.path},
             {"sha256", source.digest.hex()},
             {"size", source.bytes.size()}});
        ++acceptance.sourceCount;
    }
    CS_CHECK(ledger.append(
        session,
        {0,
         EventId::make(now, entropy).text(),
         std::string(kDocumentsAccepted),
         now,
         check.decisionId,
         std::move(body)}));
    return acceptance;
}

Result<void> recordRefusal(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const std::string& name,
    const std::vector<Error>& errors,
    Instant now,
    EntropySource& entropy)
{
    Json body = {{"name", name}, {"error_count", errors.size()}, {"errors", Json::array()}};
    for (std::size_t i = 0; i < errors.size() && i < kRefusalReasonsKept; ++i)
        body["errors"].push_back(
            {{"file", errors[i].file},
             {"pointer", errors[i].pointer},
             {"rule", errors[i].rule},
             {"code", errorCodeName(errors[i].code)}});
    CS_CHECK(ledger.append(
        session,
        {0,
         EventId::make(now, entropy).text(),
         std::string(kDeliveryRefused),
         now,
         {},
         std::move(body)}));
    return {};
}

Result<std::vector<StoredDocument>>
latestDocuments(data::SqlSession& session, const std::string& decisionId)
{
    return session.all<StoredDocument>(kSelectLatest, {{":decision_id", decisionId}}, fromRow);
}

Result<StoredDocument>
storedDocument(data::SqlSession& session, const std::string& recordId, int revision)
{
    CS_TRY(
        auto found,
        session.first<StoredDocument>(
            kSelectOne,
            {{":record_id", recordId}, {":revision", static_cast<std::int64_t>(revision)}},
            fromRow));
    if (!found)
        return fail(
            ErrorCode::NotFound,
            "there is no document " + recordId + " revision " + std::to_string(revision),
            "document.absent");
    return std::move(*found);
}

Result<StoredDocument> storedDocument(data::SqlSession& session, const Digest& sha256)
{
    CS_TRY(
        auto found,
        session.first<StoredDocument>(kSelectByDigest, {{":sha256", sha256.hex()}}, fromRow));
    if (!found)
        return fail(ErrorCode::NotFound, "there is no document " + sha256.hex(), "document.absent");
    return std::move(*found);
}

Result<Json> documentContent(data::SqlSession& session, const StoredDocument& document)
{
    CS_TRY(const std::string bytes, data::blobBytes(session, document.blob));
    CS_TRY(Json content, parseJson(bytes));
    CS_TRY(const Digest digest, canonicalDigest(content));
    if (digest != document.sha256)
        return fail(
            ErrorCode::Corrupt,
            "the stored document " + document.recordId + " is not the one that was accepted",
            "document.digest");
    return content;
}

Result<std::vector<data::IncomingRecord>>
WorkspaceDocuments::records(std::string_view sql, const data::SqlBindings& bindings) const
{
    CS_TRY(const auto documents, m_session.all<StoredDocument>(sql, bindings, fromRow));
    std::vector<data::IncomingRecord> records;
    for (const StoredDocument& document : documents) {
        CS_TRY(std::string bytes, data::blobBytes(m_session, document.blob));
        CS_TRY(Json content, documentContent(m_session, document));
        std::string tenantId = textMember(content.value("header", Json::object()), "tenant_id");
        records.push_back(
            {{},
             std::move(bytes),
             std::move(content),
             document.schema,
             document.recordId,
             document.revision,
             std::move(tenantId),
             document.decisionId,
             document.sha256});
    }
    return records;
}

Result<std::vector<data::IncomingRecord>>
WorkspaceDocuments::decisionRecords(const std::string& decisionId) const
{
    return records(kSelectOfDecision, {{":decision_id", decisionId}});
}

Result<std::vector<data::IncomingRecord>>
WorkspaceDocuments::recordRevisions(const std::string& recordId) const
{
    return records(kSelectOfRecord, {{":record_id", recordId}});
}

Result<std::vector<data::IncomingRecord>> WorkspaceDocuments::metricDefinitions(
    const std::string& tenantId, const std::string& key, std::int64_t version) const
{
    return records(
        kSelectMetrics, {{":tenant_id", tenantId}, {":metric_key", key}, {":version", version}});
}

Result<bool> WorkspaceDocuments::hasSource(const Digest& digest) const
{
    return data::hasBlob(m_session, digest);
}

} // namespace countersign::decision
