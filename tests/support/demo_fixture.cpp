#include "tests/support/demo_fixture.h"

#include "app/demo/demo_secret.h"

namespace countersign::testing {

namespace {

void replaceAll(std::string& text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

} // namespace

app::WorkspaceFolder DemoFixture::folder() const
{
    return app::WorkspaceFolder(m_parent.filePath(QStringLiteral("workspace")).toStdString());
}

Result<void> DemoFixture::make()
{
    SystemEntropy entropy;
    return app::createDemoWorkspace(
        folder(),
        COUNTERSIGN_BINARY_DIR "/bin/countersign-demo-systems",
        SystemClock(),
        entropy,
        [](const std::string&) {});
}

Result<void> DemoFixture::startSystems()
{
    CS_TRY(m_systems, app::DemoSystems::start(folder()));
    return {};
}

Result<std::unique_ptr<app::Core>> DemoFixture::open(bool engine) const
{
    app::CoreOptions options;
    options.engine = engine;
    return app::Core::open(folder(), options);
}

trust::PrivateKey DemoFixture::key(const std::string& person) const
{
    return trust::KeyStore(folder().keys())
        .load(person, trust::SecretBytes::copyOf(app::kDemoPassphrase))
        .value();
}

std::string DemoFixture::token() const
{
    return std::string(app::demoSecret(folder()).value().view());
}

Result<control::AnswerOutcome> DemoFixture::approve(
    app::Core& core, const std::string& decisionId, const std::string& person) const
{
    const trust::PrivateKey signer = key(person);
    app::AnswerWish wish;
    wish.decisionId = decisionId;
    wish.keyId = signer.publicKey().keyId();
    CS_TRY(const app::PreparedAnswer prepared, core.prepareAnswer(wish));
    CS_TRY(
        const trust::Envelope envelope,
        trust::signEnvelope(prepared.payload, trust::kInTotoPayloadType, signer));
    return core.submitAnswer(decisionId, envelope);
}

Result<void> DemoFixture::order(
    app::Core& core,
    const std::string& runId,
    const std::string& stepId,
    control::RunOrderKind kind,
    const std::string& person) const
{
    const trust::PrivateKey signer = key(person);
    CS_TRY(
        const app::PreparedOrder prepared,
        core.prepareOrder({runId, stepId, kind, signer.publicKey().keyId(), {}}));
    CS_TRY(
        const trust::Envelope envelope,
        trust::signEnvelope(prepared.payload, trust::kInTotoPayloadType, signer));
    return core.submitOrder(envelope);
}

DraftDecision DraftDecision::load(const std::string& name, Instant now)
{
    DraftDecision draft;
    const auto files = app::demoDecision(name, now).value();
    for (const auto& [path, bytes] : files) {
        if (path.size() > 5 && path.substr(path.size() - 5) == ".json"
            && path.rfind("sources/", 0) != 0)
            draft.documents[path] = parseJson(bytes).value();
        else
            draft.sources[path] = bytes;
    }
    return draft;
}

void DraftDecision::rename(EntropySource& entropy, Instant now)
{
    std::map<std::string, std::string> ids = {
        {decisionId(), DecisionId::make(now, entropy).text()}};
    for (auto it = documents.begin(); it != documents.end();) {
        if (it->first.rfind("metrics/", 0) == 0) {
            it = documents.erase(it);
            continue;
        }
        const std::string id = textMember(it->second["header"], "record_id");
        ids.emplace(id, RecordId::make(id.substr(0, 3), now, entropy).text());
        ++it;
    }
    for (auto& [path, document] : documents) {
        std::string text = document.dump();
        for (const auto& [from, to] : ids)
            replaceAll(text, from, to);
        document = parseJson(text).value();
    }
}

std::map<std::string, std::string> DraftDecision::seal()
{
    app::resealDocuments(documents).value();
    std::map<std::string, std::string> files = sources;
    for (const auto& [path, document] : documents)
        files[path] = document.dump(2) + "\n";
    return files;
}

std::string DraftDecision::decisionId() const
{
    return textMember(documents.at("memo.json").at("header"), "decision_id");
}

} // namespace countersign::testing
