#include "ui/decision/json_access.h"

#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"

namespace countersign::ui {

const Json& member(const Json& object, const char* key)
{
    static const Json kNothing;
    if (!object.is_object())
        return kNothing;
    const auto found = object.find(key);
    return found == object.end() ? kNothing : *found;
}

const Json& listMember(const Json& object, const char* key)
{
    static const Json kNone = Json::array();
    const Json& value = member(object, key);
    return value.is_array() ? value : kNone;
}

QString prose(const Json& object, const char* key)
{
    return toQString(textMember(object, key));
}

QStringList proseList(const Json& object, const char* key)
{
    QStringList list;
    for (const Json& item : listMember(object, key)) {
        if (item.is_string())
            list << toQString(item.get_ref<const std::string&>());
    }
    return list;
}

double numberMember(const Json& object, const char* key, double otherwise)
{
    const Json& value = member(object, key);
    return value.is_number() ? value.get<double>() : otherwise;
}

int intMember(const Json& object, const char* key, int otherwise)
{
    const Json& value = member(object, key);
    return value.is_number() ? static_cast<int>(value.get<double>()) : otherwise;
}

bool boolMember(const Json& object, const char* key)
{
    const Json& value = member(object, key);
    return value.is_boolean() && value.get<bool>();
}

std::optional<Instant> instantMember(const Json& object, const char* key)
{
    const auto parsed = Instant::parse(textMember(object, key));
    if (!parsed.ok())
        return std::nullopt;
    return *parsed;
}

QString actorName(const Json& actor)
{
    const QString name = prose(actor, "display_name");
    return name.isEmpty() ? prose(actor, "id") : name;
}

QString moneyMember(const Json& object, const char* key)
{
    const Json& money = member(object, key);
    if (!money.is_object())
        return {};
    return moneyText(textMember(money, "amount"), textMember(money, "currency"));
}

} // namespace countersign::ui
