#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/control/cedar/ext.h"
#include "planes/control/cedar/uid.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Values of the policy language. All are immutable, shared by copies and safe to read from any
/// thread. Each has one form: sets are sorted and without repeats, records sorted by their keys.
namespace countersign::cedar {

enum class ValueKind : std::uint8_t {
    Bool,
    Integer, ///< 64 bits, signed.
    String,  ///< UTF-8, compared by bytes.
    Uid,
    Set,
    Record,
    Decimal,
    Ip,
    DateTime,
    Duration,
};

/// What a message calls it: `bool`, `long`, `string`, `entity`, `set`, `record`, `decimal`,
/// `ipaddr`, `datetime`, `duration`.
[[nodiscard]] std::string_view kindName(ValueKind kind);

/// A text with its hash: what a record is searched for.
class Name
{
public:
    explicit Name(std::string text)
        : m_text(std::move(text))
        , m_hash(hashText(m_text))
    {}

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::uint64_t hash() const { return m_hash; }

    friend bool operator==(const Name& left, const Name& right)
    {
        return left.m_hash == right.m_hash && left.m_text == right.m_text;
    }

private:
    std::string m_text;
    std::uint64_t m_hash;
};

class Value;
struct StringData;
struct SetData;
struct RecordData;
struct RecordEntry;

/// A value that something else keeps alive. Trivial to copy; the accessor of another kind than
/// kind() is a programmer error.
class ValueView
{
public:
    // Not explicit: whatever looks at a value takes a view.
    // NOLINTNEXTLINE(google-explicit-constructor)
    ValueView(const Value& value);
    [[nodiscard]] static ValueView boolean(bool value);
    [[nodiscard]] static ValueView integer(std::int64_t value);
    [[nodiscard]] static ValueView uid(const UidData& value);
    [[nodiscard]] static ValueView record(const RecordData& value);
    [[nodiscard]] static ValueView decimal(Decimal value);
    [[nodiscard]] static ValueView dateTime(DateTime value);
    [[nodiscard]] static ValueView duration(Duration value);

    [[nodiscard]] ValueKind kind() const { return m_kind; }
    [[nodiscard]] bool is(ValueKind kind) const { return m_kind == kind; }
    [[nodiscard]] bool boolean() const { return m_number != 0; }
    [[nodiscard]] std::int64_t integer() const { return m_number; }
    [[nodiscard]] std::string_view string() const;
    [[nodiscard]] const UidData& uid() const { return *static_cast<const UidData*>(m_data); }
    [[nodiscard]] const SetData& set() const;
    [[nodiscard]] const RecordData& record() const;
    [[nodiscard]] Decimal decimal() const { return {m_number}; }
    [[nodiscard]] const IpAddress& ip() const { return *static_cast<const IpAddress*>(m_data); }
    [[nodiscard]] DateTime dateTime() const { return {m_number}; }
    [[nodiscard]] Duration duration() const { return {m_number}; }

    [[nodiscard]] std::uint64_t hash() const;

private:
    friend class Value;
    ValueView(ValueKind kind, std::int64_t number, const void* data)
        : m_kind(kind)
        , m_number(number)
        , m_data(data)
    {}

    ValueKind m_kind;
    std::int64_t m_number;
    const void* m_data;
};

/// Total and structural; different kinds are unequal.
[[nodiscard]] bool operator==(const ValueView& left, const ValueView& right);
/// The canonical order: by kind in the order of ValueKind, then by content.
[[nodiscard]] std::strong_ordering operator<=>(const ValueView& left, const ValueView& right);

/// A record: unique keys in the order of their bytes.
class Record
{
public:
    /// The empty record.
    Record();
    /// Errors: Conflict (rule `cedar.duplicate_key`) when a key comes twice.
    [[nodiscard]] static Result<Record> create(std::vector<std::pair<std::string, Value>> entries);
    explicit Record(std::shared_ptr<const RecordData> data)
        : m_data(std::move(data))
    {}

    [[nodiscard]] std::span<const RecordEntry> entries() const;
    [[nodiscard]] std::size_t size() const;
    /// The value, or nullptr.
    [[nodiscard]] const Value* find(const Name& key) const;
    [[nodiscard]] const Value* find(std::string_view key) const;
    [[nodiscard]] const RecordData& data() const { return *m_data; }
    [[nodiscard]] const std::shared_ptr<const RecordData>& shared() const { return m_data; }

    friend bool operator==(const Record& left, const Record& right);

private:
    std::shared_ptr<const RecordData> m_data;
};

/// A value that keeps itself alive.
class Value
{
public:
    /// `false`.
    Value() = default;
    [[nodiscard]] static Value boolean(bool value);
    [[nodiscard]] static Value integer(std::int64_t value);
    [[nodiscard]] static Value string(std::string value);
    [[nodiscard]] static Value uid(const EntityUid& value);
    /// Sorts and takes out what comes twice.
    [[nodiscard]] static Value set(std::vector<Value> elements);
    [[nodiscard]] static Value record(const Record& value);
    [[nodiscard]] static Value decimal(Decimal value);
    [[nodiscard]] static Value ip(const IpAddress& value);
    [[nodiscard]] static Value dateTime(DateTime value);
    [[nodiscard]] static Value duration(Duration value);

    /// Shares nothing with what the view looks at.
    [[nodiscard]] static Value copyOf(const ValueView& view);
    /// Keeps nothing alive: valid for as long as the view is. Allocates nothing.
    [[nodiscard]] static Value borrowing(const ValueView& view);

    [[nodiscard]] ValueView view() const { return *this; }
    [[nodiscard]] ValueKind kind() const { return m_kind; }
    [[nodiscard]] bool is(ValueKind kind) const { return m_kind == kind; }
    [[nodiscard]] bool boolean() const { return view().boolean(); }
    [[nodiscard]] std::int64_t integer() const { return view().integer(); }
    [[nodiscard]] std::string_view string() const { return view().string(); }
    [[nodiscard]] EntityUid uid() const;
    [[nodiscard]] std::span<const Value> elements() const;
    [[nodiscard]] Record record() const;
    [[nodiscard]] Decimal decimal() const { return view().decimal(); }
    [[nodiscard]] const IpAddress& ip() const { return view().ip(); }
    [[nodiscard]] DateTime dateTime() const { return view().dateTime(); }
    [[nodiscard]] Duration duration() const { return view().duration(); }
    [[nodiscard]] std::uint64_t hash() const { return view().hash(); }

    friend bool operator==(const Value& left, const Value& right)
    {
        return left.view() == right.view();
    }
    friend std::strong_ordering operator<=>(const Value& left, const Value& right)
    {
        return left.view() <=> right.view();
    }

private:
    friend class ValueView;
    Value(ValueKind kind, std::int64_t number, std::shared_ptr<const void> data = {})
        : m_kind(kind)
        , m_number(number)
        , m_data(std::move(data))
    {}

    ValueKind m_kind = ValueKind::Bool;
    std::int64_t m_number = 0;
    std::shared_ptr<const void> m_data;
};

struct StringData
{
    std::string text;
    std::uint64_t hash = 0;
};

struct SetData
{
    std::vector<Value> elements; ///< In canonical order, without repeats.
    std::uint64_t hash = 0;

    [[nodiscard]] bool contains(const ValueView& value) const;
    /// Every element of the other set is in this one.
    [[nodiscard]] bool containsAll(const SetData& other) const;
    [[nodiscard]] bool containsAny(const SetData& other) const;
};

struct RecordEntry
{
    Name key;
    Value value;
};

struct RecordData
{
    std::vector<RecordEntry> entries; ///< By key, without repeats.
    std::uint64_t hash = 0;

    /// The value, or nullptr. Compares hashes first and allocates nothing.
    [[nodiscard]] const Value* find(const Name& key) const;
    [[nodiscard]] const Value* find(std::string_view key) const;
};

inline ValueView::ValueView(const Value& value)
    : m_kind(value.m_kind)
    , m_number(value.m_number)
    , m_data(value.m_data.get())
{}

inline const SetData& ValueView::set() const
{
    return *static_cast<const SetData*>(m_data);
}

inline const RecordData& ValueView::record() const
{
    return *static_cast<const RecordData*>(m_data);
}

inline std::string_view ValueView::string() const
{
    return static_cast<const StringData*>(m_data)->text;
}

/// As an expression of the policy language: `[1, User::"ann", decimal("1.5")]`. Keys of records are
/// written without quotes where they may be.
[[nodiscard]] std::string valueText(const ValueView& value);

/// As the entities format writes it, with explicit `__entity` and `__extn`.
[[nodiscard]] Json valueJson(const ValueView& value);

} // namespace countersign::cedar
