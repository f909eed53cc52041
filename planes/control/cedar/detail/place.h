#pragma once

#include "models/json.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::cedar {

/// A place in a JSON document while it is walked: each step lives in its caller's frame, and a
/// pointer is only made where something is refused.
class Place
{
public:
    explicit Place(std::string_view root)
        : m_key(root)
    {}
    Place(const Place& parent, std::string_view key)
        : m_parent(&parent)
        , m_key(key)
    {}
    Place(const Place& parent, std::size_t index)
        : m_parent(&parent)
        , m_index(index)
        , m_isIndex(true)
    {}

    /// The JSON pointer.
    [[nodiscard]] std::string text() const
    {
        if (m_parent == nullptr)
            return std::string(m_key);
        return m_parent->text() + "/" + (m_isIndex ? std::to_string(m_index) : pointerToken(m_key));
    }

private:
    const Place* m_parent = nullptr;
    std::string_view m_key;
    std::size_t m_index = 0;
    bool m_isIndex = false;
};

} // namespace countersign::cedar
