#pragma once

#include "models/json.h"
#include "planes/data/decision_check.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace countersign::testing {

/// The contract schemas of the project, compiled.
[[nodiscard]] Result<data::SchemaSet> contractSchemas();

/// Folder of a decision of the demo workspace, e.g. `partner-activation`.
[[nodiscard]] std::string demoDecisionFolder(std::string_view name);

/// A decision folder in memory. A test changes one thing and has all digests that follow from it
/// made right again, so that only the rule it is about can refuse the result.
class DecisionForge
{
public:
    /// Errors: those of reading and parsing, and InvalidInput for a document that is not an object.
    [[nodiscard]] static Result<DecisionForge> load(const std::string& folder);

    /// The document at a path such as `evidence/01-tariff.json`; made when it is not there.
    [[nodiscard]] Json& document(const std::string& path) { return m_documents[path]; }
    [[nodiscard]] const std::map<std::string, Json>& documents() const { return m_documents; }
    [[nodiscard]] std::string& source(const std::string& path) { return m_sources[path]; }

    /// Sets the value at a JSON pointer; reseal() leaves it so, even where it is a wrong digest.
    /// The place around it must exist.
    void set(const std::string& path, const std::string& pointer, Json value);
    void erase(const std::string& path, const std::string& pointer);
    void removeDocument(const std::string& path) { m_documents.erase(path); }

    /// Makes every digest right, in the order in which they depend on each other: sources,
    /// payloads, documents named by others, earlier revisions, roots and packets, the votes and
    /// attestations that named them, and the chain of receipts as it was when it was loaded.
    void reseal();

    /// Documents that another one names by digest, as they are now.
    [[nodiscard]] std::vector<std::string> sealedPaths() const;

    /// The folder as the check wants it, documents in compact text.
    [[nodiscard]] data::FolderContent content() const;

private:
    struct SourceLink
    {
        std::string document;
        std::string pointer; ///< Of the object with `uri` and `sha256`.
        std::string source;
    };

    void rememberSources();
    void rememberLinks();
    void applyPins(const std::string& path);
    void resealSources();
    void resealPayloads();
    void resealDocument(const std::string& path, Json& document);
    [[nodiscard]] bool resealReferences();
    void resealRequest(const std::string& path, Json& request);
    void resealReceipt(const std::string& path, Json& receipt);
    [[nodiscard]] const Json* revision(const std::string& recordId, const Json& number) const;
    /// The call of the plan that a receipt is about, or null.
    [[nodiscard]] const Json* callOf(const Json& receipt) const;

    std::map<std::string, Json> m_documents;
    std::map<std::string, std::string> m_sources;
    /// What set() was told, in order: path, pointer, value.
    std::vector<std::tuple<std::string, Json::json_pointer, Json>> m_pins;
    std::vector<SourceLink> m_sourceLinks;
    /// Receipt to the one before it, and to the request under which it was made.
    std::map<std::string, std::string> m_previous;
    std::map<std::string, std::string> m_requestOf;
    /// Request to the votes that name its packet, by index.
    std::map<std::string, std::vector<bool>> m_votes;
};

} // namespace countersign::testing
