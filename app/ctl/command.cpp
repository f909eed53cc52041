#include "app/ctl/command.h"

#include <charconv>

namespace countersign::ctl {

int exitCodeOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::LimitExceeded:
    case ErrorCode::Unsupported:
        return kBadInput;
    case ErrorCode::Conflict:
    case ErrorCode::Refused:
    case ErrorCode::Unauthorized:
    case ErrorCode::Expired:
    case ErrorCode::SignatureInvalid:
    case ErrorCode::Corrupt:
    case ErrorCode::PassphraseWrong:
    case ErrorCode::Cancelled:
    case ErrorCode::Timeout:
    case ErrorCode::Unavailable:
    case ErrorCode::StorageBusy:
    case ErrorCode::StorageFailed:
        return kRefused;
    }
    return kRefused;
}

std::string Invocation::value(std::string_view name, std::string_view fallback) const
{
    return optionalValue(name).value_or(std::string(fallback));
}

std::optional<std::string> Invocation::optionalValue(std::string_view name) const
{
    const auto found = options.find(name);
    if (found == options.end() || found->second.empty())
        return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Invocation::values(std::string_view name) const
{
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>() : found->second;
}

Result<std::int64_t> Invocation::wholeNumber(
    std::string_view name, std::int64_t fallback, std::int64_t min, std::int64_t max) const
{
    const std::optional<std::string> given = optionalValue(name);
    if (!given)
        return fallback;
    return parseWholeNumber(*given, "--" + std::string(name), min, max);
}

Failure usageFailure(std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::string(kUsageRule));
}

Result<std::int64_t>
parseWholeNumber(const std::string& text, std::string_view what, std::int64_t min, std::int64_t max)
{
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number < min || number > max)
        return usageFailure(
            std::string(what) + " takes a whole number from " + std::to_string(min) + " to "
            + std::to_string(max) + ", not \"" + text + "\"");
    return number;
}

} // namespace countersign::ctl
