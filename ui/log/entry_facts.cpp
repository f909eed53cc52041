#include "ui/log/entry_facts.h"

#include "models/encoding.h"

namespace countersign::ui {

namespace {

std::uint64_t countMember(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// A DSSE envelope's payload when it is JSON: the statement somebody signed.
std::optional<Json> signedStatement(const Json& body)
{
    if (!body.is_object() || !body.contains("payload") || !body.contains("payloadType"))
        return std::nullopt;
    const Result<std::string> bytes =
        base64Decode(textMember(body, "payload"), Base64Alphabet::StandardOrUrl);
    if (!bytes.ok())
        return std::nullopt;
    Result<Json> statement = parseJson(*bytes);
    if (!statement.ok())
        return std::nullopt;
    return std::move(statement).value();
}

void takeBody(const Json& body, EntryFacts& facts)
{
    const std::optional<Json> statement = signedStatement(body);
    if (!statement) {
        facts.body = fieldRows(body);
        return;
    }
    facts.statement = fieldRows(*statement);
    const auto signatures = body.find("signatures");
    if (signatures == body.end() || !signatures->is_array())
        return;
    for (const Json& signature : *signatures) {
        if (signature.is_object())
            facts.signerKeyIds.push_back(textMember(signature, "keyid"));
    }
}

void takeProof(const Json& proof, EntryFacts& facts)
{
    facts.treeSize = countMember(proof, "tree_size");
    facts.root = textMember(proof, "root");
    const auto hashes = proof.find("hashes");
    if (hashes == proof.end() || !hashes->is_array())
        return;
    for (const Json& hash : *hashes) {
        if (hash.is_string())
            facts.proof.push_back(hash.get<std::string>());
    }
}

} // namespace

EntryFacts entryFacts(const Json& entry)
{
    EntryFacts facts;
    if (!entry.is_object())
        return facts;
    facts.index = countMember(entry, "index");
    facts.type = textMember(entry, "type");
    facts.decisionId = textMember(entry, "decision_id");
    facts.leafHash = textMember(entry, "leaf_hash");
    facts.erased = !entry.contains("body");
    if (entry.contains("leaf"))
        facts.leaf = fieldRows(entry["leaf"]);
    if (!facts.erased)
        takeBody(entry["body"], facts);
    if (entry.contains("proof") && entry["proof"].is_object())
        takeProof(entry["proof"], facts);
    return facts;
}

} // namespace countersign::ui
