#include "models/check.h"
#include "planes/control/cedar/conformance.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/request.h"
#include "planes/control/cedar/schema_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace countersign;
using namespace countersign::cedar;

namespace {

constexpr auto kSchema = R"(
    entity Color enum ["red", "green"];
    entity Group in [Group];
    entity User in [Group] = {
        name: String, age?: Long, boss?: User, color?: Color, from?: ipaddr, at?: datetime,
        limit?: decimal, ttl?: duration, rights?: Set<Action>, home?: { city: String, zip?: Long }
    } tags Set<String>;
    action all;
    action view in all appliesTo { principal: User, resource: Group, context: { at: datetime } };
)";

const Schema& schema()
{
    static const Schema kResolved = Schema::resolve(parseSchemaText(kSchema).value()).value();
    return kResolved;
}

bool isSame(const EntityStore& left, const EntityStore& right)
{
    const auto one = left.sorted();
    const auto other = right.sorted();
    return std::equal(
        one.begin(),
        one.end(),
        other.begin(),
        other.end(),
        [](const StoredEntity* a, const StoredEntity* b) { return a->entity() == b->entity(); });
}

void check(std::string_view bytes, const Schema* given)
{
    const auto store = parseEntities(bytes, given);
    if (!store.ok()) {
        CS_ASSERT(!store.error().rule.empty());
        return;
    }
    if (given != nullptr)
        for (const StoredEntity* const entity : store->sorted())
            CS_ASSERT(checkEntity(*given, entity->entity(), "").ok());
    const auto json = entitiesJson(*store);
    if (!json.ok()) {
        CS_ASSERT(json.error().code == ErrorCode::Unsupported);
        return;
    }
    const auto again = parseEntities(json->dump(), given);
    CS_ASSERT(again.ok() && isSame(*store, *again));
}

} // namespace

/// An entities document or a request, read with and without a schema. Whatever it is, nothing
/// crashes; what is accepted conforms and comes back from its own JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(bytes, nullptr);
    check(bytes, &schema());
    const auto request = parseRequest(bytes, &schema());
    CS_ASSERT(!request.ok() || checkRequest(schema(), *request).ok());
    return 0;
}
