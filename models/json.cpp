#include "models/json.h"

#include "models/encoding.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace countersign {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// What the library's message calls an escape such as \ud800 without its other half.
constexpr std::string_view kSurrogateMessage = "invalid string: surrogate";
constexpr int kNumberOverflowId = 406;

/// `line N column M` of the byte at `offset`; both count from 1, columns in bytes.
std::string placeOf(std::string_view bytes, std::size_t offset)
{
    const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0: the first line
    return "line " + std::to_string(line) + " column "
           + std::to_string(before.size() - lineStart + 1);
}

bool isIntegerToken(std::string_view token)
{
    // Not "has no point": the library writes the decimal point of the locale into its token.
    return std::all_of(
        token.begin(), token.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

/// The reason inside a message of the library, without its position and the text it quotes (which
/// can be as long as the input).
std::string_view reasonOf(std::string_view message)
{
    message = message.substr(0, message.find("; last read"));
    constexpr std::string_view kLead = "syntax error ";
    const std::size_t start = message.find(kLead);
    return start == std::string_view::npos ? message : message.substr(start + kLead.size());
}

/// Builds the value from the parser's events. The parser keeps its own stack of one bit for each
/// open container, so no depth of input can exhaust the call stack.
class Builder final : public nlohmann::json_sax<Json>
{
public:
    Builder(std::string_view bytes, const JsonLimits& limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {}

    bool null() override { return add(nullptr) != nullptr; }
    bool boolean(bool value) override { return add(value) != nullptr; }
    bool number_integer(number_integer_t value) override
    {
        // Without its minus it would have arrived as unsigned.
        if (value == 0 && m_limits.refusesNegativeZero)
            return refuse(
                ErrorCode::InvalidInput,
                "the integer is written -0; write 0",
                "json.negative_zero",
                pointer());
        return add(value) != nullptr;
    }
    bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
    bool number_float(number_float_t value, const string_t& token) override
    {
        // An integer that does not fit 64 bits arrives here, already rounded.
        if (isIntegerToken(token))
            return refuseInteger();
        return add(value) != nullptr;
    }
    bool string(string_t& value) override { return add(std::move(value)) != nullptr; }
    bool binary(binary_t& /*value*/) override { return false; } // text never has one
    bool start_object(std::size_t /*elements*/) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t /*elements*/) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override
    {
        Frame& frame = m_frames.back();
        frame.key = std::move(value);
        if (frame.container->contains(frame.key))
            return refuse(
                ErrorCode::InvalidInput,
                "the object has this key twice",
                "json.duplicate_key",
                pointer());
        return true;
    }

    bool parse_error(
        std::size_t position,
        const std::string& token,
        const nlohmann::detail::exception& error) override
    {
        if (error.id == kNumberOverflowId)
            return isIntegerToken(token) ? refuseInteger()
                                         : refuse(
                                             ErrorCode::InvalidInput,
                                             "the number is too large for a double",
                                             "json.number_range",
                                             pointer());
        const std::string_view reason = reasonOf(error.what());
        const bool surrogate = reason.find(kSurrogateMessage) != std::string_view::npos;
        return refuse(
            ErrorCode::InvalidInput,
            "the text is not JSON: " + std::string(reason),
            surrogate ? "json.utf8" : "json.syntax",
            placeOf(m_bytes, position > 0 ? position - 1 : 0));
    }

    [[nodiscard]] Json takeValue() { return std::move(m_root); }
    [[nodiscard]] const Error& error() const { return m_error; }

private:
    struct Frame
    {
        Json* container = nullptr;
        std::string key = {};
    };

    /// Puts the value into the innermost open container; nullptr after a refusal.
    Json* add(Json value)
    {
        if (++m_valueCount > m_limits.valueCountMax) {
            refuse(
                ErrorCode::LimitExceeded,
                "more than " + std::to_string(m_limits.valueCountMax) + " values",
                "json.count",
                pointer());
            return nullptr;
        }
        if (m_frames.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Frame& frame = m_frames.back();
        if (frame.container->is_array()) {
            frame.container->push_back(std::move(value));
            return &frame.container->back();
        }
        Json& member = (*frame.container)[frame.key];
        member = std::move(value);
        return &member;
    }

    bool open(Json container)
    {
        if (m_frames.size() >= m_limits.depthMax)
            return refuse(
                ErrorCode::LimitExceeded,
                "nested more than " + std::to_string(m_limits.depthMax) + " deep",
                "json.depth",
                pointer());
        // A container's address holds while it is open: its parent grows only after it is closed.
        Json* const added = add(std::move(container));
        if (added == nullptr)
            return false;
        m_frames.push_back({added});
        return true;
    }

    bool close()
    {
        m_frames.pop_back();
        return true;
    }

    /// Of the value that is read now and not yet in its container.
    [[nodiscard]] std::string pointer() const
    {
        std::string text;
        for (const Frame& frame : m_frames) {
            const bool innermost = &frame == &m_frames.back();
            const std::size_t index =
                frame.container->size() - (innermost || frame.container->empty() ? 0U : 1U);
            text += '/';
            text += frame.container->is_array() ? std::to_string(index) : pointerToken(frame.key);
        }
        return text;
    }

    bool refuseInteger()
    {
        return refuse(
            ErrorCode::InvalidInput,
            "the integer does not fit 64 bits",
            "json.integer_range",
            pointer());
    }

    bool refuse(ErrorCode code, std::string detail, std::string rule, std::string place)
    {
        m_error = Error{code, std::move(detail), std::move(rule), {}, std::move(place)};
        return false;
    }

    std::string_view m_bytes;
    JsonLimits m_limits;
    Json m_root;
    std::vector<Frame> m_frames;
    std::size_t m_valueCount = 0;
    Error m_error;
};

Result<void> checkBytes(std::string_view bytes, const JsonLimits& limits)
{
    if (bytes.size() > limits.byteCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the text is longer than " + std::to_string(limits.byteCountMax) + " bytes",
            "json.size");
    if (bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        return fail(
            ErrorCode::InvalidInput,
            "the text starts with a byte order mark",
            "json.syntax",
            placeOf(bytes, 0));
    // The library takes a zero byte for the end of the text and would not see what follows.
    if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos)
        return fail(
            ErrorCode::InvalidInput,
            "the text has a zero byte",
            "json.syntax",
            placeOf(bytes, zero));
    if (const std::size_t bad = firstInvalidUtf8(bytes); bad != std::string_view::npos)
        return fail(
            ErrorCode::InvalidInput, "the text is not UTF-8", "json.utf8", placeOf(bytes, bad));
    return {};
}

/// Undoes pointerToken(); false when a `~` stands before anything but 0 and 1.
bool unescapeToken(std::string_view token, std::string& key)
{
    key.clear();
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            key += token[i];
            continue;
        }
        ++i;
        if (i == token.size() || (token[i] != '0' && token[i] != '1'))
            return false;
        key += token[i] == '0' ? '~' : '/';
    }
    return true;
}

const Json* childAt(const Json& parent, std::string_view token)
{
    if (parent.is_object()) {
        std::string key;
        if (!unescapeToken(token, key))
            return nullptr;
        const auto found = parent.find(key);
        return found == parent.end() ? nullptr : &*found;
    }
    if (!parent.is_array() || (token.size() > 1 && token.front() == '0'))
        return nullptr;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool isIndex = error == std::errc() && end == token.data() + token.size();
    return isIndex && index < parent.size() ? &parent[index] : nullptr;
}

} // namespace

Result<Json> parseJson(std::string_view bytes, const JsonLimits& limits)
{
    CS_CHECK(checkBytes(bytes, limits));
    Builder builder(bytes, limits);
    // The event interface reports through the builder and throws nothing.
    if (!Json::sax_parse(bytes.begin(), bytes.end(), &builder))
        return fail(builder.error());
    return builder.takeValue();
}

std::string pointerToken(std::string_view key)
{
    std::string token;
    token.reserve(key.size());
    for (const char c : key) {
        if (c == '~')
            token += "~0";
        else if (c == '/')
            token += "~1";
        else
            token += c;
    }
    return token;
}

const Json* valueAt(const Json& root, std::string_view pointer)
{
    const Json* value = &root;
    while (!pointer.empty() && value != nullptr) {
        if (pointer.front() != '/')
            return nullptr;
        pointer.remove_prefix(1);
        const std::size_t length = std::min(pointer.find('/'), pointer.size());
        value = childAt(*value, pointer.substr(0, length));
        pointer.remove_prefix(length);
    }
    return value;
}

std::string textMember(const Json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace countersign
