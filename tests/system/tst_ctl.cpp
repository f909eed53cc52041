#include "planes/data/decision_folder.h"
#include "tests/support/ctl_process.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstdlib>
#include <memory>
#include <set>

#include <fcntl.h>
#include <sys/ioctl.h>

using namespace countersign;
using test::Ctl;
using test::CtlRun;

namespace {

const QString kDemoFolder = QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/demo");
const QByteArray kPassphrase = "correct horse";

void writeFile(
    const QString& path,
    const QByteArray& bytes,
    QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.setPermissions(permissions));
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString memoPath()
{
    return kDemoFolder + QStringLiteral("/decisions/price-change/memo.json");
}

std::set<std::string> membersOf(const Json& object)
{
    std::set<std::string> names;
    for (const auto& [name, value] : object.items())
        names.insert(name);
    return names;
}

/// Names of all commands, as the program's help lists them.
QStringList commandNames()
{
    const QStringList lines =
        QString::fromStdString(Ctl().run({QStringLiteral("--help")}).out).split(QLatin1Char('\n'));
    QStringList names;
    bool isCommand = false;
    for (const QString& line : lines) {
        if (line == QLatin1String("Commands:"))
            isCommand = true;
        else if (line.isEmpty())
            isCommand = false;
        else if (isCommand)
            names.append(line.trimmed().section(QStringLiteral("  "), 0, 0));
    }
    return names;
}

} // namespace

class CtlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void versionAndHelpNeedNoWorkspace();
    void everyCommandExplainsItself();
    void familiesListTheirCommands();
    void lostAnswersAreFailures();
    void badUsageEndsWith2_data();
    void badUsageEndsWith2();
    void contractsAreListed();
    void everyDemoDocumentIsValid();
    void brokenDocumentsAreRefused_data();
    void brokenDocumentsAreRefused();
    void anotherContractCanBeNamed();
    void keysAreMadeListedAndKept();
    void namesOfKeysAreNeverTakenTwice();
    void keysAreImportedAndLockedAnew();
    void wrongPassphrasesEndWith1();
    void passphraseSourcesAreChecked_data();
    void passphraseSourcesAreChecked();
    void passphraseFromTheEnvironment();
    void terminalPromptHidesThePassphrase();
    void valuesWithDashesNeedAnEqualsSign();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QStringList keyArguments(const QString& verb, const QStringList& rest) const
    {
        return QStringList{QStringLiteral("key"), verb} + rest
               + QStringList{
                   QStringLiteral("--keys"),
                   path(QStringLiteral("keys")),
                   QStringLiteral("--passphrase-file"),
                   path(QStringLiteral("pass"))};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Ctl m_ctl;
};

void CtlTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    writeFile(path(QStringLiteral("pass")), kPassphrase + "\n");
}

void CtlTest::versionAndHelpNeedNoWorkspace()
{
    const CtlRun version = m_ctl.run({QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(QString::fromStdString(version.out).startsWith(QStringLiteral("countersignctl ")));
    QVERIFY(m_ctl.runJson({QStringLiteral("--version")}).json.contains("version"));
    const CtlRun help = m_ctl.run({QStringLiteral("-h")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.find("Exit codes: 0 done") != std::string::npos);
    QVERIFY(help.err.empty());
}

void CtlTest::everyCommandExplainsItself()
{
    const QStringList names = commandNames();
    QVERIFY(names.contains(QStringLiteral("sign")) && names.contains(QStringLiteral("key new")));
    for (const QString& name : names) {
        const CtlRun help =
            m_ctl.run(name.split(QLatin1Char(' ')) + QStringList{QStringLiteral("--help")});
        QVERIFY2(help.exitCode == 0 && help.err.empty(), qPrintable(name));
        const QString text = QString::fromStdString(help.out);
        QVERIFY2(
            text.startsWith(QStringLiteral("Usage: countersignctl ") + name), help.out.c_str());
        const qsizetype examples = text.indexOf(QStringLiteral("\nExamples:\n"));
        QVERIFY2(
            examples > 0 && text.indexOf(QStringLiteral("countersignctl ") + name, examples) > 0,
            help.out.c_str());
    }
}

void CtlTest::familiesListTheirCommands()
{
    const CtlRun help = m_ctl.run({QStringLiteral("run"), QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    for (const char* name : {"--until-idle", "run gate", "run resolve", "run list"})
        QVERIFY2(help.out.find(name) != std::string::npos, name);
}

void CtlTest::lostAnswersAreFailures()
{
    QProcess process;
    m_ctl.prepare(process);
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(test::Ctl::programPath(), {QStringLiteral("schema"), QStringLiteral("list")});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 1);
}

void CtlTest::badUsageEndsWith2_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("rule");
    const QString usage = QStringLiteral("usage");
    QTest::newRow("nothing") << QString() << usage;
    QTest::newRow("unknown command") << QStringLiteral("frobnicate") << usage;
    QTest::newRow("unknown command of a family") << QStringLiteral("key frobnicate") << usage;
    QTest::newRow("half a command") << QStringLiteral("key") << usage;
    QTest::newRow("unknown option") << QStringLiteral("queue --frobnicate --workspace w") << usage;
    QTest::newRow("option first") << QStringLiteral("--frobnicate queue") << usage;
    QTest::newRow("argument missing") << QStringLiteral("show --workspace w") << usage;
    QTest::newRow("list missing") << QStringLiteral("ingest --workspace w") << usage;
    QTest::newRow("argument too many") << QStringLiteral("show a b --workspace w") << usage;
    QTest::newRow("required option missing") << QStringLiteral("sign dec --key k") << usage;
    QTest::newRow("value missing") << QStringLiteral("queue --limit") << usage;
    QTest::newRow("value of another option") << QStringLiteral("queue --view --search x") << usage;
    QTest::newRow("flag with a value") << QStringLiteral("audit verify --deep=yes") << usage;
    QTest::newRow("json with a value") << QStringLiteral("queue --json=yes") << usage;
    QTest::newRow("option twice") << QStringLiteral("queue --limit 1 --limit 2") << usage;
    QTest::newRow("no number") << QStringLiteral("queue --limit ten --workspace w") << usage;
    QTest::newRow("number too small") << QStringLiteral("queue --limit 0 --workspace w") << usage;
    QTest::newRow("unknown view") << QStringLiteral("queue --view odd --workspace w") << usage;
    QTest::newRow("unknown answer")
        << QStringLiteral("sign dec --answer perhaps --key k --workspace w") << usage;
    QTest::newRow("reject without words")
        << QStringLiteral("sign dec --answer reject --key k --workspace w") << usage;
    QTest::newRow("defer without a time")
        << QStringLiteral("sign dec --answer defer --key k --workspace w") << usage;
    QTest::newRow("edit without a plan")
        << QStringLiteral("sign dec --answer edit --key k --workspace w") << usage;
    QTest::newRow("bad digest") << QStringLiteral(
        "sign dec --answer approve --key k --expect 12ab --workspace w")
                                << usage;
    QTest::newRow("bad resolution")
        << QStringLiteral("run resolve r s --as maybe --reason x --key k --workspace w") << usage;
    QTest::newRow("run what") << QStringLiteral("run --workspace w") << usage;
    QTest::newRow("run something unknown") << QStringLiteral("run frobnicate") << usage;
    QTest::newRow("which workspace") << QStringLiteral("queue") << usage;
    QTest::newRow("which keys") << QStringLiteral("key list") << usage;
    QTest::newRow("no workspace there")
        << QStringLiteral("queue --workspace nowhere-at-all") << QStringLiteral("workspace.absent");
    QTest::newRow("unknown contract")
        << QStringLiteral("schema validate --contract poem x.json") << usage;
    QTest::newRow("bad key name") << QStringLiteral("key new ../up --keys k")
                                  << QStringLiteral("key.name");
    QTest::newRow("no such pack") << QStringLiteral("evidence verify nowhere.zip") << QString();
}

void CtlTest::badUsageEndsWith2()
{
    QFETCH(const QString, line);
    QFETCH(const QString, rule);
    const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const CtlRun plain = m_ctl.run(words);
    QCOMPARE(plain.exitCode, 2);
    QVERIFY2(plain.out.empty(), plain.out.c_str());
    QVERIFY2(!plain.err.empty(), "nothing says what to do");
    const CtlRun json = m_ctl.runJson(words);
    QCOMPARE(json.exitCode, 2);
    QCOMPARE(membersOf(json.json), std::set<std::string>{"error"});
    QCOMPARE(
        membersOf(json.json["error"]),
        (std::set<std::string>{"code", "rule", "message", "file", "pointer"}));
    if (!rule.isEmpty())
        QCOMPARE(textMember(json.json["error"], "rule"), rule.toStdString());
}

void CtlTest::contractsAreListed()
{
    const CtlRun list = m_ctl.runJson({QStringLiteral("schema"), QStringLiteral("list")});
    QCOMPARE(list.exitCode, 0);
    std::set<std::string> names;
    for (const Json& row : list.json.at("contracts"))
        names.insert(textMember(row, "contract"));
    for (const char* name : {"memo", "execution_plan", "approval_request", "connector_manifest"})
        QVERIFY2(names.count(name) == 1, name);
    QVERIFY(names.count("common") == 0);
}

void CtlTest::everyDemoDocumentIsValid()
{
    QStringList arguments{QStringLiteral("schema"), QStringLiteral("validate")};
    for (const char* part : {"/decisions", "/connectors"}) {
        const QString folder = kDemoFolder + QString::fromLatin1(part);
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            if (data::isRecordPath(file.toStdString()))
                arguments.append(file);
        }
    }
    QVERIFY(arguments.size() > 50);
    const CtlRun run = m_ctl.runJson(arguments);
    QVERIFY2(run.err.empty(), run.err.c_str());
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.json.dump(), std::string("{\"errors\":[]}"));
}

void CtlTest::brokenDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<QString>("pointer");
    const auto changed = [](const auto& change) {
        Json memo = *parseJson(readFile(memoPath()).toStdString());
        change(memo);
        return QByteArray::fromStdString(memo.dump());
    };
    QTest::newRow("wrong type") << changed([](Json& memo) { memo["title"] = 7; })
                                << QStringLiteral("type") << QStringLiteral("/title");
    QTest::newRow("missing") << changed([](Json& memo) { memo.erase("question"); })
                             << QStringLiteral("required") << QString();
    QTest::newRow("unknown member") << changed([](Json& memo) { memo["mood"] = "fine"; })
                                    << QStringLiteral("additionalProperties") << QString();
    QTest::newRow("unknown contract")
        << changed([](Json& memo) { memo["header"]["schema"] = "poem"; })
        << QStringLiteral("schema.unknown") << QStringLiteral("/header/schema");
    QTest::newRow("array") << QByteArray("[]") << QStringLiteral("schema.unknown")
                           << QStringLiteral("/header/schema");
    QTest::newRow("not JSON") << QByteArray("{\"a\": }") << QStringLiteral("json.syntax")
                              << QStringLiteral("line 1 column 7");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("json.syntax")
                           << QStringLiteral("line 1 column 1");
    QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}") << QStringLiteral("json.utf8")
                               << QString();
    QTest::newRow("repeated key") << QByteArray("{\"a\":1,\"a\":2}")
                                  << QStringLiteral("json.duplicate_key") << QStringLiteral("/a");
    QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("json.depth") << QString();
}

void CtlTest::brokenDocumentsAreRefused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, keyword);
    QFETCH(const QString, pointer);
    const QString file = path(QStringLiteral("broken.json"));
    writeFile(file, bytes);
    const CtlRun run =
        m_ctl.runJson({QStringLiteral("schema"), QStringLiteral("validate"), file, memoPath()});
    QCOMPARE(run.exitCode, 2);
    const Json& errors = run.json.at("errors");
    QVERIFY(!errors.empty());
    for (const Json& error : errors) {
        QCOMPARE(
            membersOf(error),
            (std::set<std::string>{"file", "pointer", "keyword", "schema_pointer", "message"}));
        QCOMPARE(textMember(error, "file"), file.toStdString());
    }
    QCOMPARE(QString::fromStdString(textMember(errors[0], "keyword")), keyword);
    if (!pointer.isEmpty())
        QCOMPARE(QString::fromStdString(textMember(errors[0], "pointer")), pointer);
    const QString line = QString::fromStdString(run.err).section(QLatin1Char('\n'), 0, 0);
    QVERIFY2(
        line.startsWith(file) && line.endsWith(QLatin1String("[") + keyword + QLatin1String("]")),
        run.err.c_str());
}

void CtlTest::anotherContractCanBeNamed()
{
    const CtlRun run = m_ctl.runJson(
        {QStringLiteral("schema"),
         QStringLiteral("validate"),
         QStringLiteral("--contract"),
         QStringLiteral("forecast"),
         memoPath()});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(!run.json.at("errors").empty());
}

void CtlTest::keysAreMadeListedAndKept()
{
    const CtlRun made = m_ctl.runJson(keyArguments(
        QStringLiteral("new"),
        {QStringLiteral("dana"), QStringLiteral("--algorithm"), QStringLiteral("ed25519")}));
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    QCOMPARE(textMember(made.json, "algorithm"), std::string("ed25519"));
    QCOMPARE(textMember(made.json, "key_id").size(), std::size_t{64});
    const CtlRun other = m_ctl.run(keyArguments(QStringLiteral("new"), {QStringLiteral("bo")}));
    QVERIFY2(other.exitCode == 0, other.err.c_str());

    const QString privatePath = path(QStringLiteral("keys/dana.key.pem"));
    QVERIFY(readFile(privatePath).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    QCOMPARE(
        QFile::permissions(privatePath) & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());

    const CtlRun list = m_ctl.runJson(
        {QStringLiteral("key"),
         QStringLiteral("list"),
         QStringLiteral("--keys"),
         path(QStringLiteral("keys"))});
    QCOMPARE(list.exitCode, 0);
    const Json& keys = list.json.at("keys");
    QCOMPARE(keys.size(), std::size_t{2});
    QCOMPARE(textMember(keys[0], "name"), std::string("bo"));
    QCOMPARE(textMember(keys[0], "algorithm"), std::string("ecdsa-p256"));
    QCOMPARE(textMember(keys[1], "key_id"), textMember(made.json, "key_id"));
    QCOMPARE(textMember(keys[1], "public_key_pem"), textMember(made.json, "public_key_pem"));
}

void CtlTest::namesOfKeysAreNeverTakenTwice()
{
    const QStringList line = keyArguments(QStringLiteral("new"), {QStringLiteral("dana")});
    QCOMPARE(m_ctl.run(line).exitCode, 0);
    const QByteArray before = readFile(path(QStringLiteral("keys/dana.key.pem")));
    const CtlRun again = m_ctl.runJson(line);
    QCOMPARE(again.exitCode, 1);
    QCOMPARE(textMember(again.json.at("error"), "code"), std::string("conflict"));
    QCOMPARE(readFile(path(QStringLiteral("keys/dana.key.pem"))), before);
}

void CtlTest::keysAreImportedAndLockedAnew()
{
    QCOMPARE(m_ctl.run(keyArguments(QStringLiteral("new"), {QStringLiteral("dana")})).exitCode, 0);
    const QString pem = path(QStringLiteral("keys/dana.key.pem"));
    const CtlRun imported =
        m_ctl.runJson(keyArguments(QStringLiteral("import"), {QStringLiteral("copy"), pem}));
    QVERIFY2(imported.exitCode == 0, imported.err.c_str());
    QVERIFY(readFile(path(QStringLiteral("keys/copy.key.pem"))) != readFile(pem));
    QCOMPARE(
        readFile(path(QStringLiteral("keys/copy.pub.pem"))),
        readFile(path(QStringLiteral("keys/dana.pub.pem"))));

    writeFile(path(QStringLiteral("noise.pem")), "no key at all\n");
    const CtlRun noise = m_ctl.runJson(keyArguments(
        QStringLiteral("import"), {QStringLiteral("noise"), path(QStringLiteral("noise.pem"))}));
    QVERIFY(noise.exitCode != 0);
    QVERIFY(!textMember(noise.json.at("error"), "file").empty());
    QVERIFY(!QFile::exists(path(QStringLiteral("keys/noise.key.pem"))));
}

void CtlTest::wrongPassphrasesEndWith1()
{
    QCOMPARE(m_ctl.run(keyArguments(QStringLiteral("new"), {QStringLiteral("dana")})).exitCode, 0);
    writeFile(path(QStringLiteral("pass")), "something else\n");
    const CtlRun run = m_ctl.runJson(keyArguments(
        QStringLiteral("import"),
        {QStringLiteral("copy"), path(QStringLiteral("keys/dana.key.pem"))}));
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(textMember(run.json.at("error"), "code"), std::string("passphrase_wrong"));
    QVERIFY(run.err.find("something else") == std::string::npos);
}

void CtlTest::passphraseSourcesAreChecked_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("readable by the group")
        << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("open")}
        << QStringLiteral("passphrase.permissions") << 1;
    QTest::newRow("empty")
        << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("empty")}
        << QStringLiteral("passphrase.empty") << 2;
    QTest::newRow("too long")
        << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("long")}
        << QStringLiteral("passphrase.size") << 2;
    QTest::newRow("no such file")
        << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("nowhere")}
        << QStringLiteral("file") << 2;
    QTest::newRow("no such variable")
        << QStringList{QStringLiteral("--passphrase-env"), QStringLiteral("NO_SUCH_VARIABLE")}
        << QStringLiteral("passphrase.env") << 2;
    QTest::newRow("no terminal") << QStringList() << QStringLiteral("passphrase.absent") << 2;
    QTest::newRow("as an argument")
        << QStringList{QStringLiteral("--passphrase"), QStringLiteral("secret")}
        << QStringLiteral("usage") << 2;
    QTest::newRow("both")
        << QStringList{QStringLiteral("--passphrase-env"), QStringLiteral("HOME"), QStringLiteral("--passphrase-file"), QStringLiteral("pass")}
        << QStringLiteral("usage") << 2;
}

void CtlTest::passphraseSourcesAreChecked()
{
    QFETCH(QStringList, options);
    QFETCH(const QString, rule);
    QFETCH(const int, exitCode);
    writeFile(
        path(QStringLiteral("open")),
        kPassphrase,
        QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    writeFile(path(QStringLiteral("empty")), "\n");
    writeFile(path(QStringLiteral("long")), QByteArray(5000, 'x'));
    const qsizetype file = options.indexOf(QStringLiteral("--passphrase-file"));
    if (file >= 0)
        options[file + 1] = path(options[file + 1]);
    const CtlRun run = m_ctl.runJson(
        QStringList{
            QStringLiteral("key"),
            QStringLiteral("new"),
            QStringLiteral("dana"),
            QStringLiteral("--keys"),
            path(QStringLiteral("keys"))}
        + options);
    QCOMPARE(run.exitCode, exitCode);
    QCOMPARE(QString::fromStdString(textMember(run.json.at("error"), "rule")), rule);
    QVERIFY(!QFile::exists(path(QStringLiteral("keys/dana.key.pem"))));
}

void CtlTest::passphraseFromTheEnvironment()
{
    m_ctl.environment = {{QStringLiteral("DANA_PASS"), QString::fromUtf8(kPassphrase)}};
    const CtlRun made = m_ctl.run(
        {QStringLiteral("key"),
         QStringLiteral("new"),
         QStringLiteral("dana"),
         QStringLiteral("--keys"),
         path(QStringLiteral("keys")),
         QStringLiteral("--passphrase-env"),
         QStringLiteral("DANA_PASS")});
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    // The file says the same passphrase, so it opens the key.
    const CtlRun imported = m_ctl.run(keyArguments(
        QStringLiteral("import"),
        {QStringLiteral("copy"), path(QStringLiteral("keys/dana.key.pem"))}));
    QVERIFY2(imported.exitCode == 0, imported.err.c_str());
}

void CtlTest::terminalPromptHidesThePassphrase()
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const QByteArray name = ::ptsname(terminal);
    QProcess process;
    m_ctl.prepare(process);
    process.setChildProcessModifier([name] {
        ::setsid();
        const int own = ::open(name.constData(), O_RDWR);
        ::ioctl(own, TIOCSCTTY, 0);
    });
    process.start(
        Ctl::programPath(),
        {QStringLiteral("key"),
         QStringLiteral("new"),
         QStringLiteral("dana"),
         QStringLiteral("--keys"),
         path(QStringLiteral("keys"))});
    QVERIFY(process.waitForStarted());
    ::fcntl(terminal, F_SETFL, O_NONBLOCK);
    QByteArray seen;
    const auto sees = [&](int questions) {
        std::array<char, 4096> buffer{};
        const ssize_t count = ::read(terminal, buffer.data(), buffer.size());
        if (count > 0)
            seen.append(buffer.data(), count);
        return seen.count(": ") >= questions;
    };
    const QByteArray line = kPassphrase + "\n";
    QVERIFY(QTest::qWaitFor([&] { return sees(1); }, 60'000));
    QCOMPARE(
        ::write(terminal, line.constData(), static_cast<std::size_t>(line.size())), line.size());
    QVERIFY(QTest::qWaitFor([&] { return sees(2); }, 60'000));
    QCOMPARE(
        ::write(terminal, line.constData(), static_cast<std::size_t>(line.size())), line.size());
    QVERIFY(process.waitForFinished(60'000));
    ::close(terminal);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY2(!seen.contains(kPassphrase), seen.constData());
    QVERIFY(QFile::exists(path(QStringLiteral("keys/dana.key.pem"))));
}

void CtlTest::valuesWithDashesNeedAnEqualsSign()
{
    const CtlRun run = m_ctl.runJson(
        {QStringLiteral("key"),
         QStringLiteral("list"),
         QStringLiteral("--keys=") + path(QStringLiteral("--odd"))});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.json.dump(), std::string("{\"keys\":[]}"));
}

QTEST_GUILESS_MAIN(CtlTest)
#include "tst_ctl.moc"
