#include "app/console/local_backend.h"

#include "app/evidence/export_pack.h"
#include "app/evidence/verify.h"
#include "app/views/decision_view.h"
#include "app/views/log_view.h"
#include "app/views/queue_view.h"
#include "app/views/run_view.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>

namespace countersign::app {

namespace {

/// A future that the core's thread will finish.
template <class T>
struct Pending
{
    std::shared_ptr<QPromise<Result<T>>> promise = std::make_shared<QPromise<Result<T>>>();

    Pending() { promise->start(); }
    void finish(Result<T> result) const
    {
        promise->addResult(std::move(result));
        promise->finish();
    }
};

ui::LocalKey localKeyOf(const trust::StoredKey& stored, const control::Roster& roster)
{
    ui::LocalKey key;
    key.name = stored.name;
    if (!stored.publicKey)
        return key;
    key.keyId = stored.publicKey->keyId();
    key.algorithm = std::string(trust::text(stored.publicKey->algorithm()));
    if (const control::Person* holder = roster.holderOf(key.keyId); holder != nullptr) {
        key.personId = holder->id;
        key.displayName = holder->displayName;
        key.roles = holder->roles;
    }
    return key;
}

Result<std::vector<ui::LocalKey>>
listKeys(const trust::KeyStore& keys, const control::Roster& roster)
{
    CS_TRY(const std::vector<trust::StoredKey> stored, keys.list());
    std::vector<ui::LocalKey> local;
    for (const trust::StoredKey& key : stored)
        local.push_back(localKeyOf(key, roster));
    return local;
}

Result<std::string> keyIdOf(const trust::KeyStore& keys, const std::string& name)
{
    CS_TRY(const std::vector<trust::StoredKey> stored, keys.list());
    const auto found = std::find_if(stored.begin(), stored.end(), [&](const trust::StoredKey& key) {
        return key.name == name;
    });
    if (found == stored.end() || !found->publicKey)
        return fail(ErrorCode::NotFound, "there is no key named " + name, "key.absent");
    return found->publicKey->keyId();
}

Result<ui::SigningDraft>
draftOf(Core& core, const trust::KeyStore& keys, const ui::AnswerIntent& intent)
{
    CS_TRY(std::string keyId, keyIdOf(keys, intent.keyName));
    CS_TRY(
        PreparedAnswer prepared,
        core.prepareAnswer(
            {intent.decisionId,
             intent.kind,
             keyId,
             intent.reason,
             intent.deferUntil,
             intent.amendedPlan,
             intent.shownRequest}));
    std::string personId = prepared.draft.personId;
    return ui::SigningDraft{
        std::move(prepared.payload),
        std::move(prepared.request),
        prepared.requestSha256,
        std::move(personId),
        intent.keyName,
        std::move(keyId),
        std::move(prepared.draft),
        std::nullopt,
        std::move(prepared.amendedPlan),
        prepared.completesQuorum};
}

Result<ui::SigningDraft>
draftOf(Core& core, const trust::KeyStore& keys, const ui::OrderIntent& intent)
{
    CS_TRY(std::string keyId, keyIdOf(keys, intent.keyName));
    CS_TRY(
        PreparedOrder prepared,
        core.prepareOrder({intent.runId, intent.stepId, intent.kind, keyId, intent.reason}));
    std::string personId = prepared.order.personId;
    return ui::SigningDraft{
        std::move(prepared.payload),
        std::move(prepared.request),
        prepared.requestSha256,
        std::move(personId),
        intent.keyName,
        std::move(keyId),
        std::nullopt,
        std::move(prepared.order),
        std::nullopt,
        false};
}

Result<void> submit(Core& core, const ui::SigningDraft& draft, const trust::Envelope& envelope)
{
    if (draft.order)
        return core.submitOrder(envelope);
    std::optional<PreparedAnswer> amended;
    if (draft.amendedPlan)
        amended = PreparedAnswer{
            draft.payload,
            draft.request,
            draft.requestSha256,
            *draft.answer,
            draft.amendedPlan,
            draft.completesQuorum};
    CS_CHECK(core.submitAnswer(draft.request.decisionId, envelope, amended));
    return {};
}

Result<std::vector<ui::PackRow>> listPacks(const ViewContext& context)
{
    std::vector<ui::PackRow> rows;
    CS_CHECK(context.ledger.forEachOfType(
        std::string(kPackExported), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            rows.push_back(
                {textMember(event.body, "path"),
                 event.decisionId,
                 textMember(event.body, "title"),
                 event.time,
                 textMember(event.body, "sha256"),
                 event.body.value("size", std::uint64_t{0})});
            return true;
        }));
    std::reverse(rows.begin(), rows.end());
    return rows;
}

} // namespace

LocalBackend::LocalBackend(const WorkspaceFolder& folder, bool engine)
    : m_folder(folder)
    , m_core(folder, engine)
    , m_reader(folder)
    , m_keys(folder.keys())
{
    connect(&m_core.worker(), &CoreWorker::changed, this, &LocalBackend::changed);
    connect(&m_core.worker(), &CoreWorker::noticed, this, &LocalBackend::noticed);
}

LocalBackend::~LocalBackend() = default;

Result<std::unique_ptr<LocalBackend>> LocalBackend::open(const WorkspaceFolder& folder, bool engine)
{
    std::unique_ptr<LocalBackend> backend(new LocalBackend(folder, engine));
    CS_CHECK(backend->start());
    return backend;
}

Result<void> LocalBackend::start()
{
    // The core first: it brings an older database up to date, which a reader cannot.
    CS_CHECK(m_core.start());
    return m_reader.start();
}

QFuture<Result<ui::WorkspaceInfo>> LocalBackend::workspace()
{
    const Pending<ui::WorkspaceInfo> pending;
    m_core.post([this, pending](Core& core) {
        const auto settings = m_folder.readSettings();
        if (!settings.ok()) {
            pending.finish(settings.failure());
            return;
        }
        ui::WorkspaceInfo info;
        info.path = m_folder.root().string();
        info.name = settings->name;
        info.tenantId = settings->tenantId;
        info.origin = core.store().logKey().name();
        info.anchor = settings->anchor.hex();
        info.rosterVersion = core.foundation().roster().version;
        info.policyVersion = core.foundation().policy().version;
        info.engineRunsHere = core.runsEngine();
        info.inboxPath = m_folder.inbox().string();
        if (const auto head = trust::storedHead(core.store().database(), core.store().logKey());
            head.ok())
            info.ledgerSize = head->checkpoint.size;
        pending.finish(std::move(info));
    });
    return pending.promise->future();
}

QFuture<Result<ui::QueuePage>> LocalBackend::queuePage(ui::QueueQuery query)
{
    return m_reader.ask<ui::QueuePage>(
        [this, query = std::move(query)](
            const ViewContext& context, StoredPlans&) -> Result<ui::QueuePage> {
            CS_TRY(const auto keys, listKeys(m_keys, context.foundation.roster()));
            std::vector<std::string> people;
            for (const ui::LocalKey& key : keys) {
                if (!key.personId.empty())
                    people.push_back(key.personId);
            }
            return app::queuePage(context, query, people);
        });
}

QFuture<Result<ui::DecisionView>> LocalBackend::decision(std::string decisionId)
{
    return m_reader.ask<ui::DecisionView>(
        [decisionId = std::move(decisionId)](const ViewContext& context, StoredPlans& plans) {
            return decisionView(context, plans, decisionId);
        });
}

QFuture<Result<std::vector<ui::RunView>>> LocalBackend::runs(ui::PageCursor after, int limit)
{
    return m_reader.ask<std::vector<ui::RunView>>(
        [after = std::move(after), limit](const ViewContext& context, StoredPlans& plans) {
            return runList(context, plans, after.token, limit);
        });
}

QFuture<Result<ui::RunView>> LocalBackend::run(std::string runId)
{
    return m_reader.ask<ui::RunView>(
        [runId = std::move(runId)](const ViewContext& context, StoredPlans& plans) {
            return runView(context, plans, runId);
        });
}

QFuture<Result<ui::LogPage>> LocalBackend::log(std::uint64_t first, int limit)
{
    return m_reader.ask<ui::LogPage>([first, limit](const ViewContext& context, StoredPlans&) {
        return logPage(context, first, limit);
    });
}

QFuture<Result<Json>> LocalBackend::logEntry(std::uint64_t index)
{
    return m_reader.ask<Json>([index](const ViewContext& context, StoredPlans&) {
        return app::logEntry(context, index);
    });
}

QFuture<Result<control::Roster>> LocalBackend::roster()
{
    return m_reader.ask<control::Roster>(
        [](const ViewContext& context, StoredPlans&) -> Result<control::Roster> {
            return context.foundation.roster();
        });
}

QFuture<Result<std::vector<ui::LocalKey>>> LocalBackend::localKeys()
{
    return m_reader.ask<std::vector<ui::LocalKey>>(
        [this](const ViewContext& context, StoredPlans&) {
            return listKeys(m_keys, context.foundation.roster());
        });
}

QFuture<Result<std::vector<ui::PackRow>>> LocalBackend::packs()
{
    return m_reader.ask<std::vector<ui::PackRow>>(
        [](const ViewContext& context, StoredPlans&) { return listPacks(context); });
}

QFuture<Result<ui::SigningDraft>> LocalBackend::prepareAnswer(ui::AnswerIntent intent)
{
    const Pending<ui::SigningDraft> pending;
    m_core.post([this, pending, intent = std::move(intent)](Core& core) {
        pending.finish(draftOf(core, m_keys, intent));
    });
    return pending.promise->future();
}

QFuture<Result<ui::SigningDraft>> LocalBackend::prepareOrder(ui::OrderIntent intent)
{
    const Pending<ui::SigningDraft> pending;
    m_core.post([this, pending, intent = std::move(intent)](Core& core) {
        pending.finish(draftOf(core, m_keys, intent));
    });
    return pending.promise->future();
}

QFuture<Result<void>>
LocalBackend::sign(ui::SigningDraft draft, std::shared_ptr<const trust::SecretBytes> passphrase)
{
    const Pending<void> pending;
    // Unlocking takes its time on purpose: not on the core's thread.
    static_cast<void>(
        QtConcurrent::run([this, pending, draft = std::move(draft), passphrase]() mutable {
            const auto key = m_keys.load(draft.keyName, *passphrase);
            passphrase.reset();
            if (!key.ok()) {
                pending.finish(key.failure());
                return;
            }
            auto envelope = trust::signEnvelope(draft.payload, trust::kInTotoPayloadType, *key);
            if (!envelope.ok()) {
                pending.finish(envelope.failure());
                return;
            }
            m_core.post([pending, draft = std::move(draft), envelope = std::move(*envelope)](
                            Core& core) { pending.finish(submit(core, draft, envelope)); });
        }));
    return pending.promise->future();
}

QFuture<Result<ui::LocalKey>> LocalBackend::createKey(
    std::string name, std::string algorithm, std::shared_ptr<const trust::SecretBytes> passphrase)
{
    return QtConcurrent::run(
        [this, name = std::move(name), algorithm = std::move(algorithm), passphrase]()
            -> Result<ui::LocalKey> {
            CS_TRY(const trust::KeyAlgorithm kind, trust::parseKeyAlgorithm(algorithm));
            CS_TRY(trust::PublicKey key, m_keys.create(name, kind, *passphrase));
            // Nobody's yet: the roster has to take it up.
            return localKeyOf({name, std::move(key)}, control::Roster());
        });
}

QFuture<Result<ui::PackRow>> LocalBackend::exportPack(std::string decisionId, std::string path)
{
    const Pending<ui::PackRow> pending;
    m_core.post([pending, decisionId = std::move(decisionId), path = std::move(path)](Core& core) {
        const auto pack = app::exportPack(core, decisionId, path);
        if (!pack.ok()) {
            pending.finish(pack.failure());
            return;
        }
        pending.finish(ui::PackRow{
            pack->path, decisionId, pack->title, core.now(), pack->sha256.hex(), pack->byteCount});
    });
    return pending.promise->future();
}

QFuture<Result<ui::VerificationReport>> LocalBackend::verifyPack(std::string path)
{
    return QtConcurrent::run([path = std::move(path), anchor = m_reader.anchor()] {
        return verifyPackFile(path, anchor);
    });
}

QFuture<Result<ui::VerificationReport>> LocalBackend::verifyWorkspace(bool deep)
{
    return QtConcurrent::run([this, deep] {
        return verifyWorkspaceFolder(m_folder, deep, [this](double fraction) {
            Q_EMIT progressed(QStringLiteral("verify"), fraction);
            return true;
        });
    });
}

QFuture<Result<void>> LocalBackend::ingest(std::string path)
{
    const Pending<void> pending;
    m_core.post([pending, path = std::move(path)](Core& core) {
        const auto report = core.ingest(path);
        if (!report.ok())
            pending.finish(report.failure());
        else if (!report->accepted())
            pending.finish(fail(report->errors.front()));
        else
            pending.finish({});
    });
    return pending.promise->future();
}

} // namespace countersign::app
