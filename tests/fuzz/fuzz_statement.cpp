// A statement that is accepted is written and read back as the same statement. Numbers that have no
// canonical form are refused on writing, not changed.

#include "models/check.h"
#include "planes/trust/statement.h"

#include <cstddef>
#include <cstdint>

using namespace countersign::trust;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto statement =
        parseStatement(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!statement.ok())
        return 0;
    const auto written = statement->toJson();
    if (!written.ok())
        return 0;
    const auto again = parseStatement(*written);
    CS_ASSERT(again.ok());
    CS_ASSERT(*again == *statement);
    CS_ASSERT(again->toJson().value() == *written);
    return 0;
}
