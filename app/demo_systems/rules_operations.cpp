#include "app/demo_systems/reference_data.h"
#include "app/demo_systems/rule_desk.h"

#include <utility>

namespace countersign::demo {

namespace {

Result<EffectPlan> setRetention(const Desk& desk)
{
    CS_TRY(const std::string recordClass, desk.text("class"));
    CS_CHECK(desk.integer("months"));
    CS_CHECK(desk.text("mode"));
    const std::string uri = desk.uri("rules/" + recordClass);
    CS_TRY(const std::optional<Json> before, desk.find(uri));
    return single(
        uri, before ? Change::Updated : Change::Created, desk.payloadWithout("class"), "set");
}

std::string waveUri(const Desk& desk, std::int64_t wave)
{
    return desk.uri("quarantine/wave-" + std::to_string(wave));
}

Result<std::int64_t> lastWave(const Desk& desk)
{
    CS_TRY(const std::optional<Json> counter, desk.find(desk.uri("quarantine")));
    return counter ? counter->value("last_wave", std::int64_t{0}) : std::int64_t{0};
}

ResourceChange waveCounter(const Desk& desk, std::int64_t last)
{
    return {desk.uri("quarantine"), Change::Updated, Json{{"last_wave", last}}};
}

Result<EffectPlan> quarantineBatch(const Desk& desk)
{
    CS_TRY(const std::int64_t months, desk.integer("older_than_months"));
    CS_TRY(const std::int64_t last, lastWave(desk));
    const std::int64_t count = recordingCount(months);
    CS_TRY(
        EffectPlan plan,
        createAt(
            desk,
            waveUri(desk, last + 1),
            {{"older_than_months", months}, {"recordings", count}},
            "quarantined " + std::to_string(count)));
    plan.changes.push_back(waveCounter(desk, last + 1));
    return plan;
}

Result<EffectPlan> restoreBatch(const Desk& desk)
{
    CS_TRY(const std::int64_t wave, desk.integer("wave"));
    CS_TRY(EffectPlan plan, deleteAt(desk, waveUri(desk, wave), "restored"));
    CS_TRY(const std::int64_t last, lastWave(desk));
    if (wave == last)
        plan.changes.push_back(waveCounter(desk, last - 1));
    return plan;
}

Result<EffectPlan> purgeBatch(const Desk& desk)
{
    CS_TRY(const std::int64_t wave, desk.integer("wave"));
    CS_TRY(const Json destroyKeys, desk.member("destroy_keys"));
    CS_TRY(const Json batch, desk.existing(waveUri(desk, wave)));
    CS_TRY(
        EffectPlan plan,
        deleteAt(desk, waveUri(desk, wave), "purged " + batch.at("recordings").dump()));
    if (destroyKeys == true)
        plan.changes.push_back(
            {"https://kms.northgate.example/keys/" + waveKeyName(wave),
             Change::Deleted,
             std::nullopt});
    return plan;
}

Result<EffectPlan> issueKey(const Desk& desk)
{
    CS_TRY(const std::string subject, desk.text("subject"));
    CS_CHECK(desk.texts("scopes"));
    Json state = desk.payloadWithout("subject");
    state["status"] = "active";
    return createAt(desk, desk.uri("keys/" + subject), std::move(state), "key issued");
}

Result<EffectPlan> revokeKey(const Desk& desk)
{
    CS_TRY(const std::string subject, desk.text("subject"));
    return deleteAt(desk, desk.uri("keys/" + subject), "key revoked");
}

Result<EffectPlan> setRoutes(const Desk& desk)
{
    CS_CHECK(desk.text("carrier"));
    CS_TRY(const std::vector<std::string> depots, desk.texts("depots"));
    EffectPlan plan;
    plan.message = "routes updated";
    for (const std::string& depot : depots) {
        CS_TRY(
            ResourceChange change,
            replaceAt(desk, desk.uri("depots/" + depot), desk.payloadWithout("depots")));
        plan.changes.push_back(std::move(change));
    }
    return plan;
}

Result<EffectPlan> restoreRoutes(const Desk& desk)
{
    CS_TRY(const std::vector<std::string> depots, desk.texts("depots"));
    CS_CHECK(desk.text("snapshot"));
    EffectPlan plan;
    plan.message = "routes restored";
    for (const std::string& depot : depots) {
        CS_TRY(ResourceChange change, restoreAt(desk, desk.uri("depots/" + depot)));
        plan.changes.push_back(std::move(change));
    }
    return plan;
}

Result<EffectPlan> publishPage(const Desk& desk)
{
    CS_TRY(const std::string page, desk.text("page"));
    CS_TRY(const std::int64_t revision, desk.integer("revision"));
    CS_CHECK(desk.texts("languages"));
    return single(
        desk.uri(page),
        Change::Updated,
        desk.payloadWithout("page"),
        "published revision " + std::to_string(revision));
}

Result<EffectPlan> setCanary(const Desk& desk)
{
    CS_TRY(const std::string service, desk.text("service"));
    CS_TRY(const std::int64_t percent, desk.integer("percent"));
    CS_CHECK(desk.text("version"));
    if (percent < 0 || percent > 100)
        return fail(ErrorCode::InvalidInput, "must be 0 to 100", "maximum", "/percent");
    return single(
        desk.uri(service + "/canary"),
        Change::Updated,
        desk.payloadWithout("service"),
        "weight " + std::to_string(percent));
}

Result<EffectPlan> rollOut(const Desk& desk, const char* versionKey, const char* words)
{
    CS_TRY(const std::string service, desk.text("service"));
    CS_TRY(const std::string version, desk.text(versionKey));
    CS_TRY(const std::string region, desk.text("region"));
    const std::string uri = desk.uri(service + "/" + region);
    CS_CHECK(desk.existing(uri));
    return single(uri, Change::Updated, Json{{"version", version}}, words + (" " + region));
}

Result<EffectPlan> rollOutWave(const Desk& desk)
{
    return rollOut(desk, "version", "rollout complete");
}

Result<EffectPlan> undoRollout(const Desk& desk)
{
    return rollOut(desk, "to", "rollout undone");
}

Result<EffectPlan> postMessage(const Desk& desk)
{
    CS_TRY(const std::string channel, desk.text("channel"));
    CS_TRY(const std::string words, desk.text("text"));
    const std::string uri = desk.uri(channel);
    CS_TRY(const std::optional<Json> before, desk.find(uri));
    const std::int64_t posted = before ? before->value("messages", std::int64_t{0}) : 0;
    return single(uri, Change::Sent, Json{{"messages", posted + 1}, {"last", words}}, "posted");
}

constexpr RuleEntry kOperationRules[] = {
    {"chat", "message.post", postMessage},
    {"deploy", "canary.weight", setCanary},
    {"deploy", "rollout.undo", undoRollout},
    {"deploy", "rollout.wave", rollOutWave},
    {"key-vault", "key.issue", issueKey},
    {"key-vault", "key.revoke", revokeKey},
    {"retention", "rule.set", setRetention},
    {"routing-engine", "routes.restore", restoreRoutes},
    {"routing-engine", "routes.set", setRoutes},
    {"voice-archive", "batch.purge", purgeBatch},
    {"voice-archive", "batch.quarantine", quarantineBatch},
    {"voice-archive", "batch.restore", restoreBatch},
    {"web-cms", "page.publish", publishPage},
};

} // namespace

std::span<const RuleEntry> operationRules()
{
    return kOperationRules;
}

} // namespace countersign::demo
