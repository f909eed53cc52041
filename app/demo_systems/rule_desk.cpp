#include "app/demo_systems/rule_desk.h"

#include "app/demo_systems/reference_data.h"

#include <utility>

namespace countersign::demo {

Desk::Desk(std::string_view system, const Json& payload, const ResourceReader& reader)
    : m_base(baseOf(system))
    , m_payload(payload)
    , m_reader(reader)
{}

std::string Desk::uri(const std::string& path) const
{
    return m_base + path;
}

Result<Json> Desk::member(const std::string& key) const
{
    const auto found = m_payload.find(key);
    if (found == m_payload.end())
        return fail(ErrorCode::InvalidInput, "\"" + key + "\" is missing", "required", "");
    return *found;
}

Result<std::string> Desk::text(const std::string& key) const
{
    CS_TRY(const Json value, member(key));
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        return fail(ErrorCode::InvalidInput, "must be text", "type", "/" + key);
    return value.get<std::string>();
}

Result<std::int64_t> Desk::integer(const std::string& key) const
{
    CS_TRY(const Json value, member(key));
    if (!value.is_number_integer())
        return fail(ErrorCode::InvalidInput, "must be a whole number", "type", "/" + key);
    return value.get<std::int64_t>();
}

Result<std::vector<std::string>> Desk::texts(const std::string& key) const
{
    CS_TRY(const Json value, member(key));
    std::vector<std::string> words;
    for (const Json& item : value.is_array() ? value : Json::array()) {
        if (!item.is_string())
            return fail(ErrorCode::InvalidInput, "must be text", "type", "/" + key);
        words.push_back(item.get<std::string>());
    }
    if (words.empty())
        return fail(ErrorCode::InvalidInput, "must be a list of text", "type", "/" + key);
    return words;
}

Result<std::optional<Json>> Desk::find(const std::string& address) const
{
    return m_reader(address);
}

Result<Json> Desk::existing(const std::string& address) const
{
    CS_TRY(std::optional<Json> state, m_reader(address));
    if (!state)
        return fail(ErrorCode::NotFound, address + " is not there", "resource.absent");
    return *std::move(state);
}

Result<void> Desk::checkAbsent(const std::string& address) const
{
    CS_TRY(const std::optional<Json> state, m_reader(address));
    if (state)
        return fail(ErrorCode::Conflict, address + " is there already", "resource.present");
    return {};
}

Json Desk::payloadWithout(const char* key) const
{
    Json rest = m_payload;
    rest.erase(key);
    return rest;
}

EffectPlan single(std::string uri, Change change, std::optional<Json> state, std::string message)
{
    EffectPlan plan;
    plan.changes.push_back({std::move(uri), change, std::move(state)});
    plan.message = std::move(message);
    return plan;
}

Result<EffectPlan>
createAt(const Desk& desk, const std::string& uri, Json state, std::string message)
{
    CS_CHECK(desk.checkAbsent(uri));
    return single(uri, Change::Created, std::move(state), std::move(message));
}

Result<EffectPlan> deleteAt(const Desk& desk, const std::string& uri, std::string message)
{
    CS_CHECK(desk.existing(uri));
    return single(uri, Change::Deleted, std::nullopt, std::move(message));
}

Result<ResourceChange> replaceAt(const Desk& desk, const std::string& uri, Json state)
{
    CS_TRY(std::optional<Json> before, desk.find(uri));
    const Change change = before ? Change::Updated : Change::Created;
    state["previous"] = before ? *std::move(before) : Json();
    return ResourceChange{uri, change, std::move(state)};
}

Result<ResourceChange> restoreAt(const Desk& desk, const std::string& uri)
{
    CS_TRY(const Json state, desk.existing(uri));
    const auto previous = state.find("previous");
    if (previous == state.end())
        return fail(ErrorCode::NotFound, uri + " has no earlier state", "resource.previous");
    if (previous->is_null())
        return ResourceChange{uri, Change::Deleted, std::nullopt};
    return ResourceChange{uri, Change::Updated, *previous};
}

Result<std::string> nextNumbered(const Desk& desk, const std::string& stem)
{
    constexpr int kNumberMax = 10'000;
    for (int number = 1; number <= kNumberMax; ++number) {
        const std::string name = stem + "-" + std::to_string(number);
        CS_TRY(const std::optional<Json> taken, desk.find(name));
        if (!taken)
            return name;
    }
    return fail(ErrorCode::LimitExceeded, "all numbers of " + stem + " are taken");
}

} // namespace countersign::demo
