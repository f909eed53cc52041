#include "planes/execution/detail/http_transport.h"

#include "planes/execution/detail/address_variables.h"
#include "planes/execution/detail/secret_mask.h"
#include "planes/trust/secret.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

#include <curl/curl.h>

namespace countersign::execution::detail {

namespace {

constexpr std::int64_t kConnectTimeoutMsMax = 10'000;
constexpr std::string_view kRetryAfterName = "retry-after:";

struct CurlDelete
{
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, CurlDelete>;

/// Header lines for one request. The one with the secret is overwritten on destruction.
class HeaderList
{
public:
    HeaderList() = default;
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    ~HeaderList()
    {
        for (curl_slist* line = m_lines.get(); line != nullptr; line = line->next) {
            // Through volatile, or the compiler drops writes to memory that is about to be freed.
            for (volatile char* c = line->data; *c != '\0'; ++c)
                *c = '\0';
        }
    }

    void add(std::string line)
    {
        curl_slist* longer = curl_slist_append(m_lines.get(), line.c_str());
        CS_ASSERT(longer != nullptr); // only without memory
        static_cast<void>(m_lines.release());
        m_lines.reset(longer);
        trust::wipe(line);
    }

    [[nodiscard]] curl_slist* get() const { return m_lines.get(); }

private:
    std::unique_ptr<curl_slist, CurlDelete> m_lines;
};

/// What the callbacks write to.
struct Exchange
{
    HttpAnswer answer;
    /// As it came; it may repeat the secret.
    trust::SecretBytes body;
    std::size_t bodyBytesMax = 0;
    bool isTooLarge = false;
    const std::atomic<bool>* stopping = nullptr;
};

std::size_t onBody(const char* data, std::size_t, std::size_t byteCount, void* context)
{
    auto* exchange = static_cast<Exchange*>(context);
    if (exchange->body.size() + byteCount > exchange->bodyBytesMax) {
        exchange->isTooLarge = true;
        return 0; // fewer than given: the transfer ends
    }
    exchange->body.append({data, byteCount});
    return byteCount;
}

std::size_t onHeader(const char* data, std::size_t, std::size_t byteCount, void* context)
{
    std::string_view line(data, byteCount);
    const bool isRetryAfter =
        line.size() > kRetryAfterName.size()
        && std::equal(
            kRetryAfterName.begin(), kRetryAfterName.end(), line.begin(), [](char a, char b) {
                return a == std::tolower(static_cast<unsigned char>(b));
            });
    if (isRetryAfter) {
        line.remove_prefix(kRetryAfterName.size());
        const std::size_t first = line.find_first_not_of(" \t");
        const std::size_t last = line.find_last_not_of(" \t\r\n");
        if (first != std::string_view::npos && last >= first)
            static_cast<Exchange*>(context)->answer.retryAfter =
                std::string(line.substr(first, last - first + 1));
    }
    return byteCount;
}

int onProgress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<Exchange*>(context)->stopping->load() ? 1 : 0;
}

void addHeaders(HeaderList& headers, const HttpAddress& address, const TransportCall& call)
{
    headers.add("Content-Type: application/json");
    headers.add("Accept: application/json");
    headers.add("Expect:"); // no waiting for "100 Continue"
    headers.add(address.idempotencyHeader + ": " + call.call.idempotencyKey);
    const std::string trace = traceParent(call.call.traceId, call.call.idempotencyKey);
    if (!trace.empty())
        headers.add("traceparent: " + trace);
    if (address.auth == AuthKind::None)
        return;
    std::string line =
        address.auth == AuthKind::Bearer ? "Authorization: Bearer " : address.authHeader + ": ";
    line.reserve(line.size() + call.secret.size()); // no second copy of the secret is left behind
    line += call.secret;
    headers.add(std::move(line));
}

bool setUp(
    CURL* handle,
    const HttpAddress& address,
    const TransportCall& call,
    const HeaderList& headers,
    const std::string& body,
    Exchange& exchange)
{
    bool isFine = true;
    const auto set = [handle, &isFine](CURLoption option, auto value) {
        isFine = isFine && curl_easy_setopt(handle, option, value) == CURLE_OK;
    };
    const std::string url = address.baseUrl + call.operation.path;
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    if (isLoopbackUrl(address.baseUrl))
        set(CURLOPT_PROXY, "");
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeoutMs));
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::min(call.timeoutMs, kConnectTimeoutMsMax)));
    set(CURLOPT_CUSTOMREQUEST, call.operation.method.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.c_str());
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, &onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
    set(CURLOPT_HEADERFUNCTION, &onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
    set(CURLOPT_XFERINFOFUNCTION, &onProgress);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(&exchange));
    set(CURLOPT_NOPROGRESS, 0L);
    return isFine;
}

/// True when at least one byte of the request left.
bool wasSent(CURL* handle)
{
    long requestBytes = 0;
    curl_off_t bodyBytes = 0;
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &requestBytes);
    curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &bodyBytes);
    return requestBytes > 0 || bodyBytes > 0;
}

CallOutcome outcomeOfBreak(CURLcode code, bool sent, const Exchange& exchange)
{
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return interrupted(sent);
    if (exchange.isTooLarge)
        return unknownEffect(
            CallResult::Failure, "response_too_large", "The answer is too large.", false);
    if (sent && code == CURLE_OPERATION_TIMEDOUT)
        return unknownEffect(CallResult::Timeout, "timeout", "No answer within the time.", true);
    const std::string reason = curl_easy_strerror(code);
    if (sent)
        return unknownEffect(
            CallResult::Failure, "unavailable", "The connection broke: " + reason, true);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
        CallOutcome outcome = notSent("tls_untrusted", "The certificate is not trusted.");
        outcome.retryable = false;
        return outcome;
    }
    return notSent("unavailable", "No connection: " + reason);
}

} // namespace

CallOutcome performHttp(const HttpAddress& address, const TransportCall& call)
{
    const Result<std::string> body = canonicalJson(call.call.payload);
    if (!body.ok())
        return blocked("contract_violation", body.error().describe());
    const bool fitsHeader = std::all_of(call.secret.begin(), call.secret.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
    });
    if (!fitsHeader)
        return blocked(
            "secret_unavailable", "The secret has characters that a header cannot carry.");

    const CurlHandle handle(curl_easy_init());
    HeaderList headers;
    addHeaders(headers, address, call);
    Exchange exchange;
    exchange.bodyBytesMax = call.responseBytesMax;
    exchange.stopping = &call.stopping;
    if (!handle || !setUp(handle.get(), address, call, headers, *body, exchange))
        return notSent("unavailable", "The HTTP client could not be set up.");

    const CURLcode code = curl_easy_perform(handle.get());
    if (code != CURLE_OK)
        return outcomeOfBreak(code, wasSent(handle.get()), exchange);
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
    exchange.answer.body = SecretMask(call.secret).maskedBody(exchange.body.view());
    return outcomeOf(exchange.answer, call.operation.failures, call.clock.now());
}

} // namespace countersign::execution::detail
