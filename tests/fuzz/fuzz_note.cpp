// A note, a checkpoint or a verifier key that is accepted is written as the very bytes that were
// read, and nothing verifies without a signature of the known key.

#include "models/check.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/signed_note.h"

#include <cstddef>
#include <cstdint>

using namespace countersign::trust;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto key = NoteVerifier::parse(bytes); key.ok()) {
        const auto again = NoteVerifier::parse(key->vkey());
        CS_ASSERT(again.ok());
        CS_ASSERT(*again == *key);
    }
    if (const auto checkpoint = Checkpoint::parse(bytes); checkpoint.ok())
        CS_ASSERT(checkpoint->toText() == bytes);
    const auto note = Note::parse(bytes);
    if (!note.ok())
        return 0;
    CS_ASSERT(note->toText() == bytes);
    CS_ASSERT(!verifyNote(*note, {}).ok());
    return 0;
}
