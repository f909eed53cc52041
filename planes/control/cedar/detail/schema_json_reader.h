#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/detail/schema_json_place.h"
#include "planes/control/cedar/schema_document.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::cedar {

/// Turns the JSON form of a schema into a document.
class SchemaJsonReader
{
public:
    [[nodiscard]] Result<SchemaDocument> read(const Json& schema);

private:
    [[nodiscard]] Result<void> count();
    [[nodiscard]] Result<NamespaceDeclaration>
    space(const std::string& name, const JsonPlace& place);
    [[nodiscard]] Result<EntityDeclaration> entity(const std::string& name, const JsonPlace& place);
    [[nodiscard]] Result<ActionDeclaration> action(const std::string& name, const JsonPlace& place);
    [[nodiscard]] Result<std::vector<CommonTypeDeclaration>> commonTypes(const JsonPlace& place);
    [[nodiscard]] Result<std::vector<std::string>>
    choices(const JsonPlace& entity, const JsonPlace& list);
    [[nodiscard]] Result<ActionReference> actionReference(const JsonPlace& place);
    [[nodiscard]] Result<AppliesTo> appliesTo(const JsonPlace& place);
    [[nodiscard]] Result<CommonTypeDeclaration>
    commonType(const std::string& name, const JsonPlace& place);
    [[nodiscard]] Result<TypeDeclaration>
    type(const JsonPlace& place, std::initializer_list<std::string_view> more, std::size_t depth);
    [[nodiscard]] Result<TypeDeclaration> record(const JsonPlace& place, std::size_t depth);
    [[nodiscard]] Result<AttributeDeclaration>
    attribute(const std::string& name, const JsonPlace& place, std::size_t depth);
    [[nodiscard]] Result<std::vector<NameReference>> names(const JsonPlace& place);
    [[nodiscard]] Result<std::vector<Annotation>> annotations(const JsonPlace& place);

    std::size_t m_partCount = 0;
};

} // namespace countersign::cedar
