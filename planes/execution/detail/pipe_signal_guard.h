#pragma once

#include <csignal>
#include <ctime>

#include <pthread.h>

namespace countersign::execution::detail {

/// Keeps SIGPIPE from this thread while it writes to a pipe or socket whose reader may be gone; the
/// write then reports the error. Libraries that write to sockets do not all ask for that.
class PipeSignalGuard
{
public:
    PipeSignalGuard()
    {
        sigemptyset(&m_pipeOnly);
        sigaddset(&m_pipeOnly, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipeOnly, &m_before);
    }
    ~PipeSignalGuard()
    {
        if (sigismember(&m_before, SIGPIPE) == 1)
            return;
        const timespec now = {.tv_sec = 0, .tv_nsec = 0};
        while (sigtimedwait(&m_pipeOnly, nullptr, &now) == SIGPIPE) {
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    PipeSignalGuard(const PipeSignalGuard&) = delete;
    PipeSignalGuard& operator=(const PipeSignalGuard&) = delete;

private:
    sigset_t m_pipeOnly{};
    sigset_t m_before{};
};

} // namespace countersign::execution::detail
