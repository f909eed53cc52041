#pragma once

#include "models/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The only door to SQL. A Database is one connection and belongs to the thread that opened it.
/// Writing happens inside a Transaction; reading may happen outside one. Statements are text
/// constants with named placeholders; values are always bound. What PostgreSQL does otherwise goes
/// behind the dialect in detail/dialect.h.
namespace countersign::data {

/// Bytes to be bound as BLOB (a std::string is bound as TEXT).
struct Blob
{
    std::string bytes;
};

using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

/// Named placeholder (with its colon) and value: `{":id", std::int64_t{7}}`.
using SqlBinding = std::pair<std::string_view, SqlValue>;
using SqlBindings = std::vector<SqlBinding>;

/// One row of an answer, valid inside the callback only. Columns count from 0.
class Row
{
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string text(int column) const = 0;
    [[nodiscard]] virtual std::string blob(int column) const = 0;
    [[nodiscard]] virtual int columnCount() const = 0;
    /// The value in its stored type; for comparing whole tables.
    [[nodiscard]] virtual SqlValue value(int column) const = 0;
};

/// Whatever statements can be run on. Errors of all calls: StorageBusy, StorageFailed (with the
/// database's words), Conflict (a constraint was violated).
class SqlSession
{
public:
    virtual ~SqlSession() = default;

    /// Runs a statement that changes rows; returns how many.
    virtual Result<std::int64_t>
    execute(std::string_view sql, const SqlBindings& bindings = {}) = 0;

    /// Calls `onRow` for each row, until it refuses or returns false.
    virtual Result<void> forEach(
        std::string_view sql,
        const SqlBindings& bindings,
        const std::function<Result<bool>(const Row&)>& onRow) = 0;

    /// All rows, each through `fromRow(const Row&) -> Result<T>`. For answers with a LIMIT.
    template <class T, class FromRow>
    Result<std::vector<T>> all(std::string_view sql, const SqlBindings& bindings, FromRow fromRow)
    {
        std::vector<T> values;
        CS_CHECK(forEach(sql, bindings, [&](const Row& row) -> Result<bool> {
            CS_TRY(T value, Result<T>(fromRow(row)));
            values.push_back(std::move(value));
            return true;
        }));
        return values;
    }

    /// The first row, or nothing.
    template <class T, class FromRow>
    Result<std::optional<T>>
    first(std::string_view sql, const SqlBindings& bindings, FromRow fromRow)
    {
        std::optional<T> found;
        CS_CHECK(forEach(sql, bindings, [&](const Row& row) -> Result<bool> {
            CS_TRY(T value, Result<T>(fromRow(row)));
            found = std::move(value);
            return false;
        }));
        return found;
    }

    /// The first column of the first row as a whole number; nothing when there is no row or it is
    /// NULL.
    Result<std::optional<std::int64_t>>
    firstInteger(std::string_view sql, const SqlBindings& bindings = {});
};

/// One numbered step of the schema: statements that run in one transaction with their number.
/// Shipped ones never change.
struct Migration
{
    int version = 0;
    std::string_view name;
    std::vector<std::string_view> statements;
};

enum class OpenMode {
    ReadWrite, ///< Creates the file when it is absent and migrates it.
    ReadOnly,  ///< Cannot write; refuses a file of another version.
    Memory,    ///< A private database that dies with the object; `path` is ignored.
};

struct OpenOptions
{
    std::string path;
    OpenMode mode = OpenMode::ReadWrite;
    int busyTimeoutMs = 5000;
};

/// A write transaction. Takes the write lock at once; rolls back on destruction unless commit()
/// succeeded.
class Transaction : public SqlSession
{
public:
    /// Errors: StorageBusy, StorageFailed; the transaction is then rolled back.
    virtual Result<void> commit() = 0;
    /// A part that can be undone alone: `rollbackTo` undoes what came after `savepoint`.
    virtual Result<void> savepoint() = 0;
    virtual Result<void> rollbackToSavepoint() = 0;
    virtual Result<void> releaseSavepoint() = 0;
};

class Database : public SqlSession
{
public:
    /// `migrations` ascend by version without gaps from 1. SQLite: WAL, synchronous=FULL, foreign
    /// keys on, application id and version checked. Errors: StorageFailed, Unsupported (written by
    /// a newer program, rule `schema.newer`; or a file that is not ours, rule
    /// `schema.application_id`), NotFound (read-only and no file).
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open(const OpenOptions& options, std::span<const Migration> migrations);

    /// Errors: StorageBusy, StorageFailed. Only one at a time.
    [[nodiscard]] virtual Result<std::unique_ptr<Transaction>> beginWrite() = 0;

    /// Changes whenever another connection or process committed; compare with an earlier value.
    [[nodiscard]] virtual Result<std::int64_t> dataVersion() = 0;

    /// The same schema version the file has.
    [[nodiscard]] virtual int schemaVersion() const = 0;
};

/// 'CSGN' in ASCII: marks our files for SQLite and for `file`.
inline constexpr std::int32_t kApplicationId = 0x4353474E;

} // namespace countersign::data
