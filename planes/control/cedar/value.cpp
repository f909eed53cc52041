#include "planes/control/cedar/value.h"

#include <algorithm>
#include <array>

namespace countersign::cedar {

namespace {

std::shared_ptr<const RecordData> makeRecordData(std::vector<RecordEntry> entries)
{
    RecordData data;
    data.hash = mixHash(static_cast<std::uint64_t>(ValueKind::Record), entries.size());
    for (const RecordEntry& entry : entries)
        data.hash = mixHash(mixHash(data.hash, entry.key.hash()), entry.value.hash());
    data.entries = std::move(entries);
    return std::make_shared<const RecordData>(std::move(data));
}

bool isEqualIp(const ValueView& left, const ValueView& right)
{
    return left.ip() == right.ip();
}

bool isEqualSet(const SetData& left, const SetData& right)
{
    return &left == &right || (left.hash == right.hash && left.elements == right.elements);
}

bool isEqualRecord(const RecordData& left, const RecordData& right)
{
    if (&left == &right)
        return true;
    return left.hash == right.hash
           && std::equal(
               left.entries.begin(),
               left.entries.end(),
               right.entries.begin(),
               right.entries.end(),
               [](const RecordEntry& one, const RecordEntry& other) {
                   return one.key == other.key && one.value == other.value;
               });
}

std::strong_ordering orderOf(const SetData& left, const SetData& right)
{
    return std::lexicographical_compare_three_way(
        left.elements.begin(), left.elements.end(), right.elements.begin(), right.elements.end());
}

std::strong_ordering orderOf(const RecordData& left, const RecordData& right)
{
    return std::lexicographical_compare_three_way(
        left.entries.begin(),
        left.entries.end(),
        right.entries.begin(),
        right.entries.end(),
        [](const RecordEntry& one, const RecordEntry& other) {
            if (const auto order = one.key.text() <=> other.key.text(); order != 0)
                return order;
            return one.value <=> other.value;
        });
}

} // namespace

std::string_view kindName(ValueKind kind)
{
    constexpr std::array<std::string_view, 10> kNames = {
        "bool",
        "long",
        "string",
        "entity",
        "set",
        "record",
        "decimal",
        "ipaddr",
        "datetime",
        "duration"};
    return kNames.at(static_cast<std::size_t>(kind));
}

ValueView ValueView::boolean(bool value)
{
    return {ValueKind::Bool, value ? 1 : 0, nullptr};
}

ValueView ValueView::integer(std::int64_t value)
{
    return {ValueKind::Integer, value, nullptr};
}

ValueView ValueView::uid(const UidData& value)
{
    return {ValueKind::Uid, 0, &value};
}

ValueView ValueView::record(const RecordData& value)
{
    return {ValueKind::Record, 0, &value};
}

ValueView ValueView::decimal(Decimal value)
{
    return {ValueKind::Decimal, value.units, nullptr};
}

ValueView ValueView::dateTime(DateTime value)
{
    return {ValueKind::DateTime, value.milliseconds, nullptr};
}

ValueView ValueView::duration(Duration value)
{
    return {ValueKind::Duration, value.milliseconds, nullptr};
}

std::uint64_t ValueView::hash() const
{
    const auto seed = static_cast<std::uint64_t>(m_kind);
    switch (m_kind) {
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::DateTime:
    case ValueKind::Duration:
        return mixHash(seed, static_cast<std::uint64_t>(m_number));
    case ValueKind::String:
        return mixHash(seed, static_cast<const StringData*>(m_data)->hash);
    case ValueKind::Uid:
        return mixHash(seed, uid().hash);
    case ValueKind::Set:
        return set().hash;
    case ValueKind::Record:
        return record().hash;
    case ValueKind::Ip: {
        std::uint64_t hash = mixHash(seed, ip().isV6 ? 1 : 0);
        hash = mixHash(hash, ip().prefix);
        for (const std::uint8_t byte : ip().bytes)
            hash = mixHash(hash, byte);
        return hash;
    }
    }
    return seed;
}

bool operator==(const ValueView& left, const ValueView& right)
{
    if (left.kind() != right.kind())
        return false;
    switch (left.kind()) {
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::DateTime:
    case ValueKind::Duration:
        return left.integer() == right.integer();
    case ValueKind::String:
        return left.string() == right.string();
    case ValueKind::Uid:
        return left.uid() == right.uid();
    case ValueKind::Set:
        return isEqualSet(left.set(), right.set());
    case ValueKind::Record:
        return isEqualRecord(left.record(), right.record());
    case ValueKind::Ip:
        return isEqualIp(left, right);
    }
    return false;
}

std::strong_ordering operator<=>(const ValueView& left, const ValueView& right)
{
    if (const auto order = left.kind() <=> right.kind(); order != 0)
        return order;
    switch (left.kind()) {
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::DateTime:
    case ValueKind::Duration:
        return left.integer() <=> right.integer();
    case ValueKind::String:
        return left.string() <=> right.string();
    case ValueKind::Uid:
        return left.uid() <=> right.uid();
    case ValueKind::Set:
        return orderOf(left.set(), right.set());
    case ValueKind::Record:
        return orderOf(left.record(), right.record());
    case ValueKind::Ip:
        return left.ip() <=> right.ip();
    }
    return std::strong_ordering::equal;
}

Record::Record()
    : m_data(makeRecordData({}))
{}

Result<Record> Record::create(std::vector<std::pair<std::string, Value>> entries)
{
    std::sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) {
        return left.first < right.first;
    });
    const auto repeated =
        std::adjacent_find(entries.begin(), entries.end(), [](const auto& left, const auto& right) {
            return left.first == right.first;
        });
    if (repeated != entries.end())
        return fail(
            ErrorCode::Conflict,
            "the record has the key " + cedar::quoted(repeated->first) + " twice",
            "cedar.duplicate_key");
    std::vector<RecordEntry> sorted;
    sorted.reserve(entries.size());
    for (auto& [key, value] : entries)
        sorted.push_back({Name(std::move(key)), std::move(value)});
    return Record(makeRecordData(std::move(sorted)));
}

std::span<const RecordEntry> Record::entries() const
{
    return m_data->entries;
}

std::size_t Record::size() const
{
    return m_data->entries.size();
}

const Value* Record::find(const Name& key) const
{
    return m_data->find(key);
}

const Value* Record::find(std::string_view key) const
{
    return m_data->find(key);
}

bool operator==(const Record& left, const Record& right)
{
    return isEqualRecord(*left.m_data, *right.m_data);
}

Value Value::boolean(bool value)
{
    return {ValueKind::Bool, value ? 1 : 0};
}

Value Value::integer(std::int64_t value)
{
    return {ValueKind::Integer, value};
}

Value Value::string(std::string value)
{
    const std::uint64_t hash = hashText(value);
    return {
        ValueKind::String,
        0,
        std::make_shared<const StringData>(StringData{std::move(value), hash})};
}

Value Value::uid(const EntityUid& value)
{
    return {ValueKind::Uid, 0, value.shared()};
}

Value Value::set(std::vector<Value> elements)
{
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    SetData data;
    data.hash = mixHash(static_cast<std::uint64_t>(ValueKind::Set), elements.size());
    for (const Value& element : elements)
        data.hash = mixHash(data.hash, element.hash());
    data.elements = std::move(elements);
    return {ValueKind::Set, 0, std::make_shared<const SetData>(std::move(data))};
}

Value Value::record(const Record& value)
{
    return {ValueKind::Record, 0, value.shared()};
}

Value Value::decimal(Decimal value)
{
    return {ValueKind::Decimal, value.units};
}

Value Value::ip(const IpAddress& value)
{
    return {ValueKind::Ip, 0, std::make_shared<const IpAddress>(value)};
}

Value Value::dateTime(DateTime value)
{
    return {ValueKind::DateTime, value.milliseconds};
}

Value Value::duration(Duration value)
{
    return {ValueKind::Duration, value.milliseconds};
}

Value Value::copyOf(const ValueView& view)
{
    switch (view.kind()) {
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::DateTime:
    case ValueKind::Duration:
        return {view.m_kind, view.m_number};
    case ValueKind::String:
        return string(std::string(view.string()));
    case ValueKind::Uid:
        return {ValueKind::Uid, 0, std::make_shared<const UidData>(view.uid())};
    case ValueKind::Ip:
        return ip(view.ip());
    case ValueKind::Set: {
        SetData copy;
        copy.hash = view.set().hash;
        for (const Value& element : view.set().elements)
            copy.elements.push_back(copyOf(element));
        return {ValueKind::Set, 0, std::make_shared<const SetData>(std::move(copy))};
    }
    case ValueKind::Record: {
        RecordData copy;
        copy.hash = view.record().hash;
        for (const RecordEntry& entry : view.record().entries)
            copy.entries.push_back({entry.key, copyOf(entry.value)});
        return {ValueKind::Record, 0, std::make_shared<const RecordData>(std::move(copy))};
    }
    }
    return {};
}

Value Value::borrowing(const ValueView& view)
{
    return {
        view.m_kind,
        view.m_number,
        std::shared_ptr<const void>(std::shared_ptr<const void>(), view.m_data)};
}

EntityUid Value::uid() const
{
    CS_ASSERT(is(ValueKind::Uid));
    return EntityUid(std::static_pointer_cast<const UidData>(m_data));
}

std::span<const Value> Value::elements() const
{
    CS_ASSERT(is(ValueKind::Set));
    return view().set().elements;
}

Record Value::record() const
{
    CS_ASSERT(is(ValueKind::Record));
    return Record(std::static_pointer_cast<const RecordData>(m_data));
}

bool SetData::contains(const ValueView& value) const
{
    // Most sets of policies are small, and unequal values mostly differ at once.
    constexpr std::size_t kScannedCountMax = 8;
    if (elements.size() <= kScannedCountMax)
        return std::any_of(elements.begin(), elements.end(), [&](const Value& element) {
            return element.view() == value;
        });
    const auto found = std::lower_bound(
        elements.begin(), elements.end(), value, [](const Value& element, const ValueView& sought) {
            return (element.view() <=> sought) < 0;
        });
    return found != elements.end() && found->view() == value;
}

bool SetData::containsAll(const SetData& other) const
{
    return std::all_of(other.elements.begin(), other.elements.end(), [this](const Value& element) {
        return contains(element);
    });
}

bool SetData::containsAny(const SetData& other) const
{
    return std::any_of(other.elements.begin(), other.elements.end(), [this](const Value& element) {
        return contains(element);
    });
}

const Value* RecordData::find(const Name& key) const
{
    for (const RecordEntry& entry : entries) {
        if (entry.key == key)
            return &entry.value;
    }
    return nullptr;
}

const Value* RecordData::find(std::string_view key) const
{
    const auto found = std::lower_bound(
        entries.begin(), entries.end(), key, [](const RecordEntry& entry, std::string_view sought) {
            return entry.key.text() < sought;
        });
    return found != entries.end() && found->key.text() == key ? &found->value : nullptr;
}

} // namespace countersign::cedar
