#include "app/demo/terminal_demo.h"

#include "app/core/stored_plans.h"
#include "app/demo/demo_secret.h"
#include "app/demo/demo_workspace.h"
#include "app/demo/systems_client.h"
#include "app/evidence/export_pack.h"
#include "app/evidence/verify.h"
#include "app/views/decision_view.h"
#include "app/views/queue_view.h"
#include "planes/trust/key_store.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <map>
#include <ostream>

namespace countersign::app {

namespace {

constexpr int kTurnsMax = 4000;
constexpr int kTurnWaitMs = 10;

/// A story of the demo: which decision, and who signs it. The first of them opens the gates, too.
struct Story
{
    std::string titlePart;
    std::vector<std::string> signers;
};

// Found by a part of their titles: ids are data.
const std::vector<Story> kStories = {
    {"Brightloom", {"greta.holm", "tomas.lindqvist", "priya.raman"}},
    {"Halden", {"noura.alsubaie", "priya.raman"}},
};

class Demo
{
public:
    Demo(const std::filesystem::path& folder, bool json, std::ostream& out)
        : m_folder(folder)
        , m_json(json)
        , m_out(out)
    {}

    Result<void> run()
    {
        SystemEntropy entropy;
        stage("Founding the demo workspace in " + m_folder.root().string());
        CS_CHECK(createDemoWorkspace(
            m_folder,
            demoSystemsProgram(),
            SystemClock(),
            entropy,
            [this](const std::string& line) { say(line); }));
        stage("Starting the business systems");
        CS_TRY(const auto systems, DemoSystems::start(m_folder));
        CS_TRY(const WorkspaceSettings settings, m_folder.readSettings());
        say("listening on " + settings.variables.at("SYSTEMS_URL"));
        CS_TRY(const trust::SecretBytes token, demoSecret(m_folder));
        m_systems.emplace(settings.variables.at("SYSTEMS_URL"), std::string(token.view()));

        CoreOptions options;
        options.engine = true;
        CS_TRY(m_core, Core::open(m_folder, options));
        stage("Six decisions arrive from the agents");
        CS_CHECK(deliverDemoDecisions(*m_core, [this](const std::string& line) { say(line); }));
        CS_CHECK(showQueue());
        CS_CHECK(m_systems->addFault(
            {{"system", "key-vault"},
             {"operation", "key.issue"},
             {"kind", "drop_answer"},
             {"times", 1}}));
        for (const Story& story : kStories)
            CS_CHECK(decide(story));
        CS_CHECK(lookAtSystems());
        CS_CHECK(verifyAll());
        CS_CHECK(exportAndVerify());
        m_core.reset();
        if (m_json)
            m_out << m_summary.dump(2) << '\n';
        return {};
    }

private:
    void stage(const std::string& title)
    {
        if (!m_json)
            m_out << "\n== " << title << '\n' << std::flush;
    }
    void say(const std::string& line)
    {
        if (!m_json)
            m_out << "   " << line << '\n' << std::flush;
    }

    /// Everything that is read for printing goes through the same views as the console's.
    template <class T, class Question>
    Result<T> read(Question question)
    {
        const auto reader = m_core->store().openReader();
        const ViewContext context{
            m_core->store().database(), *reader, m_core->foundation(), m_core->now()};
        return question(context);
    }

    Result<void> showQueue()
    {
        stage("The queue: priority, then age");
        CS_TRY(const ui::QueuePage page, read<ui::QueuePage>([](const ViewContext& context) {
                   return queuePage(context, {}, {});
               }));
        for (const ui::QueueRow& row : page.rows) {
            m_decisions[row.title] = row.decisionId;
            say("[" + text(row.classes) + "] " + row.title + "  ("
                + std::to_string(row.approvalsHave) + "/" + std::to_string(row.approvalsNeeded)
                + " signed, due " + row.dueAt.text() + ")");
        }
        return {};
    }

    Result<std::string> decisionOf(const Story& story) const
    {
        for (const auto& [title, id] : m_decisions) {
            if (title.find(story.titlePart) != std::string::npos)
                return id;
        }
        return fail(ErrorCode::NotFound, "no decision is about " + story.titlePart, "demo.absent");
    }

    Result<trust::PrivateKey> unlock(const std::string& person) const
    {
        return trust::KeyStore(m_folder.keys())
            .load(person, trust::SecretBytes::copyOf(kDemoPassphrase));
    }

    Result<void> decide(const Story& story)
    {
        CS_TRY(const std::string decisionId, decisionOf(story));
        stage("Signing: " + titleOf(decisionId));
        for (const std::string& signer : story.signers)
            CS_CHECK(approve(decisionId, signer));
        stage("Carrying out: " + titleOf(decisionId));
        CS_CHECK(runToTheEnd(decisionId, story.signers.front()));
        m_finished.push_back(decisionId);
        return {};
    }

    [[nodiscard]] std::string titleOf(const std::string& decisionId) const
    {
        const auto found =
            std::find_if(m_decisions.begin(), m_decisions.end(), [&](const auto& item) {
                return item.second == decisionId;
            });
        return found->first;
    }

    Result<void> approve(const std::string& decisionId, const std::string& signer)
    {
        CS_TRY(const trust::PrivateKey key, unlock(signer));
        AnswerWish wish;
        wish.decisionId = decisionId;
        wish.keyId = key.publicKey().keyId();
        CS_TRY(const PreparedAnswer prepared, m_core->prepareAnswer(wish));
        if (m_shownRequest != prepared.requestSha256.hex()) {
            say("\"" + prepared.request.ask + "\"");
            say("request " + prepared.requestSha256.groupedText());
            m_shownRequest = prepared.requestSha256.hex();
        }
        CS_TRY(
            const trust::Envelope envelope,
            trust::signEnvelope(prepared.payload, trust::kInTotoPayloadType, key));
        CS_TRY(const control::AnswerOutcome outcome, m_core->submitAnswer(decisionId, envelope));
        say(displayName(m_core->foundation().roster(), signer)
            + " approved: " + std::to_string(outcome.quorum.approvals.size()) + " of "
            + std::to_string(prepared.request.approvalsNeeded)
            + (outcome.quorum.status == control::RequestStatus::Authorized ? ", the quorum is met"
                                                                           : ""));
        return {};
    }

    Result<ui::RunView> runOf(const std::string& decisionId)
    {
        StoredPlans plans(m_core->store().database());
        CS_TRY(const ui::DecisionView view, read<ui::DecisionView>([&](const ViewContext& context) {
                   return decisionView(context, plans, decisionId);
               }));
        if (view.runs.empty())
            return fail(ErrorCode::NotFound, "the decision has no run", "run.unknown");
        return view.runs.front();
    }

    Result<void> runToTheEnd(const std::string& decisionId, const std::string& gatekeeper)
    {
        std::map<std::string, std::size_t> printed;
        for (int turn = 0; turn < kTurnsMax; ++turn) {
            const CoreTurn turned = m_core->turn();
            if (!turned.troubles.empty())
                return fail(turned.troubles.front());
            CS_TRY(const ui::RunView run, runOf(decisionId));
            printProgress(run, printed);
            if (run.finishedAt) {
                say("run " + run.runId + " " + run.status);
                if (run.status != "completed")
                    return fail(ErrorCode::Refused, "the run ended as " + run.status, "demo.run");
                return {};
            }
            if (run.status == "gate")
                CS_CHECK(openGates(run, gatekeeper));
            else if (run.status == "blocked" || run.status == "halted" || run.status == "in_doubt")
                return fail(
                    ErrorCode::Refused,
                    "the run stands " + run.status + ": " + run.statusDetail,
                    "demo.run");
            QThread::msleep(kTurnWaitMs);
        }
        return fail(ErrorCode::Timeout, "the run did not end in time", "demo.run");
    }

    void printProgress(const ui::RunView& run, std::map<std::string, std::size_t>& printed)
    {
        for (const ui::StepView& step : run.steps) {
            std::size_t& count = printed[step.stepId];
            for (; count < step.attempts.size() && !step.attempts[count].result.empty(); ++count) {
                const ui::AttemptView& attempt = step.attempts[count];
                say(step.title + ": attempt " + std::to_string(attempt.attempt) + " "
                    + attempt.result
                    + (attempt.errorCode.empty() ? "" : " (" + attempt.errorCode + ")"));
            }
        }
    }

    Result<void> openGates(const ui::RunView& run, const std::string& gatekeeper)
    {
        for (const ui::StepView& step : run.steps) {
            if (step.status != ui::StepStatus::Gate)
                continue;
            CS_TRY(const trust::PrivateKey key, unlock(gatekeeper));
            CS_TRY(
                const PreparedOrder order,
                m_core->prepareOrder(
                    {run.runId,
                     step.stepId,
                     control::RunOrderKind::ConfirmGate,
                     key.publicKey().keyId(),
                     {}}));
            CS_TRY(
                const trust::Envelope envelope,
                trust::signEnvelope(order.payload, trust::kInTotoPayloadType, key));
            CS_CHECK(m_core->submitOrder(envelope));
            say(displayName(m_core->foundation().roster(), gatekeeper) + " opened the gate of \""
                + step.title + "\"");
        }
        return {};
    }

    /// What stands in the business systems, asked of them and not of us: each key once.
    Result<void> lookAtSystems()
    {
        stage("What stands in the business systems");
        std::map<std::string, int> counts;
        std::size_t expected = 0;
        for (const std::string& decisionId : m_finished) {
            CS_TRY(const ui::RunView run, runOf(decisionId));
            expected += run.steps.size();
        }
        // The mail system works through its folder in its own time.
        for (int wait = 0; wait < kTurnsMax && counts.size() < expected; ++wait) {
            CS_TRY(const std::vector<Json> effects, m_systems->effects());
            counts.clear();
            for (const Json& effect : effects)
                ++counts
                    [textMember(effect, "system") + " " + textMember(effect, "operation") + "  "
                     + textMember(effect, "idempotency_key")];
            if (counts.size() < expected)
                QThread::msleep(kTurnWaitMs);
        }
        for (const auto& [effect, count] : counts)
            say(std::to_string(count) + " × " + effect);
        const bool once = std::all_of(
            counts.begin(), counts.end(), [](const auto& item) { return item.second == 1; });
        if (!once || counts.size() != expected)
            return fail(ErrorCode::Corrupt, "the effects do not stand once each", "demo.effects");
        say("every one of the " + std::to_string(expected) + " effects stands exactly once");
        m_summary["effects"] = expected;
        return {};
    }

    Result<void> report(const ui::VerificationReport& verification)
    {
        for (const ui::CheckRow& row : verification.checks)
            say((row.good ? "ok      " : "BROKEN  ") + row.what
                + (row.detail.empty() ? "" : "  " + row.detail));
        if (verification.good)
            return {};
        return fail(verification.firstBroken.value_or(
            Error{ErrorCode::Corrupt, "the verification failed", "demo.verify"}));
    }

    Result<void> verifyAll()
    {
        stage("Verifying the workspace, deep: every table rebuilt from the ledger");
        CS_TRY(const ui::VerificationReport verification, verifyWorkspaceFolder(m_folder, true));
        m_summary["workspace_verified"] = verification.good;
        return report(verification);
    }

    Result<void> exportAndVerify()
    {
        const std::string decisionId = m_finished.front();
        const std::string path = (m_folder.packs() / (decisionId + ".zip")).string();
        stage("Exporting the evidence pack");
        CS_TRY(const ExportedPack pack, exportPack(*m_core, decisionId, path));
        say(std::to_string(pack.byteCount) + " bytes, SHA-256 " + pack.sha256.groupedText());
        stage("Verifying the pack against the anchor " + m_core->foundation().anchor.groupedText());
        CS_TRY(
            const ui::VerificationReport verification,
            verifyPackFile(path, m_core->foundation().anchor));
        CS_CHECK(report(verification));
        m_summary["workspace"] = m_folder.root().string();
        m_summary["decisions"] = m_finished;
        m_summary["pack"] = path;
        m_summary["pack_sha256"] = pack.sha256.hex();
        m_summary["pack_verified"] = verification.good;
        m_summary["anchor"] = m_core->foundation().anchor.hex();
        stage("Done");
        say("verified pack: " + path);
        return {};
    }

    WorkspaceFolder m_folder;
    bool m_json;
    std::ostream& m_out;
    std::unique_ptr<Core> m_core;
    std::optional<SystemsClient> m_systems;
    std::map<std::string, std::string> m_decisions;
    std::vector<std::string> m_finished;
    std::string m_shownRequest;
    Json m_summary = Json::object();
};

} // namespace

Result<void> runTerminalDemo(const std::filesystem::path& workspace, bool json, std::ostream& out)
{
    return Demo(workspace, json, out).run();
}

} // namespace countersign::app
