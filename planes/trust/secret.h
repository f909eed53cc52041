#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::trust {

/// Bytes that must not leak: passphrases and unwrapped keys. Lives in pages of its own, which are
/// kept out of swap and core dumps where the system allows it (best effort), and is overwritten on
/// destruction, move and growth. It has no stream operator, no comparison operator and no copy, so
/// that it is not printed or duplicated by accident. Thread: one at a time.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// `byteCount` zero bytes, to be filled through data().
    explicit SecretBytes(std::size_t byteCount);
    ~SecretBytes();

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    /// A copy of bytes whose source the caller still has to clear.
    [[nodiscard]] static SecretBytes copyOf(std::string_view bytes);
    /// Takes the bytes over and overwrites the source, spare capacity included.
    [[nodiscard]] static SecretBytes takeFrom(std::string& source);

    void append(std::string_view bytes);
    /// Shortens to `byteCount` (at most size()) and overwrites the rest.
    void truncate(std::size_t byteCount);
    void clear();

    [[nodiscard]] std::string_view view() const { return {m_data, m_size}; }
    [[nodiscard]] char* data() { return m_data; }
    [[nodiscard]] const char* data() const { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    /// Compares in a time that depends on the lengths only.
    [[nodiscard]] bool equals(const SecretBytes& other) const;

private:
    void reserve(std::size_t byteCount);

    char* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Overwrites the text in place, spare capacity included, and empties it.
void wipe(std::string& text);

} // namespace countersign::trust
