#pragma once

#include "app/demo_systems/system_state.h"
#include "models/ids.h"
#include "models/instant.h"

#include <cstdint>
#include <string>

namespace countersign::demo {

/// What goes back to the caller, and how.
struct Reply
{
    int status = 200;
    std::string body; ///< JSON.
    bool isReplayed = false;
    std::int64_t retryAfterSeconds = -1; ///< -1: none.
    std::int64_t delayMs = 0;
    bool isDropped = false; ///< Hang up instead of answering.
};

/// The systems behind any way in: HTTP, program or drop folder. Takes the faults that were asked
/// for:
///
///     fail         answers `status` without doing anything
///     retry_after  answers 429 and asks to wait `seconds`, without doing anything
///     delay        does it at once, answers `ms` later
///     drop_answer  does it, then hangs up without an answer
///     lie          answers that it was done without doing it
class DemoService
{
public:
    DemoService(SystemState& state, const Clock& clock)
        : m_state(state)
        , m_clock(clock)
    {}

    /// 200 done or done before; 400 bad payload; 404 unknown system, operation or resource; 409 key
    /// used for another request; 422 cannot be done as things are; 503 the store is busy or broken.
    [[nodiscard]] Reply handle(const EffectRequest& request);

    /// `{system, operation?, kind, status|ms|seconds, times?}`. Errors: InvalidInput, and those of
    /// the store.
    [[nodiscard]] Result<void> addFault(const Json& description);
    [[nodiscard]] Result<Json> faults();

private:
    SystemState& m_state;
    const Clock& m_clock;
};

/// `{"error": {"code", "message"}}`
[[nodiscard]] std::string errorBody(std::string_view code, std::string_view message);
/// How an error of the systems answers.
[[nodiscard]] Reply replyOf(const Error& error);

} // namespace countersign::demo
