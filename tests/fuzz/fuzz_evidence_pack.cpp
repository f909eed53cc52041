#include "models/check.h"
#include "planes/execution/decision_audit.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace countersign;

/// An archive that somebody hands over. Whatever it is, nothing crashes; what opens can be read
/// whole, and asking twice gives the same answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are what a fuzzer gives.
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto opened = trust::PackReader::openBytes(bytes);
    const auto again = trust::PackReader::openBytes(bytes);
    CS_ASSERT(opened.ok() == again.ok());
    if (!opened.ok()) {
        CS_ASSERT(opened.error() == again.error());
        CS_ASSERT(!opened.error().rule.empty());
        return 0;
    }
    trust::PackReader& pack = **opened;
    for (const std::string& name : pack.fileNames())
        CS_ASSERT(pack.file(name).ok());
    const auto report = execution::auditPack(pack, pack.manifest().anchor);
    CS_ASSERT(report.ok());
    CS_ASSERT(report->rows.size() == execution::kAuditLinks.size());
    return 0;
}
