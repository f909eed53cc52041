#pragma once

#include "models/check.h"
#include "models/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace countersign {

/// Marks a value as the refusal of a Result: `return fail(ErrorCode::NotFound, "no such key");`
struct Failure
{
    Error error;
};

[[nodiscard]] inline Failure fail(Error error)
{
    return Failure{std::move(error)};
}

[[nodiscard]] inline Failure
fail(ErrorCode code, std::string detail, std::string rule = {}, std::string pointer = {})
{
    return Failure{Error{code, std::move(detail), std::move(rule), {}, std::move(pointer)}};
}

/// A value or the reason why there is none. Reading the wrong side is a programmer error and stops.
template <class T>
class [[nodiscard]] Result
{
public:
    using Value = T;

    // Not explicit: a Result stands wherever its value or its failure may.
    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(Failure failure)
        : m_state(std::in_place_index<1>, std::move(failure.error))
    {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const&
    {
        CS_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T& value() &
    {
        CS_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        CS_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_state));
    }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] const Error& error() const
    {
        CS_ASSERT(!ok());
        return *std::get_if<1>(&m_state);
    }

    /// The refusal, ready to be returned from a function with another value type.
    [[nodiscard]] Failure failure() const { return Failure{error()}; }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    using Value = void;

    Result() = default;

    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(Failure failure)
        : m_error(std::move(failure.error))
    {}

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }

    void value() const { CS_ASSERT(ok()); }

    [[nodiscard]] const Error& error() const
    {
        CS_ASSERT(!ok());
        return *m_error;
    }

    [[nodiscard]] Failure failure() const { return Failure{error()}; }

private:
    std::optional<Error> m_error;
};

} // namespace countersign

// A declaration and a name cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define CS_TRY_JOIN_INNER(a, b) a##b
#define CS_TRY_JOIN(a, b) CS_TRY_JOIN_INNER(a, b)
#define CS_TRY_IMPL(name, declaration, expression)                                                 \
    auto name = (expression);                                                                      \
    if (!name.ok())                                                                                \
        return name.failure();                                                                     \
    declaration = std::move(name).value()

/// `CS_TRY(const auto page, reader.page(cursor));` declares the value, or returns the refusal to
/// the caller.
#define CS_TRY(declaration, ...)                                                                   \
    CS_TRY_IMPL(CS_TRY_JOIN(csTry, __LINE__), declaration, (__VA_ARGS__))

/// The same for a Result<void> (or where the value is not needed).
#define CS_CHECK_IMPL(name, expression)                                                            \
    do {                                                                                           \
        if (const auto name = (expression); !name.ok())                                            \
            return name.failure();                                                                 \
    } while (false)
#define CS_CHECK(...) CS_CHECK_IMPL(CS_TRY_JOIN(csCheck, __LINE__), (__VA_ARGS__))
// NOLINTEND(bugprone-macro-parentheses)
