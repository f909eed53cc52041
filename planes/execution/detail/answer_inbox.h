#pragma once

#include "planes/execution/connector.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace countersign::execution::detail {

struct ArrivedAnswer
{
    std::uint64_t token = 0;
    CallOutcome outcome;
};

/// Where the gateway's threads leave answers for the core thread. Shared with every callback, so
/// that a late one finds it even when the engine is gone.
class AnswerInbox
{
public:
    explicit AnswerInbox(std::function<void()> arrived)
        : m_arrived(std::move(arrived))
    {}

    /// Any thread.
    void push(std::uint64_t token, CallOutcome outcome)
    {
        const std::lock_guard lock(m_mutex);
        m_answers.push_back({token, std::move(outcome)});
        if (m_arrived)
            m_arrived();
    }

    [[nodiscard]] std::vector<ArrivedAnswer> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_answers, {});
    }

    [[nodiscard]] bool isEmpty()
    {
        const std::lock_guard lock(m_mutex);
        return m_answers.empty();
    }

    /// From now on nobody is told.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_arrived = nullptr;
    }

private:
    std::mutex m_mutex; ///< Guards both members below.
    std::vector<ArrivedAnswer> m_answers;
    std::function<void()> m_arrived;
};

} // namespace countersign::execution::detail
