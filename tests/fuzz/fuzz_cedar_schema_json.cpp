#include "models/check.h"
#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/schema_text.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace countersign;
using namespace countersign::cedar;

/// A JSON schema. Whatever it is, nothing crashes; one that is read comes back from its own JSON,
/// and one that resolves can be written as text and still resolves, or says why it cannot.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto document = parseSchemaJson(bytes);
    if (!document.ok()) {
        CS_ASSERT(!document.error().rule.empty());
        return 0;
    }
    const Json json = schemaJson(*document);
    const auto again = readSchemaJson(json);
    CS_ASSERT(again.ok() && schemaJson(*again) == json);
    const auto schema = Schema::resolve(*document);
    if (!schema.ok())
        return 0;
    const auto text = schemaText(*document);
    if (!text.ok()) {
        CS_ASSERT(text.error().code == ErrorCode::Unsupported);
        return 0;
    }
    const auto fromText = parseSchemaText(*text);
    CS_ASSERT(fromText.ok());
    const auto resolved = Schema::resolve(*fromText);
    CS_ASSERT(resolved.ok());
    CS_ASSERT(resolved->entityTypes().size() == schema->entityTypes().size());
    CS_ASSERT(resolved->actions().size() == schema->actions().size());
    return 0;
}
