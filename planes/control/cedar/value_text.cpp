#include "planes/control/cedar/value.h"

namespace countersign::cedar {

namespace {

std::string callText(std::string_view function, std::string_view argument)
{
    return std::string(function) + '(' + cedar::quoted(argument) + ')';
}

/// The years that text cannot say are counted from the epoch.
std::string dateTimeText(DateTime value)
{
    if (const auto text = value.text())
        return callText("datetime", *text);
    return callText("datetime", "1970-01-01") + ".offset("
           + callText("duration", Duration{value.milliseconds}.text()) + ')';
}

Json callJson(std::string_view function, Json argument)
{
    Json call = Json::object();
    call["fn"] = function;
    call["arg"] = std::move(argument);
    return Json{{"__extn", std::move(call)}};
}

Json dateTimeJson(DateTime value)
{
    if (auto text = value.text())
        return callJson("datetime", *std::move(text));
    Json arguments = Json::array();
    arguments.push_back(callJson("datetime", "1970-01-01"));
    arguments.push_back(callJson("duration", Duration{value.milliseconds}.text()));
    return Json{{"__extn", Json{{"fn", "offset"}, {"args", std::move(arguments)}}}};
}

std::string setText(const SetData& set)
{
    std::string text = "[";
    for (const Value& element : set.elements) {
        if (text.size() > 1)
            text += ", ";
        text += valueText(element);
    }
    return text + ']';
}

std::string recordText(const RecordData& record)
{
    std::string text = "{";
    for (const RecordEntry& entry : record.entries) {
        if (text.size() > 1)
            text += ", ";
        text += isName(entry.key.text()) ? entry.key.text() : cedar::quoted(entry.key.text());
        text += ": " + valueText(entry.value);
    }
    return text + '}';
}

} // namespace

std::string valueText(const ValueView& value)
{
    switch (value.kind()) {
    case ValueKind::Bool:
        return value.boolean() ? "true" : "false";
    case ValueKind::Integer:
        return std::to_string(value.integer());
    case ValueKind::String:
        return cedar::quoted(value.string());
    case ValueKind::Uid:
        return uidText(value.uid());
    case ValueKind::Set:
        return setText(value.set());
    case ValueKind::Record:
        return recordText(value.record());
    case ValueKind::Decimal:
        return callText("decimal", value.decimal().text());
    case ValueKind::Ip:
        return callText("ip", value.ip().text());
    case ValueKind::DateTime:
        return dateTimeText(value.dateTime());
    case ValueKind::Duration:
        return callText("duration", value.duration().text());
    }
    return {};
}

Json valueJson(const ValueView& value)
{
    switch (value.kind()) {
    case ValueKind::Bool:
        return value.boolean();
    case ValueKind::Integer:
        return value.integer();
    case ValueKind::String:
        return value.string();
    case ValueKind::Uid:
        return Json{{"__entity", Json{{"type", value.uid().type}, {"id", value.uid().id}}}};
    case ValueKind::Set: {
        Json elements = Json::array();
        for (const Value& element : value.set().elements)
            elements.push_back(valueJson(element));
        return elements;
    }
    case ValueKind::Record: {
        Json members = Json::object();
        for (const RecordEntry& entry : value.record().entries)
            members[entry.key.text()] = valueJson(entry.value);
        return members;
    }
    case ValueKind::Decimal:
        return callJson("decimal", value.decimal().text());
    case ValueKind::Ip:
        return callJson("ip", value.ip().text());
    case ValueKind::DateTime:
        return dateTimeJson(value.dateTime());
    case ValueKind::Duration:
        return callJson("duration", value.duration().text());
    }
    return nullptr;
}

} // namespace countersign::cedar
