#include "planes/data/database.h"

#include "planes/data/detail/dialect.h"

#include <QAtomicInteger>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QThread>
#include <QVariant>

#include <unordered_map>

namespace countersign::data {

namespace {

using detail::Dialect;

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QVariant toVariant(const SqlValue& value)
{
    struct Visitor
    {
        QVariant operator()(std::monostate) const
        {
            return QVariant(QMetaType(QMetaType::QString));
        }
        QVariant operator()(std::int64_t number) const
        {
            return QVariant::fromValue<qlonglong>(number);
        }
        QVariant operator()(double number) const { return QVariant(number); }
        QVariant operator()(const std::string& text) const { return QVariant(toQString(text)); }
        QVariant operator()(const Blob& blob) const
        {
            return QVariant(
                QByteArray(blob.bytes.data(), static_cast<qsizetype>(blob.bytes.size())));
        }
    };
    return std::visit(Visitor{}, value);
}

class QueryRow final : public Row
{
public:
    explicit QueryRow(const QSqlQuery& query, int columnCount)
        : m_query(query)
        , m_columnCount(columnCount)
    {}

    [[nodiscard]] bool isNull(int column) const override { return m_query.value(column).isNull(); }
    [[nodiscard]] std::int64_t integer(int column) const override
    {
        return m_query.value(column).toLongLong();
    }
    [[nodiscard]] double real(int column) const override
    {
        return m_query.value(column).toDouble();
    }
    [[nodiscard]] std::string text(int column) const override
    {
        return m_query.value(column).toString().toStdString();
    }
    [[nodiscard]] std::string blob(int column) const override
    {
        return m_query.value(column).toByteArray().toStdString();
    }
    [[nodiscard]] int columnCount() const override { return m_columnCount; }
    [[nodiscard]] SqlValue value(int column) const override
    {
        const QVariant variant = m_query.value(column);
        if (variant.isNull())
            return std::monostate{};
        switch (variant.typeId()) {
        case QMetaType::Int:
        case QMetaType::LongLong:
        case QMetaType::UInt:
        case QMetaType::ULongLong:
        case QMetaType::Bool:
            return static_cast<std::int64_t>(variant.toLongLong());
        case QMetaType::Double:
            return variant.toDouble();
        case QMetaType::QByteArray:
            return Blob{variant.toByteArray().toStdString()};
        default:
            return variant.toString().toStdString();
        }
    }

private:
    const QSqlQuery& m_query;
    int m_columnCount;
};

/// One named Qt connection with its prepared statements; removed again on destruction.
class Connection
{
public:
    Connection(const Dialect& dialect, const OpenOptions& options)
        : m_dialect(dialect)
    {
        static QAtomicInteger<quint64> counter; // Qt keeps connections by name, process-wide.
        m_name = QStringLiteral("countersign-%1").arg(counter.fetchAndAddRelaxed(1));
        QSqlDatabase database = QSqlDatabase::addDatabase(toQString(dialect.driver()), m_name);
        database.setDatabaseName(
            options.mode == OpenMode::Memory ? QStringLiteral(":memory:")
                                             : toQString(options.path));
        if (options.mode == OpenMode::ReadOnly)
            database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection()
    {
        m_statements.clear();
        handle().close();
        QSqlDatabase::removeDatabase(m_name);
    }

    [[nodiscard]] QSqlDatabase handle() const { return QSqlDatabase::database(m_name, false); }
    [[nodiscard]] const Dialect& dialect() const { return m_dialect; }
    /// True while a write transaction exists.
    bool writing = false;

    Result<void> open()
    {
        QSqlDatabase database = handle();
        if (!database.open())
            return failureOf(database.lastError(), "open");
        return {};
    }

    /// Runs text that takes no values; not kept.
    Result<void> run(std::string_view sql)
    {
        QSqlQuery query(handle());
        if (!query.exec(toQString(sql)))
            return failureOf(query.lastError(), sql);
        return {};
    }

    Result<std::int64_t> readInteger(std::string_view sql)
    {
        QSqlQuery query(handle());
        if (!query.exec(toQString(sql)) || !query.next())
            return failureOf(query.lastError(), sql);
        return query.value(0).toLongLong();
    }

    Result<QSqlQuery*> start(std::string_view sql, const SqlBindings& bindings)
    {
        CS_ASSERT(handle().isValid()); // Used from the thread that opened it.
        auto found = m_statements.find(std::string(sql));
        if (found == m_statements.end()) {
            auto query = std::make_unique<QSqlQuery>(handle());
            query->setForwardOnly(true);
            if (!query->prepare(toQString(sql)))
                return failureOf(query->lastError(), sql);
            found = m_statements.emplace(std::string(sql), std::move(query)).first;
        }
        QSqlQuery& query = *found->second;
        for (const auto& [name, value] : bindings)
            query.bindValue(toQString(name), toVariant(value));
        if (!query.exec()) {
            const Failure failure = failureOf(query.lastError(), sql);
            query.finish();
            return failure;
        }
        return &query;
    }

    Result<std::int64_t> execute(std::string_view sql, const SqlBindings& bindings)
    {
        CS_TRY(QSqlQuery* const query, start(sql, bindings));
        const std::int64_t affected = query->numRowsAffected();
        query->finish();
        return affected;
    }

    Result<void> forEach(
        std::string_view sql,
        const SqlBindings& bindings,
        const std::function<Result<bool>(const Row&)>& onRow)
    {
        // A statement that is being read must not be restarted by the callback: the cache entry
        // leaves for that time.
        CS_TRY(QSqlQuery* const query, start(sql, bindings));
        StatementNode node = m_statements.extract(std::string(sql));
        CS_ASSERT(!node.empty() && node.mapped().get() == query);
        const QueryRow row(*query, query->record().count());
        Result<void> outcome;
        while (query->next()) {
            const Result<bool> more = onRow(row);
            if (!more.ok()) {
                outcome = more.failure();
                break;
            }
            if (!*more)
                break;
        }
        if (outcome.ok() && query->lastError().isValid())
            outcome = failureOf(query->lastError(), sql);
        query->finish();
        m_statements.insert(std::move(node));
        return outcome;
    }

private:
    using StatementMap = std::unordered_map<std::string, std::unique_ptr<QSqlQuery>>;
    using StatementNode = StatementMap::node_type;

    [[nodiscard]] Failure failureOf(const QSqlError& error, std::string_view sql) const
    {
        const std::string native = error.nativeErrorCode().toStdString();
        ErrorCode code = ErrorCode::StorageFailed;
        if (m_dialect.isBusy(native))
            code = ErrorCode::StorageBusy;
        else if (m_dialect.isConstraint(native))
            code = ErrorCode::Conflict;
        constexpr std::size_t kSqlShownMax = 160;
        return fail(
            code,
            error.text().trimmed().toStdString() + " (" + std::string(sql.substr(0, kSqlShownMax))
                + ")",
            "sql." + (native.empty() ? std::string("driver") : native));
    }

    const Dialect& m_dialect;
    QString m_name;
    StatementMap m_statements;
};

class WriteTransaction final : public Transaction
{
public:
    explicit WriteTransaction(Connection& connection)
        : m_connection(connection)
    {
        m_connection.writing = true;
    }
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    ~WriteTransaction() override
    {
        if (m_open)
            static_cast<void>(
                m_connection.run("ROLLBACK")); // Nothing left to do if even that fails.
        m_connection.writing = false;
    }

    Result<std::int64_t> execute(std::string_view sql, const SqlBindings& bindings) override
    {
        CS_ASSERT(m_open);
        return m_connection.execute(sql, bindings);
    }
    Result<void> forEach(
        std::string_view sql,
        const SqlBindings& bindings,
        const std::function<Result<bool>(const Row&)>& onRow) override
    {
        CS_ASSERT(m_open);
        return m_connection.forEach(sql, bindings, onRow);
    }
    Result<void> commit() override
    {
        CS_ASSERT(m_open);
        CS_CHECK(m_connection.run("COMMIT"));
        m_open = false;
        return {};
    }
    Result<void> savepoint() override { return m_connection.run("SAVEPOINT command"); }
    Result<void> rollbackToSavepoint() override
    {
        CS_CHECK(m_connection.run("ROLLBACK TO SAVEPOINT command"));
        return m_connection.run("RELEASE SAVEPOINT command");
    }
    Result<void> releaseSavepoint() override
    {
        return m_connection.run("RELEASE SAVEPOINT command");
    }

private:
    Connection& m_connection;
    bool m_open = true;
};

class SqlDatabase final : public Database
{
public:
    SqlDatabase(const Dialect& dialect, const OpenOptions& options)
        : m_connection(dialect, options)
    {}

    Result<void> prepare(const OpenOptions& options, std::span<const Migration> migrations)
    {
        CS_CHECK(m_connection.open());
        const bool readOnly = options.mode == OpenMode::ReadOnly;
        for (const std::string& statement :
             m_connection.dialect().connectionSetup(options.busyTimeoutMs))
            CS_CHECK(m_connection.run(statement));
        CS_TRY(
            const std::int64_t version,
            m_connection.readInteger(m_connection.dialect().readSchemaVersion()));
        const int newest = migrations.empty() ? 0 : migrations.back().version;
        if (version > newest)
            return fail(
                ErrorCode::Unsupported,
                "the database has schema version " + std::to_string(version)
                    + ", this program knows up to " + std::to_string(newest)
                    + "; use a newer countersign",
                "schema.newer");
        CS_CHECK(checkOwner(version));
        if (readOnly && version < newest)
            return fail(
                ErrorCode::Unsupported,
                "the database has schema version " + std::to_string(version)
                    + " and must be opened for writing once to bring it to "
                    + std::to_string(newest),
                "schema.older");
        m_schemaVersion = static_cast<int>(version);
        if (readOnly)
            return {};
        for (const std::string& statement : m_connection.dialect().writerSetup())
            CS_CHECK(m_connection.run(statement));
        return migrate(migrations);
    }

    Result<std::int64_t> execute(std::string_view sql, const SqlBindings& bindings) override
    {
        CS_ASSERT(m_connection.writing); // Every write is in a transaction.
        return m_connection.execute(sql, bindings);
    }
    Result<void> forEach(
        std::string_view sql,
        const SqlBindings& bindings,
        const std::function<Result<bool>(const Row&)>& onRow) override
    {
        return m_connection.forEach(sql, bindings, onRow);
    }
    Result<std::unique_ptr<Transaction>> beginWrite() override
    {
        CS_ASSERT(!m_connection.writing); // Transactions do not nest.
        CS_CHECK(m_connection.run(m_connection.dialect().beginWrite()));
        return std::unique_ptr<Transaction>(std::make_unique<WriteTransaction>(m_connection));
    }
    Result<std::int64_t> dataVersion() override
    {
        return m_connection.readInteger(m_connection.dialect().readDataVersion());
    }
    [[nodiscard]] int schemaVersion() const override { return m_schemaVersion; }

private:
    /// A file with tables that are not ours is somebody else's: leave it alone.
    Result<void> checkOwner(std::int64_t version)
    {
        CS_TRY(
            const std::int64_t owner,
            m_connection.readInteger(m_connection.dialect().readApplicationId()));
        CS_TRY(
            const std::int64_t objectCount,
            m_connection.readInteger("SELECT COUNT(*) FROM sqlite_schema"));
        const bool fresh = owner == 0 && version == 0 && objectCount == 0;
        if (!fresh && owner != kApplicationId)
            return fail(
                ErrorCode::Unsupported,
                "the file is not a Countersign database",
                "schema.application_id");
        return {};
    }

    Result<void> migrate(std::span<const Migration> migrations)
    {
        for (const Migration& migration : migrations) {
            CS_ASSERT(migration.version >= 1);
            if (migration.version <= m_schemaVersion)
                continue;
            CS_ASSERT(migration.version == m_schemaVersion + 1); // ascending, no gaps
            CS_CHECK(m_connection.run(m_connection.dialect().beginWrite()));
            const Result<void> applied = apply(migration);
            if (!applied.ok()) {
                static_cast<void>(m_connection.run("ROLLBACK"));
                Error error = applied.error();
                error.detail = "migration " + std::to_string(migration.version) + " ("
                               + std::string(migration.name) + "): " + error.detail;
                return fail(std::move(error));
            }
            m_schemaVersion = migration.version;
        }
        return {};
    }

    Result<void> apply(const Migration& migration)
    {
        // Another process may have migrated between our look and the lock.
        CS_TRY(
            const std::int64_t version,
            m_connection.readInteger(m_connection.dialect().readSchemaVersion()));
        if (version < migration.version) {
            for (const std::string_view statement : migration.statements)
                CS_CHECK(m_connection.run(statement));
            CS_CHECK(m_connection.run(m_connection.dialect().writeApplicationId(kApplicationId)));
            CS_CHECK(
                m_connection.run(m_connection.dialect().writeSchemaVersion(migration.version)));
        }
        return m_connection.run("COMMIT");
    }

    Connection m_connection;
    int m_schemaVersion = 0;
};

} // namespace

Result<std::optional<std::int64_t>>
SqlSession::firstInteger(std::string_view sql, const SqlBindings& bindings)
{
    std::optional<std::int64_t> found;
    CS_CHECK(forEach(sql, bindings, [&found](const Row& row) -> Result<bool> {
        if (!row.isNull(0))
            found = row.integer(0);
        return false;
    }));
    return found;
}

Result<std::unique_ptr<Database>>
Database::open(const OpenOptions& options, std::span<const Migration> migrations)
{
    if (options.mode == OpenMode::ReadOnly && !QFileInfo::exists(toQString(options.path)))
        return fail(
            ErrorCode::NotFound, "there is no database at " + options.path, "database.absent");
    auto database = std::make_unique<SqlDatabase>(detail::sqliteDialect(), options);
    CS_CHECK(database->prepare(options, migrations));
    return std::unique_ptr<Database>(std::move(database));
}

} // namespace countersign::data
