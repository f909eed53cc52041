#pragma once

#include <cstdio>
#include <cstdlib>

/// Stops the program when a programmer's promise is broken. Stays on in release builds. Never for
/// input: what arrives from outside, or lies in the database, gets a Result instead.
#define CS_ASSERT(condition)                                                                       \
    (static_cast<bool>(condition)                                                                  \
         ? static_cast<void>(0)                                                                    \
         : ::countersign::detail::assertionFailed(#condition, __FILE__, __LINE__))

namespace countersign::detail {

[[noreturn]] inline void assertionFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "countersign: assertion failed: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

} // namespace countersign::detail
