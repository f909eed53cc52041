#include "planes/execution/connector_pin.h"

namespace countersign::execution {

namespace {

struct AddressJson
{
    Json operator()(const HttpAddress& address) const
    {
        return {{"kind", "http"}, {"base_url", address.baseUrl}, {"secret", address.secretName}};
    }
    Json operator()(const FileDropAddress& address) const
    {
        return {{"kind", "file_drop"}, {"folder", address.folder}};
    }
    Json operator()(const ProcessAddress& address) const
    {
        return {
            {"kind", "process"}, {"program", address.program}, {"arguments", address.arguments}};
    }
};

void addFacts(
    const ConnectorCatalog& catalog, const Json& call, std::vector<control::OperationFacts>& facts)
{
    const std::string name = textMember(call, "connector");
    const std::string version = textMember(call, "connector_version");
    const std::string operationName = textMember(call, "operation");
    const ConnectorManifest* manifest = catalog.find(name, version);
    const ConnectorOperation* operation =
        manifest == nullptr ? nullptr : manifest->operation(operationName);
    if (operation != nullptr)
        facts.push_back(
            {name, version, operationName, operation->classes, connectorPin(*manifest).sha256});
}

} // namespace

control::ConnectorPin connectorPin(const ConnectorManifest& manifest)
{
    const Json pinned = {
        {"manifest", manifest.digest().hex()},
        {"address", std::visit(AddressJson{}, manifest.address)}};
    return {manifest.name, manifest.version, Digest::of(canonicalOwnJson(pinned))};
}

std::vector<control::OperationFacts>
operationFacts(const ConnectorCatalog& catalog, const Json& plan)
{
    std::vector<control::OperationFacts> facts;
    for (const Json& step : plan.value("steps", Json::array())) {
        addFacts(catalog, step.value("call", Json::object()), facts);
        const Json compensation = step.value("compensation", Json::object());
        if (compensation.contains("call"))
            addFacts(catalog, compensation["call"], facts);
    }
    return facts;
}

} // namespace countersign::execution
