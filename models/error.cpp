#include "models/error.h"

namespace countersign {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return "invalid_input";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::Refused:
        return "refused";
    case ErrorCode::Unauthorized:
        return "unauthorized";
    case ErrorCode::Expired:
        return "expired";
    case ErrorCode::SignatureInvalid:
        return "signature_invalid";
    case ErrorCode::Corrupt:
        return "corrupt";
    case ErrorCode::PassphraseWrong:
        return "passphrase_wrong";
    case ErrorCode::LimitExceeded:
        return "limit_exceeded";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Timeout:
        return "timeout";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::StorageBusy:
        return "storage_busy";
    case ErrorCode::StorageFailed:
        return "storage_failed";
    }
    return "unknown";
}

std::string Error::describe() const
{
    std::string text;
    if (!file.empty())
        text += file + ": ";
    if (!pointer.empty())
        text += pointer + ": ";
    text += detail;
    if (!rule.empty())
        text += " [" + rule + "]";
    return text;
}

} // namespace countersign
