#include "tests/support/ctl_workspace.h"

#include <QTest>

using namespace countersign;
using test::CtlRun;
using test::CtlWorkspace;

namespace {

constexpr const char* kValue = "value-that-must-not-show";

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

std::string ruleOf(const CtlRun& run)
{
    return run.json.is_object() && run.json.contains("error")
               ? textMember(run.json["error"], "rule")
               : std::string();
}

} // namespace

class TestCtlSecret : public QObject
{
    Q_OBJECT

    std::unique_ptr<CtlWorkspace> m_workspace;

    [[nodiscard]] CtlRun secret(const QStringList& line, const QByteArray& input = {})
    {
        QProcess process;
        m_workspace->ctl().prepare(process);
        process.start(test::Ctl::programPath(), words("secret") + line + words("--json"));
        process.write(input);
        process.closeWriteChannel();
        CtlRun run;
        if (!process.waitForFinished(120'000))
            return run;
        run.exitCode = process.exitCode();
        run.out = process.readAllStandardOutput().toStdString();
        run.err = process.readAllStandardError().toStdString();
        if (auto json = parseJson(run.out); json.ok())
            run.json = std::move(*json);
        // Whatever was asked for, and however it ended.
        if ((run.out + run.err).find(kValue) != std::string::npos)
            run.exitCode = -1;
        return run;
    }

    [[nodiscard]] CtlRun set(const char* name, const QByteArray& value = kValue)
    {
        return secret(
            QStringList{QStringLiteral("set"), QString::fromLatin1(name)}
                + m_workspace->passphrase(),
            value);
    }

    [[nodiscard]] QStringList wrongPassphrase() const
    {
        m_workspace->write(QStringLiteral("wrong"), "wrong horse\n");
        return {QStringLiteral("--passphrase-file"), m_workspace->path(QStringLiteral("wrong"))};
    }

    [[nodiscard]] std::size_t versionCount()
    {
        return secret(words("list")).json.at("secrets").at(0).at("versions").size();
    }

private Q_SLOTS:
    void init()
    {
        m_workspace = std::make_unique<CtlWorkspace>();
        const CtlRun founded = m_workspace->found(QStringLiteral("http://127.0.0.1:9"));
        QVERIFY2(founded.exitCode == 0, founded.err.c_str());
    }

    void theFirstSecretMakesTheVault()
    {
        QVERIFY(secret(words("list")).json.at("lock").is_null());
        QCOMPARE(ruleOf(secret(words("remove demo-systems"))), std::string("secret.absent"));
        const CtlRun made = set("demo-systems");
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        QCOMPARE(made.json.at("changes").at(0).at("version").get<int>(), 1);
        const Json list = secret(words("list")).json;
        QCOMPARE(list.at("lock").get<std::string>(), std::string("passphrase"));
        QVERIFY(list.at("secrets").at(0).at("connectors").size() > 5);
        const QFileInfo file(m_workspace->workspace() + QStringLiteral("/secrets.vault"));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void onlyThePassphraseChangesSecrets()
    {
        QCOMPARE(set("one").exitCode, 0);
        const QStringList change = words("set one");
        CtlRun refused = secret(change + wrongPassphrase(), kValue);
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(ruleOf(refused), std::string("vault.passphrase"));
        refused = secret(change, kValue);
        QCOMPARE(ruleOf(refused), std::string("passphrase.absent"));
        QCOMPARE(secret(words("remove one") + wrongPassphrase()).exitCode, 1);
        QCOMPARE(versionCount(), std::size_t{1});
    }

    void rotatesWithAnOverlapAndGoesBack()
    {
        QCOMPARE(set("one").exitCode, 0);
        const QStringList unlock = m_workspace->passphrase();
        CtlRun rotated = secret(words("rotate one --overlap 2h") + unlock, "another");
        QCOMPARE(rotated.exitCode, 0);
        QCOMPARE(versionCount(), std::size_t{2});
        rotated = secret(words("rotate one --back --overlap 0") + unlock);
        QCOMPARE(
            rotated.json.at("changes").at(0).at("change").get<std::string>(),
            std::string("rolled_back"));
        QCOMPARE(versionCount(), std::size_t{1});
        rotated = secret(words("rotate one --back") + unlock);
        QCOMPARE(ruleOf(rotated), std::string("secret.version"));
        for (const char* overlap : {"2", "h", "-1h", "400d", "2w"})
            QVERIFY(
                secret(words("rotate one --overlap") + words(overlap) + unlock, "x").exitCode != 0);
        QCOMPARE(secret(words("remove one") + unlock).exitCode, 0);
        QVERIFY(secret(words("list")).json.at("secrets").empty());
    }

    void aNewLockShutsTheOldOneOut()
    {
        QCOMPARE(set("one").exitCode, 0);
        const QString key = m_workspace->path(QStringLiteral("vault.key"));
        const CtlRun wrapped =
            secret(words("rewrap --key-file") + QStringList{key} + m_workspace->passphrase());
        QVERIFY2(wrapped.exitCode == 0, wrapped.err.c_str());
        QCOMPARE(wrapped.json.at("lock").get<std::string>(), std::string("key_file"));
        // Nobody is asked any more.
        QCOMPARE(secret(words("rotate one --overlap 0"), "third").exitCode, 0);
        QVERIFY(QFile::remove(key));
        QCOMPARE(ruleOf(secret(words("remove one"))), std::string("secret.file"));
    }

    void valuesComeFromWhereNobodyElseReads()
    {
        QCOMPARE(set("one", QByteArray(70'000, 'x')).exitCode, 2);
        QCOMPARE(ruleOf(set("one", "")), std::string("secret.value"));
        m_workspace->write(QStringLiteral("open"), kValue);
        const QString open = m_workspace->path(QStringLiteral("open"));
        QFile::setPermissions(open, QFile::ReadOwner | QFile::ReadGroup);
        const QStringList from = words("set one --from-file") + QStringList{open};
        QCOMPARE(
            ruleOf(secret(from + m_workspace->passphrase())), std::string("secret.permissions"));
        QCOMPARE(
            ruleOf(secret(words("set one --from-env NO_SUCH") + m_workspace->passphrase())),
            std::string("secret.env"));
        QCOMPARE(ruleOf(secret(words("set one two"))), std::string("usage"));
    }
};

QTEST_GUILESS_MAIN(TestCtlSecret)
#include "tst_ctl_secret.moc"
