#include "planes/data/detail/json_place.h"

#include <algorithm>
#include <cmath>

namespace countersign::data::detail {

namespace {

constexpr double kExactIntegerMax = 9007199254740992.0; // 2^53

} // namespace

const Json& JsonPlace::value() const
{
    static const Json kNothing;
    return m_value != nullptr ? *m_value : kNothing;
}

JsonPlace JsonPlace::at(std::string_view key) const
{
    std::string pointer = m_pointer + '/' + pointerToken(key);
    if (m_value == nullptr || !m_value->is_object())
        return {nullptr, std::move(pointer)};
    const auto found = m_value->find(std::string(key));
    return {found == m_value->end() ? nullptr : &*found, std::move(pointer)};
}

JsonPlace JsonPlace::in(std::string_view path) const
{
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos)
        return at(path);
    return at(path.substr(0, slash)).in(path.substr(slash + 1));
}

std::vector<JsonPlace> JsonPlace::elements() const
{
    std::vector<JsonPlace> places;
    if (m_value == nullptr || !m_value->is_array())
        return places;
    places.reserve(m_value->size());
    for (std::size_t i = 0; i < m_value->size(); ++i)
        places.emplace_back(&(*m_value)[i], m_pointer + '/' + std::to_string(i));
    return places;
}

std::string JsonPlace::text() const
{
    return value().is_string() ? value().get<std::string>() : std::string();
}

double JsonPlace::number() const
{
    return value().is_number() ? value().get<double>() : 0.0;
}

std::int64_t JsonPlace::integer() const
{
    const double whole = std::trunc(number());
    return static_cast<std::int64_t>(std::clamp(whole, -kExactIntegerMax, kExactIntegerMax));
}

bool JsonPlace::flag() const
{
    return value().is_boolean() && value().get<bool>();
}

std::optional<Instant> JsonPlace::instant() const
{
    const Result<Instant> parsed = Instant::parse(text());
    if (!parsed.ok())
        return std::nullopt;
    return *parsed;
}

std::vector<std::string> JsonPlace::texts() const
{
    std::vector<std::string> all;
    for (const JsonPlace& element : elements())
        all.push_back(element.text());
    return all;
}

std::vector<JsonPlace> placesOf(const JsonPlace& root, std::string_view pattern)
{
    std::vector<JsonPlace> places{root};
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const std::string_view step = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(step.size());
        std::vector<JsonPlace> next;
        for (const JsonPlace& place : places) {
            if (step != "*") {
                JsonPlace member = place.at(step);
                if (member.exists())
                    next.push_back(std::move(member));
                continue;
            }
            std::vector<JsonPlace> elements = place.elements();
            next.insert(
                next.end(),
                std::make_move_iterator(elements.begin()),
                std::make_move_iterator(elements.end()));
        }
        places = std::move(next);
    }
    return places;
}

} // namespace countersign::data::detail
