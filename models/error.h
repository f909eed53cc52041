#pragma once

#include <string>
#include <string_view>

namespace countersign {

/// Why a call was refused. Closed list: the user interface turns each into a sentence.
enum class ErrorCode {
    InvalidInput, ///< The bytes or arguments do not say anything valid; `pointer` and `rule` say
                  ///< where and why.
    NotFound,     ///< What was named does not exist.
    Conflict,     ///< It exists already and differs, or somebody else changed it meanwhile.
    Refused,      ///< A rule of the business says no; `rule` names it.
    Unauthorized, ///< The signatures, roles or roster do not allow it.
    Expired,      ///< The time window is over (or not yet open).
    SignatureInvalid, ///< A signature or its key does not verify.
    Corrupt,          ///< Stored data contradicts its own digest, signature or schema.
    PassphraseWrong,  ///< The key could not be unlocked.
    LimitExceeded,    ///< Too large, too deep or too many; `detail` names the limit.
    Unsupported,      ///< A known thing that this version does not do.
    Cancelled,        ///< A person or a shutdown stopped it.
    Timeout,          ///< No answer within the time allowed.
    Unavailable,      ///< The other side cannot be reached now; trying again may help.
    StorageBusy,      ///< Another process holds the write lock; safe to retry.
    StorageFailed,    ///< The database or file system refused.
};

/// Stable lower-case name for logs, JSON output and the ledger, e.g. `invalid_input`.
[[nodiscard]] std::string_view errorCodeName(ErrorCode code);

/// A refusal as a value. `detail` is one English sentence for logs and for countersignctl.
struct Error
{
    ErrorCode code = ErrorCode::InvalidInput;
    std::string detail;
    /// Identifier of the rule or keyword that refused, e.g. `digest.source`, `maximum`,
    /// `quorum.roles`.
    std::string rule = {};
    /// File the input came from, if any; relative to what the user named.
    std::string file = {};
    /// JSON pointer (RFC 6901) of the offending place, or `line N` where the bytes are not JSON.
    std::string pointer = {};

    bool operator==(const Error&) const = default;

    /// The same refusal, with the file it concerns.
    [[nodiscard]] Error inFile(std::string name) const&
    {
        Error copy = *this;
        copy.file = std::move(name);
        return copy;
    }

    /// `file: pointer: detail [rule]`, leaving out what is empty.
    [[nodiscard]] std::string describe() const;
};

} // namespace countersign
