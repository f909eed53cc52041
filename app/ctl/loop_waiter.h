#pragma once

#include "models/result.h"

#include <chrono>
#include <csignal>
#include <memory>

namespace countersign::ctl {

/// Waits for whatever comes first: a wake from another thread, SIGTERM or SIGINT, or a time. While
/// it lives both signals are held back and seen only here; make it before any thread starts, so
/// that every thread holds them back.
class LoopWaiter
{
public:
    enum class Woken {
        ByCall,
        ByTime,
        BySignal
    };

    /// Errors: Unavailable.
    [[nodiscard]] static Result<std::unique_ptr<LoopWaiter>> make();
    LoopWaiter(const LoopWaiter&) = delete;
    LoopWaiter& operator=(const LoopWaiter&) = delete;
    ~LoopWaiter();

    /// Any thread.
    void wake() const;
    /// A signal comes before a wake, a wake before the time.
    [[nodiscard]] Woken wait(std::chrono::milliseconds timeout) const;

private:
    LoopWaiter() = default;

    int m_event = -1;
    int m_signals = -1;
    sigset_t m_maskBefore = {};
};

} // namespace countersign::ctl
