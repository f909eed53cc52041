#include "planes/execution/detail/table_compare.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

namespace countersign::execution::detail {

namespace {

constexpr std::string_view kSelectColumns =
    "SELECT name, pk FROM pragma_table_info(:name) ORDER BY pk = 0, pk, cid";
constexpr std::string_view kSelectSchema =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE "
    "'\\' ORDER BY type, name";
constexpr std::string_view kIntegrity = "PRAGMA integrity_check(1)";
constexpr std::size_t kPageRowCount = 500;
constexpr std::size_t kTextShownMax = 80;
constexpr std::array<std::string_view, 8> kKeyNames = {
    ":key0", ":key1", ":key2", ":key3", ":key4", ":key5", ":key6", ":key7"};

using Values = std::vector<data::SqlValue>;

struct IsSame
{
    template <class T>
    bool operator()(const T& a, const T& b) const
    {
        return a == b;
    }
    bool operator()(const data::Blob& a, const data::Blob& b) const { return a.bytes == b.bytes; }
    template <class A, class B>
    bool operator()(const A& /*a*/, const B& /*b*/) const
    {
        return false;
    }
};

bool same(const data::SqlValue& a, const data::SqlValue& b)
{
    return std::visit(IsSame{}, a, b);
}

struct ToText
{
    std::string operator()(std::monostate /*null*/) const { return "NULL"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const
    {
        return '"' + value.substr(0, kTextShownMax) + '"';
    }
    std::string operator()(const data::Blob& value) const
    {
        return std::to_string(value.bytes.size()) + " bytes";
    }
};

Values valuesOf(const data::Row& row)
{
    Values values;
    for (int column = 0; column < row.columnCount(); ++column)
        values.push_back(row.value(column));
    return values;
}

struct Columns
{
    std::vector<std::string> names; ///< Those of the primary key first.
    std::size_t keyCount = 0;

    [[nodiscard]] std::string list(std::size_t count) const
    {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text += (i == 0 ? "" : ", ") + names[i];
        return text;
    }
    [[nodiscard]] std::string describeKey(const Values& values) const
    {
        std::string text;
        for (std::size_t i = 0; i < keyCount; ++i)
            text += (i == 0 ? "" : ", ") + names[i] + " " + std::visit(ToText{}, values[i]);
        return text;
    }
    [[nodiscard]] bool sameKey(const Values& a, const Values& b) const
    {
        return std::equal(
            a.begin(), a.begin() + static_cast<std::ptrdiff_t>(keyCount), b.begin(), same);
    }
};

Result<Columns> columnsOf(data::SqlSession& session, std::string_view table)
{
    Columns columns;
    CS_CHECK(session.forEach(
        kSelectColumns, {{":name", std::string(table)}}, [&](const data::Row& row) -> Result<bool> {
            columns.names.push_back(row.text(0));
            if (row.integer(1) != 0)
                ++columns.keyCount;
            return true;
        }));
    CS_ASSERT(columns.keyCount > 0 && columns.keyCount <= kKeyNames.size());
    return columns;
}

/// The rows the ledger gives, one after the other, read page by page.
class ExpectedRows
{
public:
    ExpectedRows(data::SqlSession& session, std::string_view table, const Columns& columns)
        : m_session(session)
        , m_table(table)
        , m_columns(columns)
    {}

    /// The next row, or nothing. Stays until take().
    Result<const Values*> front()
    {
        if (m_rows.empty() && !m_atEnd)
            CS_CHECK(readPage());
        return m_rows.empty() ? nullptr : &m_rows.front();
    }
    void take() { m_rows.pop_front(); }

    Result<bool> hasKey(const Values& row)
    {
        std::string sql = "SELECT 1 FROM " + m_table + " WHERE ";
        for (std::size_t i = 0; i < m_columns.keyCount; ++i)
            sql +=
                (i == 0 ? "" : " AND ") + m_columns.names[i] + " = " + std::string(kKeyNames.at(i));
        CS_TRY(const auto found, m_session.firstInteger(sql, keyOf(row)));
        return found.has_value();
    }

private:
    [[nodiscard]] data::SqlBindings keyOf(const Values& row) const
    {
        data::SqlBindings bindings;
        for (std::size_t i = 0; i < m_columns.keyCount; ++i)
            bindings.emplace_back(kKeyNames.at(i), row[i]);
        return bindings;
    }

    Result<void> readPage()
    {
        const std::string key = m_columns.list(m_columns.keyCount);
        std::string sql = "SELECT " + m_columns.list(m_columns.names.size()) + " FROM " + m_table;
        data::SqlBindings bindings;
        if (m_last) {
            std::string places;
            for (std::size_t i = 0; i < m_columns.keyCount; ++i)
                places += (i == 0 ? "" : ", ") + std::string(kKeyNames.at(i));
            sql += " WHERE (" + key + ") > (" + places + ")";
            bindings = keyOf(*m_last);
        }
        sql += " ORDER BY " + key + " LIMIT " + std::to_string(kPageRowCount);
        CS_CHECK(m_session.forEach(sql, bindings, [&](const data::Row& row) -> Result<bool> {
            m_rows.push_back(valuesOf(row));
            return true;
        }));
        m_atEnd = m_rows.size() < kPageRowCount;
        if (!m_rows.empty())
            m_last = m_rows.back();
        return {};
    }

    data::SqlSession& m_session;
    std::string m_table;
    const Columns& m_columns;
    std::deque<Values> m_rows;
    std::optional<Values> m_last;
    bool m_atEnd = false;
};

class Comparison
{
public:
    Comparison(data::SqlSession& expected, std::string_view table, const Columns& columns)
        : m_table(table)
        , m_columns(columns)
        , m_expected(expected, table, columns)
    {}

    Result<void> take(const Values& row)
    {
        CS_TRY(const Values* const expected, m_expected.front());
        if (expected == nullptr)
            return extra(row);
        if (!m_columns.sameKey(row, *expected)) {
            CS_TRY(const bool known, m_expected.hasKey(row));
            return known ? missing(*expected) : extra(row);
        }
        for (std::size_t i = m_columns.keyCount; i < row.size(); ++i) {
            if (!same(row[i], (*expected)[i]))
                return fail(
                    ErrorCode::Corrupt,
                    place(row) + ": column " + m_columns.names[i] + " is "
                        + std::visit(ToText{}, row[i]) + ", the ledger gives "
                        + std::visit(ToText{}, (*expected)[i]),
                    "audit.table_column");
        }
        m_expected.take();
        return {};
    }

    Result<void> finish()
    {
        CS_TRY(const Values* const expected, m_expected.front());
        if (expected != nullptr)
            return missing(*expected);
        return {};
    }

private:
    [[nodiscard]] std::string place(const Values& row) const
    {
        return "table " + m_table + ", row " + m_columns.describeKey(row);
    }
    [[nodiscard]] Failure extra(const Values& row) const
    {
        return fail(
            ErrorCode::Corrupt,
            place(row) + ": nothing in the ledger gives this row",
            "audit.table_extra");
    }
    [[nodiscard]] Failure missing(const Values& row) const
    {
        return fail(
            ErrorCode::Corrupt,
            place(row) + ": the ledger gives this row, but it is missing",
            "audit.table_missing");
    }

    std::string m_table;
    const Columns& m_columns;
    ExpectedRows m_expected;
};

Result<std::map<std::string, std::string>> schemaOf(data::SqlSession& session)
{
    std::map<std::string, std::string> objects;
    CS_CHECK(session.forEach(kSelectSchema, {}, [&](const data::Row& row) -> Result<bool> {
        objects[row.text(0) + " " + row.text(1)] = row.text(2) + ": " + row.text(3);
        return true;
    }));
    return objects;
}

} // namespace

Result<void>
compareTable(data::SqlSession& actual, data::SqlSession& expected, std::string_view table)
{
    CS_TRY(const Columns columns, columnsOf(expected, table));
    Comparison comparison(expected, table, columns);
    const std::string all = columns.list(columns.names.size());
    const std::string sql = "SELECT " + all + " FROM " + std::string(table) + " ORDER BY " + all;
    CS_CHECK(actual.forEach(sql, {}, [&](const data::Row& row) -> Result<bool> {
        CS_CHECK(comparison.take(valuesOf(row)));
        return true;
    }));
    return comparison.finish();
}

Result<void> compareSchema(data::SqlSession& actual, data::SqlSession& expected)
{
    CS_TRY(const auto found, schemaOf(actual));
    CS_TRY(const auto wanted, schemaOf(expected));
    for (const auto& [name, sql] : found) {
        const auto match = wanted.find(name);
        if (match == wanted.end() || match->second != sql)
            return fail(
                ErrorCode::Corrupt,
                "the database has a changed or foreign " + name,
                "audit.schema");
    }
    for (const auto& [name, sql] : wanted) {
        if (!found.contains(name))
            return fail(ErrorCode::Corrupt, "the database lacks its " + name, "audit.schema");
    }
    return {};
}

Result<void> checkStorage(data::SqlSession& session)
{
    CS_TRY(const auto verdict, session.first<std::string>(kIntegrity, {}, [](const data::Row& row) {
        return row.text(0);
    }));
    if (verdict != "ok")
        return fail(
            ErrorCode::Corrupt,
            "the database file is damaged: " + verdict.value_or("no answer"),
            "audit.storage");
    return {};
}

} // namespace countersign::execution::detail
