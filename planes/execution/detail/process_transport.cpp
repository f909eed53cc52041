#include "planes/execution/detail/process_transport.h"

#include "planes/execution/detail/child_process.h"
#include "planes/execution/detail/pipe_signal_guard.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>

#include <poll.h>
#include <unistd.h>

namespace countersign::execution::detail {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kGraceMs = 2000;
/// How long the end of the program can go unnoticed by a running call.
constexpr std::int64_t kStopCheckMs = 100;
/// Standard error is for a person's first look; the rest is read and thrown away.
constexpr std::size_t kErrorBytesMax = 4096;
constexpr std::size_t kReadBytes = 16384;

enum class Ending {
    Exited,
    TimedOut,
    Stopped,
    TooLarge
};

/// Feeds and drains one program until it ends or has to be ended.
class Conversation
{
public:
    Conversation(ChildProcess& child, std::string_view input, const TransportCall& call)
        : m_child(child)
        , m_input(input)
        , m_call(call)
        , m_deadline(SteadyClock::now() + std::chrono::milliseconds(call.timeoutMs))
    {}

    Ending run()
    {
        while (true) {
            if (m_call.stopping.load())
                return Ending::Stopped;
            const auto leftMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                                    m_deadline - SteadyClock::now())
                                    .count();
            if (leftMs <= 0)
                return Ending::TimedOut;
            pollfd places[] = {
                {.fd = m_child.exit.get(), .events = POLLIN, .revents = 0},
                {.fd = m_child.input.get(), .events = POLLOUT, .revents = 0},
                {.fd = m_child.output.get(), .events = POLLIN, .revents = 0},
                {.fd = m_child.errors.get(), .events = POLLIN, .revents = 0},
            };
            if (::poll(places, std::size(places), static_cast<int>(std::min(leftMs, kStopCheckMs)))
                <= 0)
                continue;
            // The end first: what the program wrote before it is in the pipes by then.
            const bool hasEnded = places[0].revents != 0;
            if (places[1].revents != 0)
                feed();
            drain(m_child.errors, m_errors, kErrorBytesMax);
            if (drain(m_child.output, m_output, m_call.responseBytesMax))
                return Ending::TooLarge;
            if (hasEnded)
                return Ending::Exited;
        }
    }

    [[nodiscard]] const std::string& output() const { return m_output; }
    [[nodiscard]] const std::string& errors() const { return m_errors; }

private:
    void feed()
    {
        const ssize_t written = ::write(m_child.input.get(), m_input.data(), m_input.size());
        if (written > 0)
            m_input.remove_prefix(static_cast<std::size_t>(written));
        const bool isGone = written < 0 && errno != EAGAIN && errno != EINTR;
        if (m_input.empty() || isGone)
            m_child.input.reset(); // the program sees the end of its input
    }

    /// Reads what is there; true when it was more than `byteCountMax` in all.
    static bool drain(UniqueFd& from, std::string& to, std::size_t byteCountMax)
    {
        bool isTooLarge = false;
        char buffer[kReadBytes];
        while (from.isOpen()) {
            const ssize_t got = ::read(from.get(), buffer, sizeof buffer);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0 && errno == EAGAIN)
                break;
            if (got <= 0) {
                from.reset();
                break;
            }
            const auto byteCount = static_cast<std::size_t>(got);
            const std::size_t room = byteCountMax - to.size();
            to.append(buffer, std::min(byteCount, room));
            isTooLarge = isTooLarge || byteCount > room;
            if (isTooLarge)
                break; // a program that never stops writing must not keep this loop
        }
        return isTooLarge;
    }

    ChildProcess& m_child;
    std::string_view m_input;
    const TransportCall& m_call;
    SteadyClock::time_point m_deadline;
    std::string m_output;
    std::string m_errors;
};

std::vector<std::string> argumentsOf(const ProcessAddress& address, const ConnectorCall& call)
{
    const std::pair<std::string_view, const std::string&> places[] = {
        {"{operation}", call.operation}, {"{idempotency_key}", call.idempotencyKey}};
    std::vector<std::string> arguments = address.arguments;
    for (std::string& argument : arguments) {
        for (const auto& [name, value] : places) {
            // Neither value can hold a brace, so what was put in is never replaced again.
            for (std::size_t at = argument.find(name); at != std::string::npos;
                 at = argument.find(name, at + value.size()))
                argument.replace(at, name.size(), value);
        }
    }
    return arguments;
}

CallOutcome failedWith(
    int exitCode,
    const ProcessAddress& address,
    const TransportCall& call,
    const std::string& words)
{
    const std::string text = "Exit code " + std::to_string(exitCode);
    CallOutcome outcome = unknownEffect(CallResult::Failure, "program_failed", text, false);
    for (const FailureRules* rules : {&address.exitCodes, &call.operation.failures}) {
        const auto rule = rules->find(exitCode);
        if (rule == rules->end())
            continue;
        outcome.errorCode = rule->second.code;
        outcome.retryable = rule->second.retryable;
        outcome.effectUncertain = rule->second.effectUncertain.value_or(false);
    }
    if (exitCode == kExitTryAgain && outcome.errorCode == "program_failed") {
        outcome.errorCode = "unavailable";
        outcome.retryable = true;
        outcome.effectUncertain = false;
    }
    if (!words.empty())
        outcome.message += ": " + words;
    return outcome;
}

} // namespace

CallOutcome performProcess(const ProcessAddress& address, const TransportCall& call)
{
    const Result<std::string> input = canonicalJson(call.call.payload);
    if (!input.ok())
        return blocked("contract_violation", input.error().describe());
    // As an argument it would be read as an option.
    if (call.call.idempotencyKey.starts_with('-'))
        return blocked("contract_violation", "The idempotency key begins with a dash.");

    const PipeSignalGuard guard;
    Result<ChildProcess> child =
        ChildProcess::start(address.program, argumentsOf(address, call.call));
    if (!child.ok())
        return notSent("unavailable", cleanLine(child.error().detail));
    Conversation conversation(*child, *input, call);
    const Ending ending = conversation.run();
    if (ending != Ending::Exited)
        child->stop(kGraceMs);
    const ExitState state = child->wait();
    switch (ending) {
    case Ending::TimedOut:
        return unknownEffect(
            CallResult::Timeout, "timeout", "The program did not end within the time.", true);
    case Ending::Stopped:
        return interrupted(true);
    case Ending::TooLarge:
        return unknownEffect(
            CallResult::Failure, "response_too_large", "The answer is too large.", false);
    case Ending::Exited:
        break;
    }
    if (state.isCrash)
        return unknownEffect(
            CallResult::Failure,
            "program_crashed",
            "The program was ended by signal " + std::to_string(state.code) + ".",
            false);
    if (state.code == 0)
        return answered("Exit code 0", conversation.output());
    CallOutcome outcome = failedWith(state.code, address, call, cleanLine(conversation.errors()));
    if (!conversation.output().empty())
        outcome.responseDigest = Digest::of(conversation.output());
    return outcome;
}

} // namespace countersign::execution::detail
