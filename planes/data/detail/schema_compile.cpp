#include "planes/data/detail/schema_compile.h"

#include "planes/data/detail/schema_keyword_reader.h"
#include "planes/data/detail/schema_values.h"

namespace countersign::data::detail {

namespace {

class SchemaCompiler
{
public:
    SchemaCompiler(SchemaRegistry& registry, FormatMode formats)
        : m_registry(registry)
        , m_formats(formats)
    {}

    Result<CompiledSchemas> run()
    {
        // Resolving a reference may append to the list of schemas.
        for (std::size_t i = 0; i < m_registry.schemas().size(); ++i) {
            CS_TRY(Node node, compile(*m_registry.schemas()[i]));
            m_compiled.nodes.push_back(std::move(node));
        }
        collectCandidates();
        CS_CHECK(refuseCycles(m_compiled.nodes));
        collectEntries();
        return std::move(m_compiled);
    }

private:
    Result<Node> compile(const Json& schema)
    {
        const Place& place = m_registry.placeOf(&schema);
        const Resource& resource = m_registry.resources()[place.resource];
        Node node;
        node.location = resource.uri + "#" + place.pointer;
        node.resource = place.resource;
        if (schema.is_boolean()) {
            node.isFalse = !schema.get<bool>();
            return node;
        }
        CS_TRY(const Dialect dialect, dialectOf(place.resource));
        const KeywordReader reader(m_registry, schema);
        CS_CHECK(readReferences(schema, reader, node));
        if (dialect.applicator)
            CS_CHECK(readApplicators(reader, node));
        if (dialect.validation) {
            CS_CHECK(readAnyType(reader, node));
            CS_CHECK(readNumberRules(reader, node.number));
            CS_CHECK(readSizes(reader, node));
        }
        if (dialect.unevaluated) {
            CS_TRY(node.unevaluatedItems, reader.schema("unevaluatedItems"));
            CS_TRY(node.unevaluatedProperties, reader.schema("unevaluatedProperties"));
        }
        if (dialect.formatAsserted || (dialect.format && m_formats == FormatMode::Assert)) {
            CS_TRY(const auto name, reader.text("format"));
            if (const FormatCheck check = name ? findFormat(*name) : nullptr; check != nullptr)
                node.text.format = NamedCheck{*name, check};
        }
        return node;
    }

    Result<Dialect> dialectOf(ResourceId id)
    {
        if (const auto known = m_dialects.find(id); known != m_dialects.end())
            return known->second;
        CS_TRY(const Dialect dialect, m_registry.dialectOf(m_registry.resources()[id]));
        m_dialects.emplace(id, dialect);
        return dialect;
    }

    Result<void> readReferences(const Json& schema, const KeywordReader& reader, Node& node)
    {
        CS_TRY(const auto reference, reader.text("$ref"));
        if (reference) {
            CS_TRY(const Target target, m_registry.resolve(&schema, *reference));
            node.inPlace.reference = m_registry.placeOf(target.schema).node;
        }
        CS_TRY(const auto dynamic, reader.text("$dynamicRef"));
        if (!dynamic)
            return {};
        CS_TRY(const Target target, m_registry.resolve(&schema, *dynamic));
        DynamicReference rule;
        rule.fallback = m_registry.placeOf(target.schema).node;
        if (target.dynamicAnchor)
            m_dynamicNames.emplace(m_registry.placeOf(&schema).node, *target.dynamicAnchor);
        node.inPlace.dynamicReference = std::move(rule);
        return {};
    }

    static Result<void> readApplicators(const KeywordReader& reader, Node& node)
    {
        InPlaceRules& inPlace = node.inPlace;
        CS_TRY(inPlace.allOf, reader.schemaList("allOf"));
        CS_TRY(inPlace.anyOf, reader.schemaList("anyOf"));
        CS_TRY(inPlace.oneOf, reader.schemaList("oneOf"));
        CS_TRY(inPlace.negated, reader.schema("not"));
        CS_TRY(inPlace.condition, reader.schema("if"));
        CS_TRY(inPlace.thenNode, reader.schema("then"));
        CS_TRY(inPlace.elseNode, reader.schema("else"));
        CS_TRY(inPlace.dependentSchemas, reader.schemaMap("dependentSchemas"));
        CS_TRY(node.array.prefixItems, reader.schemaList("prefixItems"));
        CS_TRY(node.array.items, reader.schema("items"));
        CS_TRY(node.array.contains, reader.schema("contains"));
        CS_TRY(node.object.patternProperties, reader.patternProperties());
        CS_TRY(node.object.additionalProperties, reader.schema("additionalProperties"));
        CS_TRY(node.object.propertyNames, reader.schema("propertyNames"));
        CS_TRY(const auto properties, reader.schemaMap("properties"));
        for (const NamedNode& property : properties)
            node.object.properties.emplace(property.name, property.node);
        return {};
    }

    static Result<void> readAnyType(const KeywordReader& reader, Node& node)
    {
        CS_TRY(node.types, reader.types());
        if (const Json* const list = reader.find("enum"); list != nullptr) {
            if (!list->is_array())
                return reader.refuse("enum", "is not a list");
            node.enumeration.emplace(list->begin(), list->end());
        }
        if (const Json* const value = reader.find("const"); value != nullptr)
            node.constant.emplace(*value);
        return {};
    }

    static Result<void> readNumberRules(const KeywordReader& reader, NumberRules& rules)
    {
        CS_TRY(rules.minimum, reader.number("minimum"));
        CS_TRY(rules.maximum, reader.number("maximum"));
        CS_TRY(rules.exclusiveMinimum, reader.number("exclusiveMinimum"));
        CS_TRY(rules.exclusiveMaximum, reader.number("exclusiveMaximum"));
        CS_TRY(rules.multipleOf, reader.number("multipleOf"));
        if (rules.multipleOf && compareNumbers(*rules.multipleOf, Json(0)) <= 0)
            return reader.refuse("multipleOf", "is not greater than 0");
        return {};
    }

    static Result<void> readSizes(const KeywordReader& reader, Node& node)
    {
        CS_TRY(node.text.minLength, reader.count("minLength"));
        CS_TRY(node.text.maxLength, reader.count("maxLength"));
        CS_TRY(node.text.pattern, reader.pattern());
        CS_TRY(node.array.minItems, reader.count("minItems"));
        CS_TRY(node.array.maxItems, reader.count("maxItems"));
        CS_TRY(node.array.uniqueItems, reader.flag("uniqueItems"));
        CS_TRY(node.array.minContains, reader.count("minContains"));
        CS_TRY(node.array.maxContains, reader.count("maxContains"));
        CS_TRY(node.object.minProperties, reader.count("minProperties"));
        CS_TRY(node.object.maxProperties, reader.count("maxProperties"));
        CS_TRY(node.object.required, reader.names("required"));
        CS_TRY(node.object.dependentRequired, reader.dependentRequired());
        return {};
    }

    /// Only when all resources are known.
    void collectCandidates()
    {
        for (const auto& [node, name] : m_dynamicNames) {
            auto& candidates = m_compiled.nodes[node].inPlace.dynamicReference->candidates;
            ResourceId id = 0;
            for (const Resource& resource : m_registry.resources()) {
                if (const auto found = resource.dynamicAnchors.find(name);
                    found != resource.dynamicAnchors.end())
                    candidates.emplace(id, m_registry.placeOf(found->second).node);
                ++id;
            }
        }
    }

    void collectEntries()
    {
        for (const auto& [uri, id] : m_registry.uris()) {
            const Resource& resource = m_registry.resources()[id];
            m_compiled.entries.emplace(uri, m_registry.placeOf(resource.root).node);
            for (const auto& [name, schema] : resource.anchors)
                m_compiled.entries.emplace(uri + "#" + name, m_registry.placeOf(schema).node);
        }
        NodeId id = 0;
        for (const Node& node : m_compiled.nodes)
            m_compiled.entries.emplace(node.location, id++);
    }

    SchemaRegistry& m_registry;
    FormatMode m_formats;
    std::map<ResourceId, Dialect> m_dialects;
    std::map<NodeId, std::string>
        m_dynamicNames; ///< of those $dynamicRef that others may take over
    CompiledSchemas m_compiled;
};

/// What is always applied to the same instance. Branches that depend on the instance are watched
/// while they run instead.
std::vector<NodeId> unconditional(const Node& node)
{
    const InPlaceRules& rules = node.inPlace;
    std::vector<NodeId> next = rules.allOf;
    next.insert(next.end(), rules.anyOf.begin(), rules.anyOf.end());
    next.insert(next.end(), rules.oneOf.begin(), rules.oneOf.end());
    for (const auto& single : {rules.reference, rules.negated, rules.condition})
        if (single)
            next.push_back(*single);
    return next;
}

} // namespace

Result<CompiledSchemas> compileSchemas(SchemaRegistry& registry, FormatMode formats)
{
    return SchemaCompiler(registry, formats).run();
}

Result<void> refuseCycles(const std::vector<Node>& nodes)
{
    enum class Visit : std::uint8_t {
        Never,
        Open,
        Done
    };
    struct Step
    {
        NodeId node;
        std::vector<NodeId> next;
    };
    std::vector<Visit> visits(nodes.size(), Visit::Never);
    for (NodeId start = 0; start < nodes.size(); ++start) {
        if (visits[start] != Visit::Never)
            continue;
        std::vector<Step> path{{start, unconditional(nodes[start])}};
        visits[start] = Visit::Open;
        while (!path.empty()) {
            if (path.back().next.empty()) {
                visits[path.back().node] = Visit::Done;
                path.pop_back();
                continue;
            }
            const NodeId next = path.back().next.back();
            path.back().next.pop_back();
            if (visits[next] == Visit::Open) {
                const std::string& location = nodes[next].location;
                const auto hash = location.find('#');
                return fail(Error{
                    ErrorCode::InvalidInput,
                    "the schema refers to itself without going into the instance",
                    "schema.cycle",
                    location.substr(0, hash),
                    location.substr(hash + 1)});
            }
            if (visits[next] == Visit::Done)
                continue;
            visits[next] = Visit::Open;
            path.push_back({next, unconditional(nodes[next])});
        }
    }
    return {};
}

} // namespace countersign::data::detail
