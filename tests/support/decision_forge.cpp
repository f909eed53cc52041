#include "tests/support/decision_forge.h"

#include "planes/data/contracts.h"

#include <algorithm>
#include <set>

namespace countersign::testing {

namespace {

/// Digests depend on each other this deep at most: sources, items, pack, packet, then receipts.
constexpr int kPassCountMax = 20;

std::string schemaOf(const Json& document)
{
    return document.at("header").at("schema").get<std::string>();
}

std::string digestOf(const Json& document)
{
    return canonicalDigest(document).value().hex();
}

/// SHA-256 over the `sha256` values of a list, joined by a line feed.
std::string listDigestOf(const Json& references)
{
    std::vector<Digest> digests;
    for (const Json& reference : references)
        digests.push_back(Digest::parse(reference.at("sha256").get<std::string>()).value());
    return digestOfList(digests).hex();
}

/// The payload digest of the call in `holder`, if there is one.
void resealCall(Json& holder)
{
    if (holder.contains("call"))
        holder.at("call").at("payload_sha256") = digestOf(holder.at("call").at("payload"));
}

/// The digest references that a document makes.
std::vector<Json*> referencesIn(Json& document)
{
    std::vector<Json*> references;
    for (const char* list : {"items", "packet"}) {
        if (!document.contains(list))
            continue;
        for (Json& reference : document.at(list))
            references.push_back(&reference);
    }
    if (schemaOf(document) == "tool_receipt")
        references.push_back(&document.at("plan"));
    return references;
}

} // namespace

Result<data::SchemaSet> contractSchemas()
{
    const data::FolderContent folder =
        data::readDecisionFolder(COUNTERSIGN_SOURCE_DIR "/resources/schemas");
    const auto names = data::contractNames();
    std::vector<std::string> texts;
    for (const data::IncomingFile& file : folder.files) {
        const std::string name = file.path.substr(0, file.path.find('.'));
        if (name == "common" || std::find(names.begin(), names.end(), name) != names.end())
            texts.push_back(file.bytes);
    }
    return data::loadContractSchemas(texts);
}

std::string demoDecisionFolder(std::string_view name)
{
    return std::string(COUNTERSIGN_SOURCE_DIR "/resources/demo/decisions/") + std::string(name);
}

Result<DecisionForge> DecisionForge::load(const std::string& folder)
{
    const data::FolderContent content = data::readDecisionFolder(folder);
    if (!content.errors.empty())
        return fail(content.errors.front());
    DecisionForge forge;
    for (const data::IncomingFile& file : content.files) {
        if (!data::isRecordPath(file.path)) {
            forge.m_sources[file.path] = file.bytes;
            continue;
        }
        CS_TRY(Json document, parseJson(file.bytes));
        if (!document.is_object())
            return fail(ErrorCode::InvalidInput, file.path + " is not an object");
        forge.m_documents[file.path] = std::move(document);
    }
    forge.rememberSources();
    forge.rememberLinks();
    return forge;
}

void DecisionForge::set(const std::string& path, const std::string& pointer, Json value)
{
    m_pins.emplace_back(path, Json::json_pointer(pointer), std::move(value));
    applyPins(path);
}

void DecisionForge::applyPins(const std::string& path)
{
    for (const auto& [pinned, pointer, value] : m_pins) {
        if (pinned == path && m_documents.contains(path))
            m_documents.at(path)[pointer] = value;
    }
}

void DecisionForge::erase(const std::string& path, const std::string& pointer)
{
    if (pointer == "/previous_receipt_sha256")
        m_previous.erase(path);
    const Json::json_pointer place(pointer);
    Json& parent = m_documents.at(path).at(place.parent_pointer());
    if (parent.is_array())
        parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
    else
        parent.erase(place.back());
}

void DecisionForge::rememberSources()
{
    std::map<std::string, std::string> sourceOf;
    for (const auto& [path, bytes] : m_sources)
        sourceOf[Digest::of(bytes).hex()] = path;
    for (const auto& [path, document] : m_documents) {
        for (const std::string list : {"sources", "artifacts"}) {
            const Json sources = document.value(list, Json::array());
            for (std::size_t i = 0; i < sources.size(); ++i) {
                const auto found = sourceOf.find(sources[i].at("sha256"));
                if (found != sourceOf.end())
                    m_sourceLinks.push_back(
                        {path, '/' + list + '/' + std::to_string(i), found->second});
            }
        }
    }
}

void DecisionForge::rememberLinks()
{
    std::map<std::string, std::string> receiptOf;
    std::map<std::string, std::string> requestOf;
    for (const auto& [path, document] : m_documents) {
        if (schemaOf(document) == "tool_receipt")
            receiptOf[digestOf(document)] = path;
        if (schemaOf(document) != "approval_request")
            continue;
        const Json& packet = document.at("packet_sha256");
        requestOf[packet.get<std::string>()] = path;
        for (const Json& vote : document.at("votes"))
            m_votes[path].push_back(vote.at("packet_sha256") == packet);
    }
    for (const auto& [path, document] : m_documents) {
        if (schemaOf(document) != "tool_receipt")
            continue;
        if (document.contains("previous_receipt_sha256"))
            m_previous[path] = receiptOf[document.at("previous_receipt_sha256")];
        if (document.contains("packet_sha256"))
            m_requestOf[path] = requestOf[document.at("packet_sha256")];
    }
}

const Json* DecisionForge::revision(const std::string& recordId, const Json& number) const
{
    for (const auto& [path, document] : m_documents) {
        const Json& header = document.at("header");
        if (header.at("record_id") == Json(recordId) && header.at("revision") == number)
            return &document;
    }
    return nullptr;
}

void DecisionForge::resealSources()
{
    for (const SourceLink& link : m_sourceLinks) {
        const auto document = m_documents.find(link.document);
        const auto source = m_sources.find(link.source);
        const Json::json_pointer pointer(link.pointer);
        if (document == m_documents.end() || source == m_sources.end()
            || !document->second.contains(pointer))
            continue;
        Json& stated = document->second.at(pointer);
        stated["sha256"] = Digest::of(source->second).hex();
        if (stated.contains("size_bytes"))
            stated["size_bytes"] = source->second.size();
        applyPins(link.document);
    }
}

const Json* DecisionForge::callOf(const Json& receipt) const
{
    const Json* plan =
        revision(receipt.at("plan").at("record_id"), receipt.at("plan").at("revision"));
    if (plan == nullptr)
        return nullptr;
    for (const Json& step : plan->at("steps")) {
        if (step.at("step_id") != receipt.at("step_id"))
            continue;
        const bool undoes = receipt.at("phase") == "compensation";
        const Json& holder = undoes ? step.at("compensation") : step;
        return holder.contains("call") ? &holder.at("call") : nullptr;
    }
    return nullptr;
}

void DecisionForge::resealPayloads()
{
    for (auto& [path, document] : m_documents) {
        if (schemaOf(document) != "execution_plan")
            continue;
        for (Json& step : document.at("steps")) {
            resealCall(step);
            resealCall(step.at("compensation"));
        }
        applyPins(path);
    }
    for (auto& [path, document] : m_documents) {
        const Json* call = schemaOf(document) == "tool_receipt" ? callOf(document) : nullptr;
        if (call == nullptr)
            continue;
        document.at("intended").at("payload_sha256") = call->at("payload_sha256");
        applyPins(path);
    }
}

void DecisionForge::resealRequest(const std::string& path, Json& request)
{
    const std::string packet = listDigestOf(request.at("packet"));
    request["packet_sha256"] = packet;
    applyPins(path);
    const std::vector<bool>& current = m_votes[path];
    Json& votes = request.at("votes");
    for (std::size_t i = 0; i < votes.size(); ++i) {
        // A vote that the test added names the packet as well.
        if (i >= current.size() || current[i])
            votes[i]["packet_sha256"] = request.at("packet_sha256");
    }
}

void DecisionForge::resealReceipt(const std::string& path, Json& receipt)
{
    const auto previous = m_previous.find(path);
    if (previous != m_previous.end() && m_documents.contains(previous->second))
        receipt["previous_receipt_sha256"] = digestOf(m_documents.at(previous->second));
    const auto request = m_requestOf.find(path);
    if (request != m_requestOf.end() && m_documents.contains(request->second))
        receipt["packet_sha256"] = m_documents.at(request->second).at("packet_sha256");
}

void DecisionForge::resealDocument(const std::string& path, Json& document)
{
    const std::string schema = schemaOf(document);
    for (Json* reference : referencesIn(document)) {
        const Json* target = revision(reference->at("record_id"), reference->at("revision"));
        if (target != nullptr)
            reference->at("sha256") = digestOf(*target);
    }
    Json& header = document.at("header");
    if (header.contains("supersedes_sha256")) {
        const Json* earlier =
            revision(header.at("record_id"), header.at("revision").get<int>() - 1);
        if (earlier != nullptr)
            header.at("supersedes_sha256") = digestOf(*earlier);
    }
    applyPins(path);
    if (schema == "evidence_pack") {
        const std::string root = listDigestOf(document.at("items"));
        document["root_sha256"] = root;
        for (Json& attestation : document.at("attestations"))
            attestation["root_sha256"] = root;
    }
    if (schema == "approval_request")
        resealRequest(path, document);
    if (schema == "tool_receipt")
        resealReceipt(path, document);
    applyPins(path);
}

bool DecisionForge::resealReferences()
{
    bool changed = false;
    for (auto& [path, document] : m_documents) {
        const Json before = document;
        resealDocument(path, document);
        changed = changed || document != before;
    }
    return changed;
}

void DecisionForge::reseal()
{
    resealSources();
    resealPayloads();
    for (int pass = 0; pass < kPassCountMax && resealReferences(); ++pass) {
    }
}

std::vector<std::string> DecisionForge::sealedPaths() const
{
    std::set<std::string> named;
    for (auto [path, document] : m_documents) {
        for (const Json* reference : referencesIn(document))
            named.insert(reference->at("sha256"));
        named.insert(document.value("previous_receipt_sha256", std::string()));
        named.insert(document.at("header").value("supersedes_sha256", std::string()));
    }
    std::vector<std::string> paths;
    for (const auto& [path, document] : m_documents) {
        if (named.contains(digestOf(document)))
            paths.push_back(path);
    }
    return paths;
}

data::FolderContent DecisionForge::content() const
{
    data::FolderContent content;
    for (const auto& [path, document] : m_documents)
        content.files.push_back({path, document.dump()});
    for (const auto& [path, bytes] : m_sources)
        content.files.push_back({path, bytes});
    std::sort(content.files.begin(), content.files.end(), [](const auto& a, const auto& b) {
        return a.path < b.path;
    });
    return content;
}

} // namespace countersign::testing
