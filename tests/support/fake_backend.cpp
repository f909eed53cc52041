#include "tests/support/fake_backend.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::tests {

void FakeBackend::add(const ui::DecisionView& view)
{
    rows.push_back(queueRow(view));
    for (const ui::LocalKey& mine : keysFor(view)) {
        if (key(mine.name) == nullptr)
            keys.push_back(mine);
    }
    decisions.insert_or_assign(view.decisionId, view);
}

void FakeBackend::release()
{
    give(std::exchange(m_held, {}));
}

void FakeBackend::releaseReversed()
{
    auto held = std::exchange(m_held, {});
    std::reverse(held.begin(), held.end());
    give(held);
}

void FakeBackend::give(const std::vector<std::function<void()>>& replies)
{
    for (const auto& reply : replies)
        reply();
    // A reply that was waited for comes as an event.
    QCoreApplication::sendPostedEvents();
}

const ui::LocalKey* FakeBackend::key(const std::string& name) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const ui::LocalKey& candidate) {
        return candidate.name == name;
    });
    return found == keys.end() ? nullptr : &*found;
}

QFuture<Result<ui::WorkspaceInfo>> FakeBackend::workspace()
{
    return reply<ui::WorkspaceInfo>(info);
}

QFuture<Result<ui::QueuePage>> FakeBackend::queuePage(ui::QueueQuery query)
{
    queueQueries.push_back(query);
    if (queueError)
        return reply<ui::QueuePage>(fail(*queueError));
    const std::size_t first = query.after.token.empty() ? 0 : std::stoul(query.after.token);
    const std::size_t last = std::min(rows.size(), first + static_cast<std::size_t>(query.limit));
    ui::QueuePage page;
    for (std::size_t i = first; i < last; ++i) {
        if (rows[i].title.find(query.searchText) != std::string::npos)
            page.rows.push_back(rows[i]);
    }
    if (last < rows.size())
        page.next = ui::PageCursor{std::to_string(last)};
    return reply<ui::QueuePage>(std::move(page));
}

QFuture<Result<ui::DecisionView>> FakeBackend::decision(std::string decisionId)
{
    const auto found = decisions.find(decisionId);
    if (found == decisions.end())
        return reply<ui::DecisionView>(fail(ErrorCode::NotFound, "no such decision"));
    return reply<ui::DecisionView>(found->second);
}

QFuture<Result<std::vector<ui::RunView>>> FakeBackend::runs(ui::PageCursor after, int limit)
{
    using Runs = std::vector<ui::RunView>;
    if (runsError)
        return reply<Runs>(fail(*runsError));
    Runs all;
    for (const auto& [id, view] : decisions)
        all.insert(all.end(), view.runs.begin(), view.runs.end());
    all.insert(all.end(), runList.begin(), runList.end());
    auto first = all.begin();
    if (!after.token.empty()) {
        first = std::find_if(all.begin(), all.end(), [&](const ui::RunView& candidate) {
            return candidate.runId == after.token;
        });
        if (first != all.end())
            ++first;
    }
    const auto last = first + std::min<std::ptrdiff_t>(limit, all.end() - first);
    Runs page(first, last);
    for (ui::RunView& shown : page)
        shown.steps.clear();
    return reply<Runs>(std::move(page));
}

QFuture<Result<ui::RunView>> FakeBackend::run(std::string runId)
{
    for (const auto& [id, view] : decisions) {
        for (const ui::RunView& candidate : view.runs) {
            if (candidate.runId == runId)
                return reply<ui::RunView>(candidate);
        }
    }
    for (const ui::RunView& candidate : runList) {
        if (candidate.runId == runId)
            return reply<ui::RunView>(candidate);
    }
    return reply<ui::RunView>(fail(ErrorCode::NotFound, "no such run"));
}

QFuture<Result<ui::LogPage>> FakeBackend::log(std::uint64_t first, int limit)
{
    logQueries.emplace_back(first, limit);
    if (logError)
        return reply<ui::LogPage>(fail(*logError));
    ui::LogPage page;
    page.total = logSize;
    const std::uint64_t last = std::min(logSize, first + static_cast<std::uint64_t>(limit));
    for (std::uint64_t i = first; i < last; ++i)
        page.rows.push_back(logRow(i));
    return reply<ui::LogPage>(std::move(page));
}

QFuture<Result<Json>> FakeBackend::logEntry(std::uint64_t index)
{
    const auto found = logEntries.find(index);
    if (found != logEntries.end())
        return reply<Json>(found->second);
    if (index >= logSize)
        return reply<Json>(fail(ErrorCode::NotFound, "no such entry"));
    return reply<Json>(eventEntry(index, logSize));
}

QFuture<Result<control::Roster>> FakeBackend::roster()
{
    return reply<control::Roster>(people.value_or(control::Roster{}));
}

QFuture<Result<std::vector<ui::LocalKey>>> FakeBackend::localKeys()
{
    return reply<std::vector<ui::LocalKey>>(keys);
}

QFuture<Result<std::vector<ui::PackRow>>> FakeBackend::packs()
{
    return reply<std::vector<ui::PackRow>>(packRows);
}

QFuture<Result<ui::SigningDraft>> FakeBackend::prepareAnswer(ui::AnswerIntent intent)
{
    answerIntents.push_back(intent);
    if (prepareError)
        return reply<ui::SigningDraft>(fail(*prepareError));
    const ui::DecisionView& view = decisions.at(intent.decisionId);
    const ui::LocalKey* const mine = key(intent.keyName);
    if (mine == nullptr)
        return reply<ui::SigningDraft>(fail(ErrorCode::NotFound, "no such key"));
    if (intent.shownRequest != *view.requestSha256)
        return reply<ui::SigningDraft>(
            fail(ErrorCode::Conflict, "another revision", "answer.request"));
    const bool needsReason =
        intent.kind == control::AnswerKind::Reject || intent.kind == control::AnswerKind::Respond;
    if (needsReason && intent.reason.empty())
        return reply<ui::SigningDraft>(
            fail(ErrorCode::InvalidInput, "a reason is needed", "answer.reason"));
    control::ApprovalRequest request = *view.request;
    if (intent.amendedPlan) {
        request.plan.sha256 = *canonicalDigest(*intent.amendedPlan);
        request.plan.revision += 1;
        request.revision += 1;
        for (control::PacketItem& part : request.packet) {
            if (part.schema == "execution_plan")
                part = request.plan;
        }
    }
    control::AnswerDraft answer{
        .kind = intent.kind,
        .personId = mine->personId,
        .keyId = mine->keyId,
        .reason = intent.reason,
        .deferUntil = intent.deferUntil,
        .statedConfidence = {},
        .previous = {},
        .nonce = "00112233445566778899aabbccddeeff",
        .issuedAt = request.requestedAt};
    ui::SigningDraft draft{
        .payload = control::answerStatement(request, answer),
        .request = request,
        .requestSha256 = control::requestDigest(request),
        .personId = mine->personId,
        .keyName = mine->name,
        .keyId = mine->keyId,
        .answer = answer,
        .order = {},
        .amendedPlan = intent.amendedPlan,
        .completesQuorum = view.quorum->nextMayComplete};
    return reply<ui::SigningDraft>(std::move(draft));
}

QFuture<Result<ui::SigningDraft>> FakeBackend::prepareOrder(ui::OrderIntent intent)
{
    orderIntents.push_back(intent);
    const ui::LocalKey* const mine = key(intent.keyName);
    for (const auto& [id, view] : decisions) {
        for (const ui::RunView& candidate : view.runs) {
            if (candidate.runId != intent.runId || mine == nullptr)
                continue;
            const control::RunOrder order{
                intent.kind,
                intent.runId,
                intent.stepId,
                mine->personId,
                mine->keyId,
                intent.reason,
                "00112233445566778899aabbccddeeff",
                view.request->requestedAt};
            return reply<ui::SigningDraft>(ui::SigningDraft{
                .payload = control::runOrderStatement(*view.request, order),
                .request = *view.request,
                .requestSha256 = *view.requestSha256,
                .personId = mine->personId,
                .keyName = mine->name,
                .keyId = mine->keyId,
                .answer = {},
                .order = order,
                .amendedPlan = {},
                .completesQuorum = true});
        }
    }
    return reply<ui::SigningDraft>(fail(ErrorCode::NotFound, "no such run or key"));
}

QFuture<Result<void>>
FakeBackend::sign(ui::SigningDraft draft, std::shared_ptr<const trust::SecretBytes> given)
{
    if (given->view() != passphrase)
        return reply<void>(fail(ErrorCode::PassphraseWrong, "wrong passphrase"));
    signedDrafts.push_back(std::move(draft));
    return reply<void>({});
}

QFuture<Result<ui::LocalKey>> FakeBackend::createKey(
    std::string name, std::string algorithm, std::shared_ptr<const trust::SecretBytes> given)
{
    newKeyAlgorithms.push_back(algorithm);
    newKeyPassphrase = given->view();
    const std::string keyId = Digest::of(name).hex();
    keys.push_back({std::move(name), keyId, std::move(algorithm), {}, {}, {}});
    return reply<ui::LocalKey>(keys.back());
}

QFuture<Result<ui::PackRow>> FakeBackend::exportPack(std::string decisionId, std::string path)
{
    exports.emplace_back(decisionId, path);
    if (exportError)
        return reply<ui::PackRow>(fail(*exportError));
    const auto view = decisions.find(decisionId);
    if (view == decisions.end())
        return reply<ui::PackRow>(fail(ErrorCode::NotFound, "no such decision"));
    packRows.insert(
        packRows.begin(),
        {path,
         decisionId,
         view->second.request->title,
         at("2026-05-21T08:30:00Z"),
         Digest::of(path).hex(),
         184'320});
    return reply<ui::PackRow>(packRows.front());
}

QFuture<Result<ui::VerificationReport>> FakeBackend::verifyPack(std::string path)
{
    verifiedPacks.push_back(std::move(path));
    if (verifyError)
        return reply<ui::VerificationReport>(fail(*verifyError));
    return reply<ui::VerificationReport>(report);
}

QFuture<Result<ui::VerificationReport>> FakeBackend::verifyWorkspace(bool deep)
{
    workspaceVerifications.push_back(deep);
    if (verifyError)
        return reply<ui::VerificationReport>(fail(*verifyError));
    return reply<ui::VerificationReport>(report);
}

QFuture<Result<void>> FakeBackend::ingest(std::string)
{
    return reply<void>({});
}

} // namespace countersign::tests
