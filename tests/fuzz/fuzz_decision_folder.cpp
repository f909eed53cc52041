// One document of a decision that somebody else wrote, among others that are known and sound.
// Whatever the bytes are, the check ends with findings or accepts; what it accepts, it accepts
// again.

#include "planes/data/contracts.h"
#include "planes/data/decision_check.h"
#include "tests/support/known_decision.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace countersign;

struct Workspace
{
    data::SchemaSet schemas;
    testing::KnownDecision known;
};

std::string resources()
{
    return (std::filesystem::path(__FILE__).parent_path() / "../../resources").string();
}

data::SchemaSet loadSchemas()
{
    const auto names = data::contractNames();
    std::vector<std::string> texts;
    for (const data::IncomingFile& file :
         data::readDecisionFolder(resources() + "/schemas").files) {
        const std::string name = file.path.substr(0, file.path.find('.'));
        if (name == "common" || std::find(names.begin(), names.end(), name) != names.end())
            texts.push_back(file.bytes);
    }
    return data::loadContractSchemas(texts).value();
}

Workspace load()
{
    data::SchemaSet schemas = loadSchemas();
    const data::FolderCheck check =
        data::checkDecision(
            data::readDecisionFolder(resources() + "/demo/decisions/data-retention-change"),
            schemas,
            data::NothingKnown())
            .value();
    if (!check.accepted())
        std::abort();
    return {std::move(schemas), testing::KnownDecision(check)};
}

data::FolderCheck check(const Workspace& workspace, std::string_view bytes)
{
    data::FolderContent content;
    content.files.push_back({"memo.json", std::string(bytes)});
    return data::checkDecision(std::move(content), workspace.schemas, workspace.known).value();
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static Workspace workspace = load();
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // The document stands in for its own record, so that it is the newest revision.
    std::string recordId;
    if (const Result<Json> document = parseJson(bytes); document.ok()) {
        const Json* id = valueAt(*document, "/header/record_id");
        if (id != nullptr && id->is_string())
            recordId = id->get<std::string>();
    }
    workspace.known.hide(recordId);
    const data::FolderCheck first = check(workspace, bytes);
    if (first.accepted() != check(workspace, bytes).accepted())
        std::abort();
    if (first.accepted() && first.records.size() != 1)
        std::abort();
    for (const Error& error : first.errors) {
        if (error.rule.empty() || error.detail.empty())
            std::abort();
    }
    return 0;
}
