#include "planes/execution/detail/wiping_memory.h"

#include "models/check.h"

#include <algorithm>
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

} // namespace countersign::execution::detail
