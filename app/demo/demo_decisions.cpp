#include "app/demo/demo_decisions.h"

#include "app/core/projections.h"
#include "app/core/workspace_folder.h"

#include <QDirIterator>

#include <algorithm>

namespace countersign::app {

namespace {

const std::string kRoot = "demo/decisions";

struct Case
{
    std::map<std::string, Json> documents;
    std::map<std::string, std::string> sources;
};

bool isRecord(const std::string& path)
{
    return path.size() > 5 && path.substr(path.size() - 5) == ".json"
           && path.rfind("sources/", 0) != 0;
}

Result<Case> readCase(const std::string& name)
{
    Case loaded;
    const QString root = QString::fromStdString(":/" + kRoot + "/" + name);
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const std::string path = files.next().mid(root.size() + 1).toStdString();
        std::string bytes = resourceText(kRoot + "/" + name + "/" + path);
        if (!isRecord(path)) {
            loaded.sources[path] = std::move(bytes);
            continue;
        }
        CS_TRY(loaded.documents[path], parseJson(bytes));
    }
    if (loaded.documents.count("approval_request.json") == 0)
        return fail(ErrorCode::NotFound, "there is no demo decision " + name, "demo.absent");
    return loaded;
}

bool liesAhead(const Json& object, const char* member, Instant now)
{
    const auto at = Instant::parse(textMember(object, member));
    return at.ok() && *at > now;
}

/// What others will only do later: votes, and the status that follows from them.
void forgetFutureVotes(Json& request, Instant now)
{
    Json votes = Json::array();
    bool forgot = false;
    for (Json& vote : request["votes"]) {
        if (liesAhead(vote, "at", now))
            forgot = true;
        else
            votes.push_back(std::move(vote));
    }
    request["votes"] = std::move(votes);
    if (forgot || liesAhead(request, "resolved_at", now)) {
        request["status"] = "pending";
        request.erase("resolved_at");
    }
}

/// Actuals that are not known yet, and everything that was computed from them.
void forgetFutureActuals(Json& forecast, Instant now)
{
    const Json& entries = forecast["entries"];
    const bool ahead = std::any_of(entries.begin(), entries.end(), [&](const Json& entry) {
        return entry.contains("actual") && liesAhead(entry["actual"], "observed_at", now);
    });
    if (!ahead)
        return;
    for (Json& entry : forecast["entries"]) {
        entry.erase("actual");
        entry.erase("scores");
    }
    forecast["summary"] = {{"resolved_count", 0}};
}

void forgetFuture(Case& loaded, Instant now)
{
    for (auto it = loaded.documents.begin(); it != loaded.documents.end();) {
        Json& document = it->second;
        const std::string schema = textMember(document["header"], "schema");
        // Receipts and outcomes tell of carrying out what has not been decided here yet.
        if (schema == "tool_receipt" || schema == "outcome") {
            it = loaded.documents.erase(it);
            continue;
        }
        if (schema == "approval_request")
            forgetFutureVotes(document, now);
        else if (schema == "forecast")
            forgetFutureActuals(document, now);
        else if (schema == "memo" && textMember(document, "status") == "decided")
            document["status"] = "ready_for_review";
        ++it;
    }
}

/// A plan that waits for the end of its own request would leave nothing to watch: it may begin with
/// the request, and now.
Result<void> letPlanBegin(Case& loaded, Instant now)
{
    const Json& request = loaded.documents["approval_request.json"];
    Json& plan = loaded.documents["execution_plan.json"];
    CS_TRY(const Instant requestedAt, Instant::parse(textMember(request, "requested_at")));
    CS_TRY(const Instant notBefore, Instant::parse(textMember(plan, "not_before")));
    if (notBefore > requestedAt)
        plan["not_before"] = request["requested_at"];
    if (std::min(notBefore, requestedAt) > now)
        plan["not_before"] = now.text();
    return {};
}

} // namespace

std::vector<std::string> demoDecisionNames()
{
    return resourceNames(kRoot);
}

Result<std::map<std::string, std::string>> demoDecision(const std::string& name, Instant now)
{
    CS_TRY(Case loaded, readCase(name));
    const Json& request = loaded.documents["approval_request.json"];
    CS_TRY(const Instant requestedAt, Instant::parse(textMember(request, "requested_at")));
    CS_TRY(const Instant dueAt, Instant::parse(textMember(request, "due_at")));
    CS_TRY(const Instant expiresAt, Instant::parse(textMember(request, "expires_at")));
    const int days = daysToOpen(requestedAt, dueAt, expiresAt, now);
    for (auto& [path, document] : loaded.documents)
        moveTimes(document, days);
    forgetFuture(loaded, now);
    CS_CHECK(letPlanBegin(loaded, now));
    CS_CHECK(resealDocuments(loaded.documents));
    std::map<std::string, std::string> files = std::move(loaded.sources);
    for (const auto& [path, document] : loaded.documents)
        files[path] = document.dump(2) + "\n";
    return files;
}

Result<void>
writeFolder(const std::filesystem::path& folder, const std::map<std::string, std::string>& files)
{
    for (const auto& [path, bytes] : files) {
        std::error_code error;
        std::filesystem::create_directories((folder / path).parent_path(), error);
        if (error)
            return fail(Error{
                ErrorCode::StorageFailed,
                "cannot create the folder: " + error.message(),
                "file",
                folder.string()});
        CS_CHECK(writeFileWhole(folder / path, bytes));
    }
    return {};
}

} // namespace countersign::app
