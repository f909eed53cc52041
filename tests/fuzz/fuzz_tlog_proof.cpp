// A proof, a log leaf or a tile path that is accepted is written as the very bytes that were read.

#include "models/check.h"
#include "planes/trust/log_entry.h"
#include "planes/trust/tiles.h"
#include "planes/trust/tlog_proof.h"

#include <cstddef>
#include <cstdint>

using namespace countersign::trust;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto proof = TlogProof::parse(bytes); proof.ok())
        CS_ASSERT(proof->toText() == bytes);
    if (const auto leaf = parseLogLeaf(bytes); leaf.ok()) {
        const auto written = std::visit([](const auto& kind) { return kind.toBytes(); }, *leaf);
        CS_ASSERT(written.ok());
        CS_ASSERT(*written == bytes);
    }
    if (const auto path = TilePath::parse(bytes); path.ok())
        CS_ASSERT(path->text() == bytes);
    if (const auto entries = decodeEntryBundle(bytes); entries.ok())
        CS_ASSERT(encodeEntryBundle(*entries).value() == bytes);
    return 0;
}
