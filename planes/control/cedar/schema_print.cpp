#include "planes/control/cedar/schema_text.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace countersign::cedar {

namespace {

constexpr std::string_view kIndent = "  ";

std::string keyText(const std::string& key)
{
    return isName(key) ? key : cedar::quoted(key);
}

/// Writes one document.
class SchemaPrinter
{
public:
    explicit SchemaPrinter(const SchemaDocument& document)
        : m_document(document)
    {}

    Result<std::string> run()
    {
        for (const NamespaceDeclaration& space : m_document.namespaces) {
            for (const EntityDeclaration& entity : space.entityTypes)
                m_entityTypes.insert(fullName(space, entity.name));
            for (const CommonTypeDeclaration& type : space.commonTypes)
                m_commonTypes.insert(fullName(space, type.name));
        }
        for (const NamespaceDeclaration& space : m_document.namespaces)
            CS_CHECK(writeSpace(space));
        return std::move(m_text);
    }

private:
    static std::string fullName(const NamespaceDeclaration& space, const std::string& name)
    {
        return space.name.empty() ? name : space.name + "::" + name;
    }

    Result<void> writeSpace(const NamespaceDeclaration& space)
    {
        m_space = &space;
        const bool isNamed = !space.name.empty();
        m_lead = isNamed ? kIndent : std::string_view();
        if (isNamed) {
            writeAnnotations(space.annotations, {});
            m_text += "namespace " + space.name + " {\n";
        }
        CS_CHECK(writeDeclarations(space));
        if (isNamed)
            m_text += "}\n";
        return {};
    }

    Result<void> writeDeclarations(const NamespaceDeclaration& space)
    {
        for (const CommonTypeDeclaration& type : space.commonTypes)
            CS_CHECK(writeCommonType(type));
        for (const EntityDeclaration& entity : space.entityTypes)
            CS_CHECK(writeEntity(entity));
        for (const ActionDeclaration& action : space.actions)
            CS_CHECK(writeAction(action));
        return {};
    }

    Result<void> writeCommonType(const CommonTypeDeclaration& type)
    {
        writeAnnotations(type.annotations, m_lead);
        m_text += std::string(m_lead) + "type " + type.name + " = ";
        CS_CHECK(writeType(type.type, std::string(m_lead)));
        m_text += ";\n";
        return {};
    }

    void writeAnnotations(const std::vector<Annotation>& annotations, std::string_view lead)
    {
        for (const Annotation& annotation : annotations) {
            m_text += std::string(lead) + "@" + annotation.key;
            if (!annotation.value.empty())
                m_text += "(" + cedar::quoted(annotation.value) + ")";
            m_text += '\n';
        }
    }

    void writeNames(const std::vector<NameReference>& names)
    {
        m_text += '[';
        for (std::size_t i = 0; i < names.size(); ++i)
            m_text += (i == 0 ? "" : ", ") + names[i].name;
        m_text += ']';
    }

    Result<void> writeEntity(const EntityDeclaration& entity)
    {
        writeAnnotations(entity.annotations, m_lead);
        m_text += std::string(m_lead) + "entity " + entity.name;
        if (entity.isEnumerated()) {
            m_text += " enum [";
            for (std::size_t i = 0; i < entity.choices.size(); ++i)
                m_text += (i == 0 ? "" : ", ") + cedar::quoted(entity.choices[i]);
            m_text += "];\n";
            return {};
        }
        if (!entity.memberOf.empty()) {
            m_text += " in ";
            writeNames(entity.memberOf);
        }
        if (entity.shape.form != TypeForm::Record)
            return unsupported(
                "the shape of " + entity.name
                + " is the name of a type; text needs the record itself");
        if (!entity.shape.attributes.empty()) {
            m_text += " = ";
            CS_CHECK(writeType(entity.shape, std::string(m_lead)));
        }
        if (entity.tags) {
            m_text += " tags ";
            CS_CHECK(writeType(*entity.tags, std::string(m_lead)));
        }
        m_text += ";\n";
        return {};
    }

    Result<void> writeAction(const ActionDeclaration& action)
    {
        writeAnnotations(action.annotations, m_lead);
        m_text += std::string(m_lead) + "action " + keyText(action.name);
        if (!action.memberOf.empty()) {
            m_text += " in [";
            for (std::size_t i = 0; i < action.memberOf.size(); ++i) {
                const ActionReference& reference = action.memberOf[i];
                m_text += i == 0 ? "" : ", ";
                m_text += reference.type ? *reference.type + "::" + cedar::quoted(reference.id)
                                         : keyText(reference.id);
            }
            m_text += ']';
        }
        // An action that lacks one of the two applies to nothing, as one without appliesTo.
        const auto& applies = action.appliesTo;
        if (applies && !applies->principals.empty() && !applies->resources.empty()) {
            const std::string lead = std::string(m_lead) + std::string(kIndent);
            m_text += " appliesTo {\n" + lead + "principal: ";
            writeNames(applies->principals);
            m_text += ",\n" + lead + "resource: ";
            writeNames(applies->resources);
            m_text += ",\n" + lead + "context: ";
            CS_CHECK(writeContext(applies->context, lead));
            m_text += '\n' + std::string(m_lead) + '}';
        }
        m_text += ";\n";
        return {};
    }

    Result<void> writeContext(const TypeDeclaration& context, const std::string& lead)
    {
        const bool isWritable = context.form == TypeForm::Record || context.form == TypeForm::Name
                                || context.form == TypeForm::CommonName;
        if (!isWritable)
            return unsupported("a context is neither a record nor the name of one");
        return writeType(context, lead);
    }

    Result<void> writeType(const TypeDeclaration& type, const std::string& lead)
    {
        switch (type.form) {
        case TypeForm::EntityName:
            CS_CHECK(checkVisible(type.name));
            m_text += type.name;
            return {};
        case TypeForm::Name:
        case TypeForm::CommonName:
            m_text += type.name;
            return {};
        case TypeForm::ExtensionName:
            m_text += "__cedar::" + type.name;
            return {};
        case TypeForm::Boolean:
            m_text += "__cedar::Bool";
            return {};
        case TypeForm::Long:
            m_text += "__cedar::Long";
            return {};
        case TypeForm::String:
            m_text += "__cedar::String";
            return {};
        case TypeForm::Set:
            m_text += "Set<";
            CS_CHECK(writeType(type.elements.front(), lead));
            m_text += '>';
            return {};
        case TypeForm::Record:
            break;
        }
        if (type.attributes.empty()) {
            m_text += "{}";
            return {};
        }
        const std::string inner = lead + std::string(kIndent);
        m_text += "{\n";
        for (const AttributeDeclaration& attribute : type.attributes) {
            writeAnnotations(attribute.annotations, inner);
            m_text += inner + keyText(attribute.name) + (attribute.isRequired ? ": " : "?: ");
            CS_CHECK(writeType(attribute.type, inner));
            m_text += ",\n";
        }
        m_text += lead + "}";
        return {};
    }

    /// Text cannot say that an entity type is meant where a common type has the same name.
    Result<void> checkVisible(const std::string& name) const
    {
        std::vector<std::string> candidates;
        if (name.find("::") == std::string::npos)
            candidates.push_back(fullName(*m_space, name));
        candidates.push_back(name);
        for (const std::string& candidate : candidates) {
            if (m_commonTypes.contains(candidate))
                return unsupported("the entity type " + name + " is hidden by a type of that name");
            if (m_entityTypes.contains(candidate))
                break;
        }
        return {};
    }

    static Failure unsupported(std::string detail)
    {
        return fail(ErrorCode::Unsupported, std::move(detail), "cedar.schema.text");
    }

    const SchemaDocument& m_document;
    const NamespaceDeclaration* m_space = nullptr;
    std::string_view m_lead;
    std::set<std::string, std::less<>> m_entityTypes;
    std::set<std::string, std::less<>> m_commonTypes;
    std::string m_text;
};

} // namespace

Result<std::string> schemaText(const SchemaDocument& document)
{
    return SchemaPrinter(document).run();
}

} // namespace countersign::cedar
