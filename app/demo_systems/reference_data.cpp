#include "app/demo_systems/reference_data.h"

#include "app/demo_systems/business_rules.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace countersign::demo {

namespace {

struct Host
{
    std::string_view system;
    std::string_view name;
};

/// Where a system's name and that of its host differ.
constexpr Host kHosts[] = {
    {"voice-archive", "voice"},
    {"market-config", "config"},
    {"risk-limits", "limits"},
    {"partner-registry", "registry"},
    {"key-vault", "vault"},
    {"routing-engine", "routing"},
    {"mail-gateway", "mail"},
    {"web-cms", "www"},
};

struct Document
{
    std::string_view sha256;
    std::string_view reference;
};

constexpr Document kDocuments[] = {
    {"0f5c9a3d6b0e4c7f1a2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f50617283", "BL-TS"},
    {"7b1f0e2d3c4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeef", "EG-BANK"},
};

} // namespace

std::string baseOf(std::string_view system)
{
    const auto* host = std::find_if(std::begin(kHosts), std::end(kHosts), [system](const Host& h) {
        return h.system == system;
    });
    const std::string_view name = host == std::end(kHosts) ? system : host->name;
    return "https://" + std::string(name) + ".northgate.example/";
}

std::string documentReference(std::string_view documentSha256)
{
    for (const Document& document : kDocuments)
        if (document.sha256 == documentSha256)
            return std::string(document.reference);
    std::string reference(documentSha256.substr(0, 8));
    std::transform(reference.begin(), reference.end(), reference.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    return "DOC-" + reference;
}

MailBatch mailBatch(std::string_view messageTemplate, std::string_view group)
{
    if (messageTemplate == "carrier-change" && group == "depot-leads-gulf")
        return {.name = "carrier-change-ruh-dmm", .recipientCount = 2};
    if (messageTemplate == "price-2026-06" && group == "resellers")
        return {.name = "price-2026-06", .recipientCount = 142};
    return {.name = std::string(messageTemplate) + "-" + std::string(group), .recipientCount = 1};
}

int memberCount(std::string_view group)
{
    return group == "northgate-phase2" ? 11 : 1;
}

std::int64_t recordingCount(std::int64_t olderThanMonths)
{
    if (olderThanMonths >= 48)
        return 13'611'402;
    if (olderThanMonths >= 24)
        return 12'870'233;
    return 9'400'118;
}

std::string waveKeyName(std::int64_t wave)
{
    if (wave == 1)
        return "voice-2019-2022";
    return wave == 2 ? "voice-2023-2024" : "voice-2025";
}

std::map<std::string, Json> seedResources()
{
    const Json depot = {{"carrier", "gulf-courier"}, {"share", 1}, {"max_parcel_value_sar", 3000}};
    std::map<std::string, Json> seeds;
    seeds[baseOf("retention") + "rules/call_recording"] = {
        {"months", 84}, {"hold_register", "legal-holds-v3"}, {"mode", "enforce"}};
    for (const std::int64_t wave : {1, 2, 3})
        seeds["https://kms.northgate.example/keys/" + waveKeyName(wave)] = {{"status", "active"}};
    seeds[baseOf("risk-limits") + "EG/new"] = {{"daily_volume_usd", 1000}, {"days", 90}};
    seeds[baseOf("routing-engine") + "depots/RUH-1"] = depot;
    seeds[baseOf("routing-engine") + "depots/DMM-2"] = depot;
    seeds[baseOf("billing") + "pricebooks/BIZ-2026-06"] = {{"status", "draft"}};
    seeds[baseOf("web-cms") + "pricing"] = {{"revision", 117}, {"languages", {"ar", "en"}}};
    seeds[baseOf("deploy") + "ledger-service/canary"] = {{"version", "4.12.0"}, {"percent", 5}};
    seeds[baseOf("deploy") + "ledger-service/eu-1"] = {{"version", "4.11.3"}};
    seeds[baseOf("deploy") + "ledger-service/eu-2"] = {{"version", "4.11.3"}};
    return seeds;
}

} // namespace countersign::demo
