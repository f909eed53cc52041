#include "planes/execution/detail/wiping_memory.h"

#include "models/check.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include <curl/curl.h>
#include <malloc.h>
#include <strings.h>

namespace countersign::execution::detail {

namespace {

// The allocator's size can be more than was asked for: all of it belongs to the caller.
void releaseWiped(void* memory)
{
    if (memory == nullptr)
        return;
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

void* resizeWiped(void* memory, std::size_t size)
{
    void* const fresh = std::malloc(size);
    if (fresh == nullptr || memory == nullptr)
        return fresh;
    std::memcpy(fresh, memory, std::min(size, ::malloc_usable_size(memory)));
    releaseWiped(memory);
    return fresh;
}

} // namespace

void startHttpClient()
{
    CS_ASSERT(
        curl_global_init_mem(
            CURL_GLOBAL_DEFAULT, &std::malloc, &releaseWiped, &resizeWiped, &::strdup, &std::calloc)
        == CURLE_OK);
}

[[gnu::noinline]] void wipeEndedFrames()
{
    constexpr std::size_t kDepth = std::size_t{256} * 1024;
    std::array<char, kDepth> frames; // NOLINT(cppcoreguidelines-pro-type-member-init)
    ::explicit_bzero(frames.data(), frames.size());
    // The copies that the library makes leave their last bytes in vector registers, which a
    // sleeping thread keeps and a core dump holds. Copying zeros in all sizes runs over the same
    // ones.
    for (std::size_t size = 1; size <= kDepth / 2; size *= 2) {
        // Not known while compiling, so that the library's own function is called.
        const volatile std::size_t asked = size;
        std::memcpy(frames.data() + kDepth / 2, frames.data(), asked);
    }
    // Somebody might read it: otherwise the copies are left out.
    asm volatile("" : : "r"(frames.data()) : "memory");
}

} // namespace countersign::execution::detail
