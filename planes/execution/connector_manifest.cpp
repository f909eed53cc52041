#include "planes/execution/connector_manifest.h"

#include "planes/execution/detail/address_variables.h"
#include "planes/execution/detail/manifest_text.h"
#include "planes/execution/detail/object_reader.h"

#include <utility>

namespace countersign::execution {

namespace {

using detail::ObjectReader;

// The same bounds as in connector_manifest.schema.json.
constexpr std::int64_t kTimeoutMsMax = 604'800'000; // seven days, as for a step of a plan
constexpr std::int64_t kConcurrencyMax = 64;
constexpr std::int64_t kResponseBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kArgumentCountMax = 64;

Result<FailureRules> readFailures(ObjectReader& parent, const std::string& key)
{
    FailureRules rules;
    if (parent.find(key) == nullptr)
        return rules;
    CS_TRY(ObjectReader reader, parent.object(key));
    const auto readRule = [&rules](
                              const std::string& status,
                              const Json& value,
                              const std::string& pointer) -> Result<void> {
        if (!detail::isStatus(status))
            return fail(
                ErrorCode::InvalidInput,
                "\"" + status + "\" is not a status or exit code",
                "pattern",
                pointer);
        CS_TRY(ObjectReader entry, ObjectReader::open(value, pointer));
        FailureRule rule;
        CS_TRY(rule.code, entry.text("code", detail::isErrorCode));
        CS_TRY(rule.retryable, entry.boolean("retryable"));
        if (entry.find("effect_uncertain") != nullptr) {
            CS_TRY(rule.effectUncertain, entry.boolean("effect_uncertain"));
        }
        CS_CHECK(entry.finish());
        rules.emplace(std::stoi(status), std::move(rule));
        return {};
    };
    CS_CHECK(reader.forEach(readRule));
    return rules;
}

Result<void> readAuth(ObjectReader& transport, HttpAddress& address)
{
    CS_TRY(ObjectReader reader, transport.object("auth"));
    CS_TRY(const std::string kind, reader.text("kind", detail::isAuthKind));
    if (kind == "bearer")
        address.auth = AuthKind::Bearer;
    else if (kind == "header")
        address.auth = AuthKind::Header;
    if (address.auth != AuthKind::None) {
        CS_TRY(address.secretName, reader.text("secret", detail::isSecretName));
    }
    if (address.auth == AuthKind::Header) {
        CS_TRY(address.authHeader, reader.text("header", detail::isHeaderName));
    }
    return reader.finish();
}

Result<ConnectorAddress> readHttp(ObjectReader& reader)
{
    HttpAddress address;
    CS_TRY(address.baseUrl, reader.text("base_url", detail::isAddress));
    CS_TRY(
        address.idempotencyHeader,
        reader.textOr("idempotency_header", detail::isHeaderName, address.idempotencyHeader));
    CS_CHECK(readAuth(reader, address));
    CS_CHECK(reader.finish());
    return ConnectorAddress(std::move(address));
}

Result<ConnectorAddress> readFileDrop(ObjectReader& reader)
{
    FileDropAddress address;
    CS_TRY(address.folder, reader.text("folder", detail::isAddress));
    CS_CHECK(reader.finish());
    return ConnectorAddress(std::move(address));
}

Result<ConnectorAddress> readProcess(ObjectReader& reader)
{
    ProcessAddress address;
    CS_TRY(address.program, reader.text("program", detail::isAddress));
    CS_TRY(const Json* arguments, reader.member("arguments"));
    const std::string pointer = reader.pointerTo("arguments");
    if (!arguments->is_array())
        return fail(ErrorCode::InvalidInput, "must be a list", "type", pointer);
    if (arguments->size() > kArgumentCountMax)
        return fail(ErrorCode::InvalidInput, "has too many entries", "maxItems", pointer);
    for (const Json& argument : *arguments) {
        const std::string place = pointer + "/" + std::to_string(address.arguments.size());
        if (!argument.is_string())
            return fail(ErrorCode::InvalidInput, "must be text", "type", place);
        address.arguments.push_back(argument.get<std::string>());
        if (!detail::isArgument(address.arguments.back()))
            return fail(ErrorCode::InvalidInput, "cannot be an argument", "pattern", place);
    }
    CS_TRY(address.exitCodes, readFailures(reader, "exit_codes"));
    CS_CHECK(reader.finish());
    return ConnectorAddress(std::move(address));
}

Result<ConnectorAddress> readTransport(ObjectReader& manifest)
{
    CS_TRY(ObjectReader reader, manifest.object("transport"));
    CS_TRY(const std::string kind, reader.text("kind", detail::isTransportKind));
    if (kind == "http")
        return readHttp(reader);
    if (kind == "file_drop")
        return readFileDrop(reader);
    return readProcess(reader);
}

Result<Classes> readClasses(ObjectReader& operation)
{
    CS_TRY(ObjectReader reader, operation.object("classes"));
    const auto read = [&reader](const std::string& key, auto& target, auto parse) -> Result<void> {
        CS_TRY(const std::string text, reader.text(key, [](std::string_view) { return true; }));
        const auto parsed = parse(text);
        if (!parsed.ok())
            return fail(
                ErrorCode::InvalidInput, parsed.error().detail, "enum", reader.pointerTo(key));
        target = *parsed;
        return {};
    };
    Classes classes;
    CS_CHECK(read("approval", classes.approval, parseApprovalClass));
    CS_CHECK(read("reversibility", classes.reversibility, parseReversibility));
    CS_CHECK(read("sensitivity", classes.sensitivity, parseSensitivity));
    CS_CHECK(read("action", classes.action, parseActionClass));
    CS_CHECK(reader.finish());
    return classes;
}

Result<Json> readSchema(ObjectReader& operation, const std::string& key)
{
    CS_CHECK(operation.object(key));
    CS_TRY(const Json* schema, operation.member(key));
    return *schema;
}

Result<ConnectorOperation>
readOperation(const std::string& name, const Json& value, const std::string& pointer)
{
    CS_TRY(ObjectReader reader, ObjectReader::open(value, pointer));
    ConnectorOperation operation;
    CS_TRY(operation.title, reader.text("title", detail::isLabel));
    CS_TRY(operation.classes, readClasses(reader));
    CS_TRY(operation.deduplicates, reader.boolean("deduplicates"));
    CS_TRY(operation.method, reader.textOr("method", detail::isHttpMethod, operation.method));
    CS_TRY(operation.path, reader.textOr("path", detail::isUrlPath, "/" + name));
    CS_TRY(operation.timeoutMsMax, reader.integer("timeout_ms_max", 1, kTimeoutMsMax));
    CS_TRY(operation.input, readSchema(reader, "input"));
    CS_TRY(operation.output, readSchema(reader, "output"));
    CS_TRY(operation.failures, readFailures(reader, "failures"));
    CS_TRY(operation.undoneBy, reader.textOr("undone_by", detail::isOperationName, ""));
    CS_CHECK(reader.finish());
    return operation;
}

Result<void> readOperations(ObjectReader& document, ConnectorManifest& manifest)
{
    CS_TRY(ObjectReader reader, document.object("operations"));
    const auto readEntry = [&manifest](
                               const std::string& name,
                               const Json& value,
                               const std::string& pointer) -> Result<void> {
        if (!detail::isOperationName(name))
            return fail(
                ErrorCode::InvalidInput,
                "\"" + name + "\" is not the name of an operation",
                "pattern",
                pointer);
        CS_TRY(ConnectorOperation operation, readOperation(name, value, pointer));
        manifest.operations.emplace(name, std::move(operation));
        return {};
    };
    CS_CHECK(reader.forEach(readEntry));
    if (manifest.operations.empty())
        return fail(ErrorCode::InvalidInput, "has no operation", "minProperties", reader.pointer());
    for (const auto& [name, operation] : manifest.operations)
        if (!operation.undoneBy.empty() && !manifest.operations.contains(operation.undoneBy))
            return fail(
                ErrorCode::InvalidInput,
                "\"" + operation.undoneBy + "\" is not an operation of this connector",
                "manifest.undone_by",
                reader.pointerTo(name) + "/undone_by");
    return {};
}

Result<void> readHeader(ObjectReader& reader, ConnectorManifest& manifest)
{
    const auto isSchemaName = [](std::string_view text) {
        return text == "connector_manifest";
    };
    const auto isSchemaVersion = [](std::string_view text) {
        return text == "1.0";
    };
    CS_CHECK(reader.text("schema", isSchemaName));
    CS_CHECK(reader.text("schema_version", isSchemaVersion));
    CS_TRY(manifest.name, reader.text("name", detail::isConnectorName));
    CS_TRY(manifest.version, reader.text("version", detail::isConnectorVersion));
    CS_TRY(manifest.title, reader.text("title", detail::isLabel));
    CS_TRY(manifest.owner, reader.text("owner", detail::isLabel));
    return {};
}

Result<void> readLimits(ObjectReader& document, ConnectorManifest& manifest)
{
    CS_TRY(ObjectReader reader, document.object("limits"));
    CS_TRY(const std::int64_t concurrency, reader.integer("concurrency", 1, kConcurrencyMax));
    CS_TRY(
        const std::int64_t responseBytes,
        reader.integer("response_bytes_max", 1, kResponseBytesMax));
    manifest.concurrencyMax = static_cast<int>(concurrency);
    manifest.responseBytesMax = static_cast<std::size_t>(responseBytes);
    return reader.finish();
}

} // namespace

Digest ConnectorManifest::digest() const
{
    return canonicalDigest(document).value(); // parseManifest() made sure that it has one
}

const ConnectorOperation* ConnectorManifest::operation(std::string_view operationName) const
{
    const auto found = operations.find(std::string(operationName));
    return found == operations.end() ? nullptr : &found->second;
}

Result<ConnectorManifest> parseManifest(const Json& document)
{
    CS_TRY(ObjectReader reader, ObjectReader::open(document, ""));
    ConnectorManifest manifest;
    CS_CHECK(readHeader(reader, manifest));
    CS_TRY(manifest.address, readTransport(reader));
    CS_CHECK(readLimits(reader, manifest));
    CS_CHECK(readOperations(reader, manifest));
    if (reader.find("extensions") != nullptr) {
        CS_TRY(ObjectReader extensions, reader.object("extensions"));
        const auto checkName =
            [](const std::string& key, const Json&, const std::string& pointer) -> Result<void> {
            if (detail::isExtensionName(key))
                return {};
            return fail(
                ErrorCode::InvalidInput, "has no namespace in its name", "pattern", pointer);
        };
        CS_CHECK(extensions.forEach(checkName));
    }
    CS_CHECK(reader.finish());
    CS_CHECK(canonicalDigest(document));
    manifest.document = document;
    return manifest;
}

Result<ConnectorManifest> withVariables(
    const ConnectorManifest& manifest, const std::map<std::string, std::string>& variables)
{
    ConnectorManifest resolved = manifest;
    const auto replace = [&variables](std::string& text, const std::string& pointer) {
        Result<std::string> replaced = detail::replaceVariables(text, variables, pointer);
        if (replaced.ok())
            text = *replaced;
        return replaced;
    };
    if (auto* http = std::get_if<HttpAddress>(&resolved.address)) {
        CS_CHECK(replace(http->baseUrl, "/transport/base_url"));
        CS_TRY(http->baseUrl, detail::checkedBaseUrl(http->baseUrl, http->auth != AuthKind::None));
    } else if (auto* drop = std::get_if<FileDropAddress>(&resolved.address)) {
        CS_CHECK(replace(drop->folder, "/transport/folder"));
        CS_CHECK(detail::checkAbsolutePath(drop->folder, "/transport/folder"));
    } else if (auto* process = std::get_if<ProcessAddress>(&resolved.address)) {
        CS_CHECK(replace(process->program, "/transport/program"));
        CS_CHECK(detail::checkAbsolutePath(process->program, "/transport/program"));
        for (std::size_t i = 0; i < process->arguments.size(); ++i)
            CS_CHECK(replace(process->arguments[i], "/transport/arguments/" + std::to_string(i)));
    }
    return resolved;
}

} // namespace countersign::execution
