#include "app/core/projections.h"
#include "app/core/workspace_folder.h"
#include "app/ctl/command_lists.h"
#include "planes/data/contracts.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

constexpr std::uint64_t kRecordByteCountMax = std::uint64_t{16} * 1024 * 1024;
constexpr std::string_view kSchemaSuffix = ".schema.json";
/// Holds definitions only; no document is of it.
constexpr std::string_view kDefinitions = "common";

/// Names of everything a document can be of, sorted.
std::vector<std::string> contractNames()
{
    std::vector<std::string> names;
    for (const std::string& file : app::resourceNames("schemas")) {
        if (file.ends_with(kSchemaSuffix) && file != std::string(kDefinitions) + ".schema.json")
            names.push_back(file.substr(0, file.size() - kSchemaSuffix.size()));
    }
    return names;
}

Result<data::SchemaSet> allSchemas()
{
    std::vector<std::string> texts;
    for (const std::string& file : app::resourceNames("schemas"))
        texts.push_back(app::resourceText("schemas/" + file));
    return data::loadContractSchemas(texts);
}

/// One line of the answer, whatever was wrong.
struct Finding
{
    Error error; ///< The rule is the keyword.
    std::string schemaPointer;
};

Finding findingOf(const Error& error, const std::string& file)
{
    return {error.inFile(file), {}};
}

/// The contract the document says it is of: in its header, or at its top.
std::string namedContract(const Json& document)
{
    if (!document.is_object())
        return {};
    const auto header = document.find("header");
    if (header != document.end() && header->is_object())
        return textMember(*header, "schema");
    return textMember(document, "schema");
}

class FileValidator
{
public:
    FileValidator(const data::SchemaSet& schemas, std::string contract)
        : m_schemas(schemas)
        , m_contract(std::move(contract))
        , m_names(contractNames())
    {}

    [[nodiscard]] std::vector<Finding> validate(const std::string& path) const
    {
        const auto bytes = app::readFileWhole(path, kRecordByteCountMax);
        if (!bytes.ok())
            return {findingOf(bytes.error(), path)};
        const auto document = parseJson(*bytes);
        if (!document.ok())
            return {findingOf(document.error(), path)};
        const std::string name = m_contract.empty() ? namedContract(*document) : m_contract;
        if (!isKnown(name))
            return {findingOf(
                {ErrorCode::InvalidInput,
                 "\"" + name + "\" is no contract; `countersignctl schema list` names them",
                 "schema.unknown",
                 {},
                 "/header/schema"},
                path)};
        return violations(path, name, *document);
    }

    [[nodiscard]] bool isKnown(const std::string& name) const
    {
        return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
    }

private:
    [[nodiscard]] std::vector<Finding>
    violations(const std::string& path, const std::string& name, const Json& document) const
    {
        const auto found = m_schemas.validate(data::contractSchemaUri(name), document);
        if (!found.ok())
            return {findingOf(found.error(), path)};
        std::vector<Finding> findings;
        for (const data::SchemaViolation& violation : *found)
            findings.push_back(
                {{ErrorCode::InvalidInput,
                  violation.message,
                  violation.keyword,
                  path,
                  violation.instancePointer},
                 violation.schemaPointer});
        return findings;
    }

    const data::SchemaSet& m_schemas;
    std::string m_contract;
    std::vector<std::string> m_names;
};

Result<int> listSchemas(const Invocation& /*invocation*/, Output& output)
{
    Json rows = Json::array();
    for (const std::string& name : contractNames()) {
        output.line(name + "  " + data::contractSchemaUri(name));
        rows.push_back({{"contract", name}, {"uri", data::contractSchemaUri(name)}});
    }
    output.document({{"contracts", std::move(rows)}});
    return kDone;
}

Result<int> validateFiles(const Invocation& invocation, Output& output)
{
    CS_TRY(const data::SchemaSet schemas, allSchemas());
    const FileValidator validator(schemas, invocation.value("contract"));
    if (const auto named = invocation.optionalValue("contract");
        named && !validator.isKnown(*named))
        return usageFailure(
            "\"" + *named + "\" is no contract; `countersignctl schema list` names them");
    Json errors = Json::array();
    for (const std::string& path : invocation.arguments) {
        const std::vector<Finding> findings = validator.validate(path);
        if (findings.empty())
            output.line(shownLine(path) + ": valid");
        for (const Finding& finding : findings) {
            output.complain(finding.error);
            errors.push_back(
                {{"file", finding.error.file},
                 {"pointer", finding.error.pointer},
                 {"keyword", finding.error.rule},
                 {"schema_pointer", finding.schemaPointer},
                 {"message", finding.error.detail}});
        }
    }
    const bool isValid = errors.empty();
    output.document({{"errors", std::move(errors)}});
    return isValid ? kDone : kBadInput;
}

} // namespace

std::vector<CommandSpec> schemaCommands()
{
    return {
        {"schema list",
         "The contracts that documents follow",
         "",
         {},
         {},
         {"schema list", "schema list --json"},
         listSchemas},
        {"schema validate",
         "Check documents against their contract",
         "The contract is the one the document's header names. Only the schema is checked; what "
         "must\n"
         "hold between documents is checked when they are handed in.",
         {{"FILE", "A JSON document", true}},
         {{"contract", "NAME", "Check against this contract instead"}},
         {"schema validate memo.json plan.json",
          "schema validate --contract memo draft.json --json"},
         validateFiles}};
}

} // namespace countersign::ctl
