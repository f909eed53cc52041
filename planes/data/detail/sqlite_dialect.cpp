#include "planes/data/detail/dialect.h"

#include <cstdlib>

namespace countersign::data::detail {

namespace {

// Primary result codes of SQLite; extended codes carry them in the low byte.
constexpr int kSqliteBusy = 5;
constexpr int kSqliteLocked = 6;
constexpr int kSqliteConstraint = 19;

int primaryCode(std::string_view nativeCode)
{
    constexpr int kPrimaryMask = 0xFF;
    return std::atoi(std::string(nativeCode).c_str()) & kPrimaryMask;
}

class SqliteDialect final : public Dialect
{
public:
    [[nodiscard]] std::string_view driver() const override { return "QSQLITE"; }

    [[nodiscard]] std::vector<std::string> connectionSetup(int busyTimeoutMs) const override
    {
        return {
            "PRAGMA busy_timeout=" + std::to_string(busyTimeoutMs),
            "PRAGMA foreign_keys=ON",
            "PRAGMA trusted_schema=OFF",
        };
    }
    [[nodiscard]] std::vector<std::string> writerSetup() const override
    {
        return {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"};
    }

    [[nodiscard]] std::string_view beginWrite() const override { return "BEGIN IMMEDIATE"; }
    [[nodiscard]] std::string_view readSchemaVersion() const override
    {
        return "PRAGMA user_version";
    }
    [[nodiscard]] std::string writeSchemaVersion(int version) const override
    {
        return "PRAGMA user_version=" + std::to_string(version);
    }
    [[nodiscard]] std::string_view readApplicationId() const override
    {
        return "PRAGMA application_id";
    }
    [[nodiscard]] std::string writeApplicationId(int id) const override
    {
        return "PRAGMA application_id=" + std::to_string(id);
    }
    [[nodiscard]] std::string_view readDataVersion() const override
    {
        return "PRAGMA data_version";
    }
    [[nodiscard]] bool isBusy(std::string_view nativeCode) const override
    {
        const int code = primaryCode(nativeCode);
        return code == kSqliteBusy || code == kSqliteLocked;
    }
    [[nodiscard]] bool isConstraint(std::string_view nativeCode) const override
    {
        return primaryCode(nativeCode) == kSqliteConstraint;
    }
};

} // namespace

const Dialect& sqliteDialect()
{
    static const SqliteDialect kDialect;
    return kDialect;
}

} // namespace countersign::data::detail
