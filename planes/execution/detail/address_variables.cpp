#include "planes/execution/detail/address_variables.h"

#include <QString>
#include <QUrl>

namespace countersign::execution::detail {

namespace {

QUrl strictUrl(const std::string& url)
{
    return QUrl(QString::fromStdString(url), QUrl::StrictMode);
}

bool isLoopbackHost(const QString& host)
{
    if (host == QStringLiteral("localhost") || host == QStringLiteral("::1"))
        return true;
    // The whole block 127.0.0.0/8, written as four plain numbers.
    const auto parts = host.split(u'.');
    if (parts.size() != 4 || parts.front() != QStringLiteral("127"))
        return false;
    for (const QString& part : parts) {
        bool isNumber = false;
        if (part.toUShort(&isNumber) > 255 || !isNumber)
            return false;
    }
    return true;
}

} // namespace

Result<std::string> replaceVariables(
    const std::string& text,
    const std::map<std::string, std::string>& variables,
    const std::string& pointer)
{
    std::string replaced;
    std::size_t at = 0;
    while (true) {
        const std::size_t start = text.find("${", at);
        replaced.append(text, at, start == std::string::npos ? start : start - at);
        if (start == std::string::npos)
            return replaced;
        const std::size_t end = text.find('}', start);
        if (end == std::string::npos)
            return fail(
                ErrorCode::InvalidInput, "a variable is not closed", "manifest.variable", pointer);
        const std::string name = text.substr(start + 2, end - start - 2);
        const auto found = variables.find(name);
        if (found == variables.end())
            return fail(
                ErrorCode::InvalidInput,
                "the variable ${" + name + "} is not known here",
                "manifest.variable",
                pointer);
        replaced += found->second;
        at = end + 1;
    }
}

Result<std::string> checkedBaseUrl(const std::string& url, bool carriesSecret)
{
    static constexpr const char* kPointer = "/transport/base_url";
    const QUrl parsed = strictUrl(url);
    const bool isHttp = parsed.scheme() == QStringLiteral("http");
    if (!parsed.isValid() || parsed.host().isEmpty()
        || (!isHttp && parsed.scheme() != QStringLiteral("https")))
        return fail(
            ErrorCode::InvalidInput,
            "must be an http or https address",
            "manifest.base_url",
            kPointer);
    if (!parsed.userInfo().isEmpty() || parsed.hasQuery() || parsed.hasFragment())
        return fail(
            ErrorCode::InvalidInput,
            "must have no user, query or fragment",
            "manifest.base_url",
            kPointer);
    if (carriesSecret && isHttp && !isLoopbackHost(parsed.host()))
        return fail(
            ErrorCode::InvalidInput,
            "a secret would travel over plain http to another machine",
            "manifest.insecure_secret",
            kPointer);
    std::string checked = url;
    while (checked.ends_with('/'))
        checked.pop_back();
    return checked;
}

bool isLoopbackUrl(const std::string& url)
{
    return isLoopbackHost(strictUrl(url).host());
}

Result<void> checkAbsolutePath(const std::string& path, const std::string& pointer)
{
    const std::string closed = path + "/";
    if (path.starts_with('/') && path.find('\0') == std::string::npos
        && closed.find("/../") == std::string::npos)
        return {};
    return fail(
        ErrorCode::InvalidInput,
        "must be an absolute path without \"..\"",
        "manifest.absolute_path",
        pointer);
}

} // namespace countersign::execution::detail
