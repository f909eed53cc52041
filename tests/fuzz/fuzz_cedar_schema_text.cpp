#include "models/check.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/schema_text.h"
#include "planes/control/cedar/validate.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace countersign;
using namespace countersign::cedar;

namespace {

/// The schema comes back from its own text and its own JSON.
void checkForms(const SchemaDocument& document)
{
    const Json json = schemaJson(document);
    const auto fromJson = readSchemaJson(json);
    CS_ASSERT(
        fromJson.ok() ? schemaJson(*fromJson) == json
                      : fromJson.error().code == ErrorCode::LimitExceeded);
    const auto text = schemaText(document);
    CS_ASSERT(text.ok());
    // Declarations of several names are written out, and may then be too many.
    const auto again = parseSchemaText(*text);
    CS_ASSERT(
        again.ok() ? schemaJson(*again) == json : again.error().code == ErrorCode::LimitExceeded);
}

} // namespace

/// A schema text and maybe, behind a NUL byte, policies. Whatever they are, nothing crashes; a
/// schema that is read comes back from what is written of it, and validation gives the same answer
/// twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto separator = bytes.find('\0');
    const auto document = parseSchemaText(bytes.substr(0, separator));
    if (!document.ok()) {
        CS_ASSERT(!document.error().rule.empty());
        return 0;
    }
    checkForms(*document);
    const auto schema = Schema::resolve(*document);
    if (!schema.ok() || separator == std::string_view::npos)
        return 0;
    const auto policies = readPolicies(bytes.substr(separator + 1));
    if (!policies.ok())
        return 0;
    const ValidationReport report = validatePolicies(*schema, {*policies, {}});
    CS_ASSERT(report.findings == validatePolicies(*schema, {*policies, {}}).findings);
    return 0;
}
