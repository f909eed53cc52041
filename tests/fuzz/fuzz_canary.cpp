// A defect on purpose. If this target is not caught, the fuzz tests prove nothing.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // The seed has one bit of one letter wrong.
    if (std::string_view(reinterpret_cast<const char*>(data), size).starts_with("canary")) {
        std::fputs("canary found\n", stderr);
        std::_Exit(1);
    }
    return 0;
}
