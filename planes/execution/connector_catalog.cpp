#include "planes/execution/connector_catalog.h"

#include "planes/data/json_schema.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace countersign::execution {

namespace {

/// A manifest is written by people; four times the largest one imaginable.
constexpr std::uintmax_t kManifestBytesMax = 1024 * 1024;

std::string contractUri(std::string_view operation, std::string_view side)
{
    // A name that no contract can be fetched from; `invalid` is reserved for that (RFC 2606).
    return "https://connector.invalid/" + std::string(operation) + "/" + std::string(side);
}

struct Entry
{
    ConnectorManifest manifest;
    data::SchemaSet contracts;
};

/// The contracts of one manifest. They see each other but not those of other connectors.
Result<data::SchemaSet> compileContracts(const ConnectorManifest& manifest)
{
    data::SchemaSet::Builder builder;
    for (const auto& [name, operation] : manifest.operations) {
        CS_CHECK(builder.add(operation.input, contractUri(name, "input")));
        CS_CHECK(builder.add(operation.output, contractUri(name, "output")));
    }
    return builder.build(data::FormatMode::Assert);
}

std::string fileNameOf(const ConnectorManifest& manifest)
{
    return manifest.name + " " + manifest.version;
}

class Catalog final : public ConnectorCatalog
{
public:
    Result<void>
    add(const ConnectorManifest& manifest, const std::map<std::string, std::string>& variables)
    {
        Result<ConnectorManifest> resolved = withVariables(manifest, variables);
        if (!resolved.ok())
            return fail(resolved.error().inFile(fileNameOf(manifest)));
        Result<data::SchemaSet> contracts = compileContracts(manifest);
        if (!contracts.ok())
            return fail(contracts.error().inFile(fileNameOf(manifest)));
        const bool isNew = m_entries
                               .emplace(
                                   std::pair(manifest.name, manifest.version),
                                   Entry{std::move(*resolved), std::move(*contracts)})
                               .second;
        if (!isNew)
            return fail(Error{
                .code = ErrorCode::Conflict,
                .detail = "there are two manifests of this name and version",
                .rule = "manifest.unique",
                .file = fileNameOf(manifest)});
        return {};
    }

    const ConnectorManifest*
    find(std::string_view connector, std::string_view version) const override
    {
        const Entry* entry = entryOf(connector, version);
        return entry == nullptr ? nullptr : &entry->manifest;
    }

    std::vector<const ConnectorManifest*> all() const override
    {
        std::vector<const ConnectorManifest*> manifests;
        for (const auto& [name, entry] : m_entries)
            manifests.push_back(&entry.manifest);
        return manifests;
    }

    Result<void> checkPayload(const OperationName& name, const Json& payload) const override
    {
        return check(name, "input", payload);
    }

    Result<void> checkAnswer(const OperationName& name, const Json& answer) const override
    {
        return check(name, "output", answer);
    }

private:
    const Entry* entryOf(std::string_view connector, std::string_view version) const
    {
        const auto found = m_entries.find(std::pair(std::string(connector), std::string(version)));
        return found == m_entries.end() ? nullptr : &found->second;
    }

    Result<void> check(const OperationName& name, std::string_view side, const Json& instance) const
    {
        CS_CHECK(operation(name));
        CS_TRY(
            const std::vector<data::SchemaViolation> violations,
            entryOf(name.connector, name.version)
                ->contracts.validate(contractUri(name.operation, side), instance));
        if (violations.empty())
            return {};
        const data::SchemaViolation& first = violations.front();
        return fail(ErrorCode::InvalidInput, first.message, first.keyword, first.instancePointer);
    }

    std::map<std::pair<std::string, std::string>, Entry> m_entries;
};

Result<ConnectorManifest> readManifestFile(const std::filesystem::path& path)
{
    std::error_code failure;
    const std::uintmax_t byteCount = std::filesystem::file_size(path, failure);
    if (failure)
        return fail(ErrorCode::StorageFailed, "cannot be read: " + failure.message());
    if (byteCount > kManifestBytesMax)
        return fail(ErrorCode::LimitExceeded, "is larger than any manifest", "manifest.size");
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return fail(ErrorCode::StorageFailed, "cannot be read");
    CS_TRY(const Json document, parseJson(bytes));
    return parseManifest(document);
}

} // namespace

Result<std::shared_ptr<const ConnectorCatalog>> ConnectorCatalog::build(
    const std::vector<ConnectorManifest>& manifests,
    const std::map<std::string, std::string>& variables)
{
    auto catalog = std::make_shared<Catalog>();
    for (const ConnectorManifest& manifest : manifests)
        CS_CHECK(catalog->add(manifest, variables));
    return std::shared_ptr<const ConnectorCatalog>(std::move(catalog));
}

Result<const ConnectorOperation*> ConnectorCatalog::operation(const OperationName& name) const
{
    const ConnectorManifest* manifest = find(name.connector, name.version);
    if (manifest == nullptr)
        return fail(
            ErrorCode::NotFound,
            "there is no connector \"" + std::string(name.connector) + "\" of version \""
                + std::string(name.version) + "\"",
            "connector.unknown");
    const ConnectorOperation* found = manifest->operation(name.operation);
    if (found == nullptr)
        return fail(
            ErrorCode::NotFound,
            "the connector has no operation \"" + std::string(name.operation) + "\"",
            "connector.operation");
    return found;
}

Result<std::vector<ConnectorManifest>> readManifestFolder(const std::string& folder)
{
    std::error_code failure;
    std::filesystem::directory_iterator entry(folder, failure);
    if (failure)
        return fail(Error{
            .code = ErrorCode::NotFound,
            .detail = "the folder cannot be read: " + failure.message(),
            .file = folder});
    std::vector<std::filesystem::path> paths;
    for (; entry != std::filesystem::directory_iterator(); entry.increment(failure))
        if (entry->path().extension() == ".json")
            paths.push_back(entry->path());
    if (failure)
        return fail(Error{
            .code = ErrorCode::StorageFailed,
            .detail = "the folder cannot be read: " + failure.message(),
            .file = folder});
    std::sort(paths.begin(), paths.end());

    std::vector<ConnectorManifest> manifests;
    for (const std::filesystem::path& path : paths) {
        Result<ConnectorManifest> manifest = readManifestFile(path);
        if (!manifest.ok())
            return fail(manifest.error().inFile(path.filename().string()));
        manifests.push_back(std::move(*manifest));
    }
    return manifests;
}

} // namespace countersign::execution
