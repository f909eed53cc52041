#pragma once

#include "models/instant.h"
#include "models/result.h"

#include <compare>
#include <string>
#include <string_view>

namespace countersign {

/// Source of unpredictable bytes. The product uses the operating system's; tests use a seeded one.
class EntropySource
{
public:
    virtual ~EntropySource() = default;
    /// Exactly `byteCount` bytes.
    [[nodiscard]] virtual std::string bytes(std::size_t byteCount) = 0;
};

/// Where "now" comes from. Rules never ask: the time arrives in the command.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The operating system's random generator. Stateless; any thread.
class SystemEntropy final : public EntropySource
{
public:
    [[nodiscard]] std::string bytes(std::size_t byteCount) override;
};

/// The system's wall clock. Any thread.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
};

/// Key of a record: three-letter kind, underscore, 26-character ULID (common.schema.json `id`).
class RecordId
{
public:
    /// Errors: InvalidInput.
    [[nodiscard]] static Result<RecordId> parse(std::string_view text);
    /// A new ULID: 48 bits of milliseconds from `now`, 80 random bits. `kind` is three lower-case
    /// letters.
    [[nodiscard]] static RecordId make(std::string_view kind, Instant now, EntropySource& entropy);

    [[nodiscard]] const std::string& text() const { return m_text; }
    /// The three letters, e.g. `mem`.
    [[nodiscard]] std::string_view kind() const { return std::string_view(m_text).substr(0, 3); }
    /// Millisecond time inside the ULID: what whoever made the id claimed.
    [[nodiscard]] Instant claimedTime() const;

    auto operator<=>(const RecordId&) const = default;

protected:
    explicit RecordId(std::string text)
        : m_text(std::move(text))
    {}

private:
    std::string m_text;
};

/// A RecordId of one kind only; swapping two kinds does not compile.
template <class Tag>
class TypedId
{
public:
    [[nodiscard]] static Result<TypedId> parse(std::string_view text)
    {
        CS_TRY(RecordId id, RecordId::parse(text));
        if (id.kind() != Tag::kKind)
            return fail(
                ErrorCode::InvalidInput,
                "\"" + id.text() + "\" is not of the kind " + std::string(Tag::kKind),
                "id.kind");
        return TypedId(std::move(id));
    }
    [[nodiscard]] static TypedId make(Instant now, EntropySource& entropy)
    {
        return TypedId(RecordId::make(Tag::kKind, now, entropy));
    }

    [[nodiscard]] const std::string& text() const { return m_id.text(); }
    [[nodiscard]] const RecordId& record() const { return m_id; }
    auto operator<=>(const TypedId&) const = default;

private:
    explicit TypedId(RecordId id)
        : m_id(std::move(id))
    {}

    RecordId m_id;
};

struct DecisionIdTag
{
    static constexpr std::string_view kKind = "dec";
};
struct EventIdTag
{
    static constexpr std::string_view kKind = "evt";
};
struct RequestIdTag
{
    static constexpr std::string_view kKind = "apr";
};
struct RunIdTag
{
    static constexpr std::string_view kKind = "run";
};

using DecisionId = TypedId<DecisionIdTag>;
using EventId = TypedId<EventIdTag>;
using RequestId = TypedId<RequestIdTag>;
using RunId = TypedId<RunIdTag>;

} // namespace countersign
