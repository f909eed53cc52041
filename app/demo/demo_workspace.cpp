#include "app/demo/demo_workspace.h"

#include "app/core/create_workspace.h"
#include "app/core/projections.h"
#include "app/demo/demo_decisions.h"
#include "app/demo/demo_secret.h"
#include "planes/trust/key_store.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTcpServer>

#include <filesystem>

namespace countersign::app {

namespace {

namespace fs = std::filesystem;

constexpr int kStartMsMax = 15'000;
// Locking fourteen keys must not take the demo's time: these guard nothing.
constexpr trust::UnlockCost kDemoCost{12};

struct DemoPeople
{
    Json roster;
    std::map<std::string, trust::PrivateKey> founderKeys;
};

Result<int> freePort()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost, 0))
        return fail(ErrorCode::Unavailable, "no free port on this machine", "demo.port");
    return static_cast<int>(probe.serverPort());
}

/// The roster with a fresh key for everybody, stored in `folder`.
Result<DemoPeople> makePeople(const fs::path& folder)
{
    CS_TRY(Json roster, parseJson(resourceText("demo/roster.json")));
    DemoPeople people{std::move(roster), {}};
    people.roster["schema"] = "roster";
    people.roster["version"] = 1;
    const trust::KeyStore store(folder);
    const trust::SecretBytes passphrase = trust::SecretBytes::copyOf(kDemoPassphrase);
    for (Json& person : people.roster["people"]) {
        const std::string id = textMember(person, "id");
        CS_TRY(
            const trust::PublicKey key,
            store.create(id, trust::KeyAlgorithm::EcdsaP256, passphrase, kDemoCost));
        person["keys"] = Json::array({{{"key_id", key.keyId()}, {"public_key_pem", key.pem()}}});
        const Json& founders = people.roster["founders"];
        if (std::find(founders.begin(), founders.end(), Json(id)) != founders.end()) {
            CS_TRY(trust::PrivateKey secret, store.load(id, passphrase));
            people.founderKeys.emplace(id, std::move(secret));
        }
    }
    return people;
}

Result<void> moveInto(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(from, error)) {
        fs::rename(entry.path(), to / entry.path().filename(), error);
        if (error)
            break;
    }
    if (error)
        return fail(Error{
            ErrorCode::StorageFailed,
            "cannot move the keys: " + error.message(),
            "file",
            to.string()});
    fs::remove(from, error);
    return {};
}

} // namespace

std::string demoSystemsProgram()
{
    return QDir(QCoreApplication::applicationDirPath())
        .filePath(QStringLiteral("countersign-demo-systems"))
        .toStdString();
}

Result<void> createDemoWorkspace(
    const WorkspaceFolder& folder,
    const std::string& systemsProgram,
    const Clock& clock,
    EntropySource& entropy,
    const DemoProgress& progress)
{
    if (!fs::exists(systemsProgram))
        return fail(Error{
            ErrorCode::NotFound,
            "the demo's business systems are not installed here",
            "demo.systems",
            systemsProgram});
    // The genesis names the keys, so they are made before the workspace: beside it first.
    const fs::path keys = folder.root().string() + ".keys-being-made";
    std::error_code ignored;
    fs::remove_all(keys, ignored);
    progress("Making a key for each of the 14 people");
    CS_TRY(const DemoPeople people, makePeople(keys));
    CS_TRY(const Json policy, parseJson(resourceText("policy/default-policy.json")));
    CS_TRY(const int port, freePort());
    NewWorkspace input;
    input.name = "Northgate demo";
    input.roster = people.roster;
    input.policy = policy;
    input.variables = {
        {"SYSTEMS_URL", "http://127.0.0.1:" + std::to_string(port)},
        {"DEMO_SYSTEMS_PROGRAM", systemsProgram},
        {"DEMO_SYSTEMS_STATE", (folder.root() / "systems" / "state.db").string()}};
    std::vector<const trust::PrivateKey*> founderKeys;
    for (const auto& [id, key] : people.founderKeys)
        founderKeys.push_back(&key);
    progress("Founding the workspace: roster and policy, signed by three founders");
    CS_CHECK(createWorkspace(folder, input, founderKeys, clock, entropy));
    CS_CHECK(moveInto(keys, folder.keys()));
    for (const std::string& name : resourceNames("demo/connectors"))
        CS_CHECK(
            writeFileWhole(folder.connectors() / name, resourceText("demo/connectors/" + name)));
    for (const fs::path& needed : {folder.root() / "systems", folder.root() / "outbox" / "mail"})
        fs::create_directories(needed, ignored);
    CS_TRY(const auto core, Core::open(folder, {}));
    return sealDemoSecret(*core, entropy);
}

Result<void> deliverDemoDecisions(Core& core, const DemoProgress& progress)
{
    const fs::path drafts = core.folder().root() / "deliveries";
    for (const std::string& name : demoDecisionNames()) {
        CS_TRY(const auto files, demoDecision(name, core.now()));
        CS_CHECK(writeFolder(drafts / name, files));
        CS_TRY(const DeliveryReport report, core.ingest((drafts / name).string()));
        if (!report.accepted())
            return fail(report.errors.front());
        if (report.refusal)
            return fail(*report.refusal);
        progress("Handed in: " + (report.request ? report.request->title : name));
    }
    return {};
}

DemoSystems::DemoSystems(std::unique_ptr<QProcess> process)
    : m_process(std::move(process))
{}

DemoSystems::~DemoSystems()
{
    constexpr int kEndMsMax = 3000;
    m_process->terminate();
    if (!m_process->waitForFinished(kEndMsMax)) {
        m_process->kill();
        m_process->waitForFinished(kEndMsMax);
    }
}

Result<std::unique_ptr<DemoSystems>> DemoSystems::start(const WorkspaceFolder& folder)
{
    CS_TRY(const WorkspaceSettings settings, folder.readSettings());
    const auto url = settings.variables.find("SYSTEMS_URL");
    const auto program = settings.variables.find("DEMO_SYSTEMS_PROGRAM");
    const auto state = settings.variables.find("DEMO_SYSTEMS_STATE");
    if (url == settings.variables.end() || program == settings.variables.end()
        || state == settings.variables.end())
        return fail(
            ErrorCode::InvalidInput,
            "this is not a demo workspace: it names no systems",
            "demo.settings");
    // A workspace of an earlier version has its token in a plain file still.
    if (!fs::exists(folder.vault())) {
        SystemEntropy entropy;
        CS_TRY(const auto core, Core::open(folder, {}));
        CS_CHECK(sealDemoSecret(*core, entropy));
    }
    CS_TRY(const trust::SecretBytes token, demoSecret(folder));
    const std::string port = url->second.substr(url->second.rfind(':') + 1);
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(
        QString::fromStdString(program->second),
        {QStringLiteral("--port"),
         QString::fromStdString(port),
         QStringLiteral("--state"),
         QString::fromStdString(state->second),
         QStringLiteral("--token-file"),
         QStringLiteral("-"),
         QStringLiteral("--mail-drop"),
         QString::fromStdString((folder.root() / "outbox" / "mail").string()),
         QStringLiteral("--parent-pid"),
         QString::number(QCoreApplication::applicationPid())});
    // One line with the port says that they listen.
    process->write(token.data(), static_cast<qint64>(token.size()));
    process->closeWriteChannel();
    if (!process->waitForStarted(kStartMsMax) || !process->waitForReadyRead(kStartMsMax)) {
        process->kill();
        process->waitForFinished(kStartMsMax);
        return fail(
            ErrorCode::Unavailable,
            "the business systems did not start on port " + port
                + "; is another copy of this demo open?",
            "demo.systems");
    }
    return std::unique_ptr<DemoSystems>(new DemoSystems(std::move(process)));
}

} // namespace countersign::app
