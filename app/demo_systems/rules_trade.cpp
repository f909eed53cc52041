#include "app/demo_systems/reference_data.h"
#include "app/demo_systems/rule_desk.h"

#include <utility>

namespace countersign::demo {

namespace {

Result<EffectPlan> reserveLine(const Desk& desk)
{
    CS_TRY(const std::string currency, desk.text("currency"));
    CS_TRY(const std::string amount, desk.text("amount"));
    CS_TRY(const std::string until, desk.text("until"));
    std::string name = desk.uri("lines/BL-2026");
    CS_TRY(const std::optional<Json> taken, desk.find(name));
    if (taken) {
        CS_TRY(name, nextNumbered(desk, name));
    }
    const Json state = {
        {"currency", currency}, {"amount", amount}, {"until", until}, {"status", "reserved"}};
    return single(
        name, Change::Created, state, "line " + name.substr(name.rfind('/') + 1) + " reserved");
}

Result<EffectPlan> releaseLine(const Desk& desk)
{
    CS_TRY(const std::string line, desk.text("line"));
    return deleteAt(desk, desk.uri("lines/" + line), "line " + line + " released");
}

Result<EffectPlan> sendEnvelope(const Desk& desk)
{
    CS_TRY(const std::string document, desk.text("document_sha256"));
    CS_TRY(const std::vector<std::string> signers, desk.texts("signers"));
    CS_TRY(
        const std::string uri,
        nextNumbered(desk, desk.uri("envelopes/" + documentReference(document))));
    return single(
        uri,
        Change::Sent,
        Json{{"document_sha256", document}, {"signers", signers}, {"status", "sent"}},
        "envelope " + uri.substr(uri.rfind('/') + 1) + " sent to "
            + std::to_string(signers.size()));
}

Result<std::string> groupUri(const Desk& desk)
{
    constexpr std::string_view kOwnPrefix = "northgate-";
    CS_TRY(const std::string room, desk.text("room"));
    CS_TRY(std::string group, desk.text("group"));
    if (group.starts_with(kOwnPrefix))
        group.erase(0, kOwnPrefix.size());
    return desk.uri("rooms/" + room + "/groups/" + group);
}

Result<EffectPlan> grantGroup(const Desk& desk)
{
    CS_TRY(const std::string uri, groupUri(desk));
    CS_TRY(const std::string group, desk.text("group"));
    CS_TRY(const std::string until, desk.text("until"));
    const int members = memberCount(group);
    return createAt(
        desk,
        uri,
        {{"group", group}, {"until", until}, {"members", members}},
        "granted " + std::to_string(members) + " members");
}

Result<EffectPlan> revokeGroup(const Desk& desk)
{
    CS_TRY(const std::string uri, groupUri(desk));
    return deleteAt(desk, uri, "revoked");
}

Result<EffectPlan> createMarket(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    CS_CHECK(desk.text("currency"));
    Json state = desk.payloadWithout("market");
    state["status"] = "closed";
    return createAt(
        desk, desk.uri("markets/" + market), std::move(state), "market " + market + " created");
}

Result<EffectPlan> deleteMarket(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    return deleteAt(desk, desk.uri("markets/" + market), "market " + market + " deleted");
}

Result<EffectPlan> openMarket(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    CS_TRY(const std::string cohort, desk.text("cohort"));
    const std::string uri = desk.uri("markets/" + market);
    CS_TRY(Json state, desk.existing(uri));
    if (state.at("status") == "open")
        return fail(ErrorCode::Conflict, "the market is open already", "market.open");
    state["status"] = "open";
    state["cohort"] = cohort;
    return single(uri, Change::Updated, std::move(state), "open");
}

Result<EffectPlan> closeMarket(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    const std::string uri = desk.uri("markets/" + market);
    CS_TRY(Json state, desk.existing(uri));
    state["status"] = "closed";
    state.erase("cohort");
    return single(uri, Change::Updated, std::move(state), "closed");
}

Result<EffectPlan> setLimits(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    CS_CHECK(desk.integer("daily_volume_usd"));
    CS_TRY(
        ResourceChange change,
        replaceAt(desk, desk.uri(market + "/new"), desk.payloadWithout("market")));
    return EffectPlan{{std::move(change)}, "set"};
}

Result<EffectPlan> restoreLimits(const Desk& desk)
{
    CS_TRY(const std::string market, desk.text("market"));
    CS_TRY(ResourceChange change, restoreAt(desk, desk.uri(market + "/new")));
    return EffectPlan{{std::move(change)}, "restored"};
}

Result<EffectPlan> createPartner(const Desk& desk)
{
    CS_TRY(const std::string partner, desk.text("partner_key"));
    CS_CHECK(desk.texts("depots"));
    Json state = desk.payloadWithout("partner_key");
    state["status"] = "inactive";
    return createAt(
        desk, desk.uri("partners/" + partner), std::move(state), "partner " + partner + " created");
}

Result<EffectPlan> deletePartner(const Desk& desk)
{
    CS_TRY(const std::string partner, desk.text("partner_key"));
    return deleteAt(desk, desk.uri("partners/" + partner), "partner " + partner + " deleted");
}

Result<EffectPlan> sendMail(const Desk& desk)
{
    CS_TRY(const std::string messageTemplate, desk.text("template"));
    CS_TRY(const std::string group, desk.text("to_group"));
    CS_TRY(const std::string language, desk.text("language"));
    const MailBatch batch = mailBatch(messageTemplate, group);
    const std::string uri = desk.uri("batches/" + batch.name);
    CS_TRY(const std::optional<Json> before, desk.find(uri));
    const std::int64_t sent = before ? before->value("batches", std::int64_t{0}) : 0;
    return single(
        uri,
        Change::Sent,
        Json{{"batches", sent + 1}, {"recipients", batch.recipientCount}, {"language", language}},
        "accepted " + std::to_string(batch.recipientCount));
}

Result<EffectPlan> startShadow(const Desk& desk)
{
    CS_TRY(const std::string book, desk.text("pricebook"));
    CS_TRY(const std::int64_t days, desk.integer("days"));
    return createAt(
        desk, desk.uri("pricebooks/" + book + "/shadow"), {{"days", days}}, "shadow started");
}

Result<EffectPlan> stopShadow(const Desk& desk)
{
    CS_TRY(const std::string book, desk.text("pricebook"));
    return deleteAt(desk, desk.uri("pricebooks/" + book + "/shadow"), "shadow stopped");
}

Result<EffectPlan> activateBook(const Desk& desk)
{
    CS_TRY(const std::string book, desk.text("pricebook"));
    const std::string uri = desk.uri("pricebooks/" + book);
    CS_TRY(const Json before, desk.existing(uri));
    if (before.value("status", "") == "active")
        return fail(ErrorCode::Conflict, "the price book is active already", "pricebook.active");
    Json state = desk.payloadWithout("pricebook");
    state["status"] = "active";
    CS_TRY(ResourceChange change, replaceAt(desk, uri, std::move(state)));
    return EffectPlan{{std::move(change)}, "active"};
}

Result<EffectPlan> deactivateBook(const Desk& desk)
{
    CS_TRY(const std::string book, desk.text("pricebook"));
    CS_TRY(ResourceChange change, restoreAt(desk, desk.uri("pricebooks/" + book)));
    return EffectPlan{{std::move(change)}, "not active"};
}

constexpr RuleEntry kTradeRules[] = {
    {"billing", "pricebook.activate", activateBook},
    {"billing", "pricebook.deactivate", deactivateBook},
    {"billing", "pricebook.shadow", startShadow},
    {"billing", "pricebook.shadow_stop", stopShadow},
    {"dataroom", "group.grant", grantGroup},
    {"dataroom", "group.revoke", revokeGroup},
    {"esign", "envelope.send", sendEnvelope},
    {"mail-gateway", "message.send", sendMail},
    {"market-config", "market.close", closeMarket},
    {"market-config", "market.create", createMarket},
    {"market-config", "market.delete", deleteMarket},
    {"market-config", "market.open", openMarket},
    {"partner-registry", "partner.create", createPartner},
    {"partner-registry", "partner.delete", deletePartner},
    {"risk-limits", "limits.restore", restoreLimits},
    {"risk-limits", "limits.set", setLimits},
    {"treasury", "line.release", releaseLine},
    {"treasury", "line.reserve", reserveLine},
};

} // namespace

std::span<const RuleEntry> tradeRules()
{
    return kTradeRules;
}

} // namespace countersign::demo
