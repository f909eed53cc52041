// An envelope that is accepted is written and read back as the same envelope.

#include "models/check.h"
#include "planes/trust/dsse.h"

#include <cstddef>
#include <cstdint>

using namespace countersign::trust;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto envelope =
        Envelope::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!envelope.ok())
        return 0;
    const auto again = Envelope::parse(envelope->toJson());
    CS_ASSERT(again.ok());
    CS_ASSERT(*again == *envelope);
    return 0;
}
