#include "models/check.h"
#include "models/json.h"
#include "planes/data/json_schema.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace countersign;

namespace {

constexpr auto kUri = "urn:fuzz:schema";

/// Everything an answer says, so that two answers can be compared.
bool isSameAnswer(
    const Result<std::vector<data::SchemaViolation>>& left,
    const Result<std::vector<data::SchemaViolation>>& right)
{
    if (left.ok() != right.ok())
        return false;
    return left.ok() ? *left == *right : left.error() == right.error();
}

Result<data::SchemaSet> buildSet(const Json& schema)
{
    data::SchemaSet::Builder builder;
    CS_CHECK(builder.add(schema, kUri));
    return builder.build(data::FormatMode::Assert);
}

} // namespace

/// Two JSON texts with a NUL byte between them, a schema and an instance. Whatever they are,
/// nothing crashes, and asking twice gives the same answer, from the same set and from one built
/// anew.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto separator = bytes.find('\0');
    if (separator == std::string_view::npos)
        return 0;
    const auto schema = parseJson(bytes.substr(0, separator));
    const auto instance = parseJson(bytes.substr(separator + 1));
    if (!schema.ok() || !instance.ok())
        return 0;
    const auto first = buildSet(*schema);
    const auto second = buildSet(*schema);
    CS_ASSERT(first.ok() == second.ok());
    if (!first.ok()) {
        CS_ASSERT(first.error() == second.error());
        return 0;
    }
    const auto answer = first->validate(kUri, *instance);
    CS_ASSERT(isSameAnswer(answer, first->validate(kUri, *instance)));
    CS_ASSERT(isSameAnswer(answer, second->validate(kUri, *instance)));
    return 0;
}
