#pragma once

#include "models/digest.h"
#include "planes/data/database.h"

#include <string>
#include <string_view>

/// Documents and sources, stored whole by the digest of their bytes. Writing the same bytes again
/// changes nothing.
namespace countersign::data {

/// Stores the bytes in the current transaction. Errors: StorageFailed, StorageBusy.
[[nodiscard]] Result<Digest> putBlob(SqlSession& session, std::string_view bytes);

/// The bytes, checked against their digest. Errors: NotFound, Corrupt (rule `blob.digest`),
/// StorageFailed.
[[nodiscard]] Result<std::string> blobBytes(SqlSession& session, const Digest& digest);

[[nodiscard]] Result<bool> hasBlob(SqlSession& session, const Digest& digest);

/// Compares every stored blob with its digest. Errors: Corrupt naming the first bad one.
[[nodiscard]] Result<std::int64_t> verifyAllBlobs(SqlSession& session);

/// Tables of the data plane.
[[nodiscard]] Migration blobMigration();

} // namespace countersign::data
