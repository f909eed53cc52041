#pragma once

#include "planes/data/database.h"

#include <string_view>

/// Comparing derived tables with what the ledger gives. Inside planes/execution only.
namespace countersign::execution::detail {

/// Compares one table row by row, in the order of its primary key. `expected` is a database with
/// the same schema. Errors: Corrupt naming table, key and column (rule `audit.table_column`), a row
/// without basis in the ledger (`audit.table_extra`) or one that is missing
/// (`audit.table_missing`).
[[nodiscard]] Result<void>
compareTable(data::SqlSession& actual, data::SqlSession& expected, std::string_view table);

/// Compares tables, indexes, views and triggers. Errors: Corrupt (rule `audit.schema`).
[[nodiscard]] Result<void> compareSchema(data::SqlSession& actual, data::SqlSession& expected);

/// Whether the file is sound, indexes included. Errors: Corrupt (rule `audit.storage`).
[[nodiscard]] Result<void> checkStorage(data::SqlSession& session);

} // namespace countersign::execution::detail
