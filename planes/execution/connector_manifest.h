#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/json.h"
#include "models/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a connector is: a document that pins its version, says how its system is reached and gives
/// each operation a contract (resources/schemas/connector_manifest.schema.json). Values only.
namespace countersign::execution {

/// What a status or exit code of the other side means.
struct FailureRule
{
    std::string code; ///< `^[a-z][a-z0-9_]{1,63}$`
    bool retryable = false;
    /// Whether the effect may stand all the same; absent: the transport's own reading of the code.
    std::optional<bool> effectUncertain;

    bool operator==(const FailureRule&) const = default;
};

/// Keys are HTTP statuses or exit codes.
using FailureRules = std::map<int, FailureRule>;

enum class AuthKind {
    None,
    Bearer, ///< `Authorization: Bearer <secret>`
    Header, ///< The secret alone in a header of its own.
};

/// Reached by HTTP(S): payload in the request body, answer in the response body.
struct HttpAddress
{
    std::string baseUrl; ///< Without a trailing slash.
    std::string idempotencyHeader = "Idempotency-Key";
    AuthKind auth = AuthKind::None;
    std::string secretName; ///< Empty without authentication.
    std::string authHeader; ///< For AuthKind::Header.
};

/// Reached by a folder that another program watches: one file for each idempotency key.
struct FileDropAddress
{
    std::string folder;
};

/// Reached by starting a program: payload on its standard input, answer on its standard output.
/// Never a shell. `{operation}` and `{idempotency_key}` in the arguments stand for those of the
/// call.
struct ProcessAddress
{
    std::string program;
    std::vector<std::string> arguments;
    FailureRules exitCodes;
};

using ConnectorAddress = std::variant<HttpAddress, FileDropAddress, ProcessAddress>;

struct ConnectorOperation
{
    std::string title;
    /// Floor: a step that calls this operation is at least that.
    Classes classes;
    /// The same idempotency key makes the effect happen at most once.
    bool deduplicates = false;
    std::string method = "POST"; ///< HTTP only.
    std::string path;            ///< HTTP only; begins with a slash.
    std::int64_t timeoutMsMax = 0;
    Json input;            ///< JSON Schema of the payload.
    Json output;           ///< JSON Schema of the answer.
    FailureRules failures; ///< Ahead of the transport's own reading.
    /// Operation of the same connector that undoes this one; empty when there is none.
    std::string undoneBy;
};

struct ConnectorManifest
{
    std::string name;
    std::string version;
    std::string title;
    std::string owner; ///< Who answers for the other side.
    ConnectorAddress address;
    std::map<std::string, ConnectorOperation> operations;
    int concurrencyMax = 1;
    std::size_t responseBytesMax = 0;
    /// As it was read, variables unreplaced.
    Json document;

    /// Of the document in canonical form: what a signature over the connector covers. The values of
    /// variables do not take part.
    [[nodiscard]] Digest digest() const;
    /// The operation, or nullptr.
    [[nodiscard]] const ConnectorOperation* operation(std::string_view operationName) const;
};

/// Reads a manifest strictly: an unknown member is an error. Errors: InvalidInput with the pointer
/// and, as the rule, the JSON Schema keyword that fails there (or `manifest.<what>` where a schema
/// cannot say it).
[[nodiscard]] Result<ConnectorManifest> parseManifest(const Json& document);

/// The manifest with each `${NAME}` in its address replaced. Errors: InvalidInput, rule
/// `manifest.variable` for an unknown or unclosed one, `manifest.base_url` (not http or https, or
/// with user, query or fragment), `manifest.insecure_secret` (a secret over plain http to another
/// machine), `manifest.absolute_path`.
[[nodiscard]] Result<ConnectorManifest> withVariables(
    const ConnectorManifest& manifest, const std::map<std::string, std::string>& variables);

} // namespace countersign::execution
