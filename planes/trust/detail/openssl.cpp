#include "planes/trust/detail/openssl.h"

#include <openssl/err.h>

#include <array>

namespace countersign::trust::detail {

Failure libraryFailure(std::string_view what)
{
    std::array<char, 256> reason{};
    const unsigned long code = ERR_peek_last_error();
    ERR_error_string_n(code, reason.data(), reason.size());
    ERR_clear_error();
    return fail(
        ErrorCode::Unavailable,
        std::string(what) + ": " + (code == 0 ? "no reason given" : reason.data()),
        "crypto.library");
}

void forgetErrors()
{
    ERR_clear_error();
}

} // namespace countersign::trust::detail
