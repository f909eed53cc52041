#include "ui/format/json_rows.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(JsonRows)
};

QString joined(const QString& path, const QString& name)
{
    return path.isEmpty() ? name : path + QStringLiteral(" › ") + name;
}

FieldRow leaf(const Json& value, std::string pointer, QString path)
{
    FieldRow row{std::move(pointer), std::move(path), {}, FieldType::Text};
    if (value.is_string()) {
        row.value = toQString(value.get_ref<const std::string&>());
    } else if (value.is_boolean()) {
        row.type = FieldType::Boolean;
        row.value = value.get<bool>() ? Tr::tr("yes") : Tr::tr("no");
    } else if (value.is_number()) {
        row.type = FieldType::Number;
        row.value = toQString(value.dump());
    } else if (value.is_object()) {
        row.type = FieldType::EmptyObject;
        row.value = Tr::tr("(nothing inside)");
    } else if (value.is_array()) {
        row.type = FieldType::EmptyList;
        row.value = Tr::tr("(empty list)");
    } else {
        row.type = FieldType::Null;
        row.value = Tr::tr("(no value)");
    }
    return row;
}

void collect(
    const Json& value, const std::string& pointer, const QString& path, std::vector<FieldRow>& rows)
{
    if (value.is_object() && !value.empty()) {
        for (const auto& [key, member] : value.items())
            collect(member, pointer + '/' + pointerToken(key), joined(path, toQString(key)), rows);
        return;
    }
    if (value.is_array() && !value.empty()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            collect(
                value[i],
                pointer + '/' + std::to_string(i),
                joined(path, QString::number(i + 1)),
                rows);
        return;
    }
    rows.push_back(leaf(value, pointer, path));
}

const FieldRow* withPointer(const std::vector<FieldRow>& rows, const std::string& pointer)
{
    const auto found = std::find_if(
        rows.begin(), rows.end(), [&](const FieldRow& row) { return row.pointer == pointer; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

std::vector<FieldRow> fieldRows(const Json& value)
{
    std::vector<FieldRow> rows;
    if (value.is_object() && value.empty())
        return rows;
    collect(value, {}, {}, rows);
    return rows;
}

QString fieldTypeName(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return Tr::tr("text");
    case FieldType::Number:
        return Tr::tr("number");
    case FieldType::Boolean:
        return Tr::tr("yes or no");
    case FieldType::Null:
        return Tr::tr("no value");
    case FieldType::EmptyObject:
        return Tr::tr("group");
    case FieldType::EmptyList:
        return Tr::tr("list");
    }
    return {};
}

std::vector<FieldChange> fieldChanges(const Json& before, const Json& after)
{
    const std::vector<FieldRow> old = fieldRows(before);
    const std::vector<FieldRow> now = fieldRows(after);
    std::vector<FieldChange> changes;
    for (const FieldRow& row : now) {
        const FieldRow* const was = withPointer(old, row.pointer);
        if (was == nullptr)
            changes.push_back({row.path, {}, row.value, true, false});
        else if (was->value != row.value || was->type != row.type)
            changes.push_back({row.path, was->value, row.value, false, false});
    }
    for (const FieldRow& row : old) {
        if (withPointer(now, row.pointer) == nullptr)
            changes.push_back({row.path, row.value, {}, false, true});
    }
    return changes;
}

} // namespace countersign::ui
