#include "planes/data/blobs.h"

namespace countersign::data {

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO blob (sha256, size, bytes) VALUES (:sha256, :size, :bytes) "
    "ON CONFLICT (sha256) DO NOTHING";
constexpr std::string_view kSelect = "SELECT bytes FROM blob WHERE sha256 = :sha256";
constexpr std::string_view kExists = "SELECT 1 FROM blob WHERE sha256 = :sha256";
constexpr std::string_view kSelectAll = "SELECT sha256, size, bytes FROM blob ORDER BY sha256";

Failure corrupt(const std::string& digest)
{
    return fail(
        ErrorCode::Corrupt,
        "the stored document " + digest + " does not have the bytes of its digest",
        "blob.digest");
}

} // namespace

Migration blobMigration()
{
    return {
        1,
        "blobs",
        {"CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL) "
         "STRICT, WITHOUT ROWID"}};
}

Result<Digest> putBlob(SqlSession& session, std::string_view bytes)
{
    const Digest digest = Digest::of(bytes);
    CS_CHECK(session.execute(
        kInsert,
        {{":sha256", digest.hex()},
         {":size", static_cast<std::int64_t>(bytes.size())},
         {":bytes", Blob{std::string(bytes)}}}));
    return digest;
}

Result<std::string> blobBytes(SqlSession& session, const Digest& digest)
{
    CS_TRY(
        auto found,
        session.first<std::string>(
            kSelect, {{":sha256", digest.hex()}}, [](const Row& row) { return row.blob(0); }));
    if (!found)
        return fail(
            ErrorCode::NotFound, "there is no stored document " + digest.hex(), "blob.absent");
    if (Digest::of(*found) != digest)
        return corrupt(digest.hex());
    return std::move(*found);
}

Result<bool> hasBlob(SqlSession& session, const Digest& digest)
{
    CS_TRY(const auto found, session.firstInteger(kExists, {{":sha256", digest.hex()}}));
    return found.has_value();
}

Result<std::int64_t> verifyAllBlobs(SqlSession& session)
{
    std::int64_t count = 0;
    CS_CHECK(session.forEach(kSelectAll, {}, [&count](const Row& row) -> Result<bool> {
        const std::string bytes = row.blob(2);
        if (Digest::of(bytes).hex() != row.text(0)
            || static_cast<std::int64_t>(bytes.size()) != row.integer(1))
            return corrupt(row.text(0));
        ++count;
        return true;
    }));
    return count;
}

} // namespace countersign::data
