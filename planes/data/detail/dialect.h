#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countersign::data::detail {

/// What differs between database systems. Everything else in the project is SQL that both
/// understand.
class Dialect
{
public:
    virtual ~Dialect() = default;
    /// Name of the Qt SQL driver.
    [[nodiscard]] virtual std::string_view driver() const = 0;
    /// Statements for a fresh connection. They change nothing in the file: it may be somebody
    /// else's.
    [[nodiscard]] virtual std::vector<std::string> connectionSetup(int busyTimeoutMs) const = 0;
    /// Statements for a connection that writes, once the file is known to be ours.
    [[nodiscard]] virtual std::vector<std::string> writerSetup() const = 0;
    /// Begins a transaction that holds the write lock from its first statement.
    [[nodiscard]] virtual std::string_view beginWrite() const = 0;
    [[nodiscard]] virtual std::string_view readSchemaVersion() const = 0;
    [[nodiscard]] virtual std::string writeSchemaVersion(int version) const = 0;
    [[nodiscard]] virtual std::string_view readApplicationId() const = 0;
    [[nodiscard]] virtual std::string writeApplicationId(int id) const = 0;
    [[nodiscard]] virtual std::string_view readDataVersion() const = 0;
    /// Native error codes, as the driver writes them.
    [[nodiscard]] virtual bool isBusy(std::string_view nativeCode) const = 0;
    [[nodiscard]] virtual bool isConstraint(std::string_view nativeCode) const = 0;
};

/// SQLite 3: WAL, `synchronous=FULL`.
[[nodiscard]] const Dialect& sqliteDialect();

} // namespace countersign::data::detail
