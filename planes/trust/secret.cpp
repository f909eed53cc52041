#include "planes/trust/secret.h"

#include "models/check.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace countersign::trust {

namespace {

std::size_t wholePages(std::size_t byteCount)
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (byteCount + page - 1) / page * page;
}

char* allocatePages(std::size_t byteCount)
{
    void* pages =
        ::mmap(nullptr, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CS_ASSERT(pages != MAP_FAILED);
    // Both are best effort: the lock limit may be small, and the secret works without them.
    static_cast<void>(::mlock(pages, byteCount));
    static_cast<void>(::madvise(pages, byteCount, MADV_DONTDUMP));
    return static_cast<char*>(pages);
}

void releasePages(char* pages, std::size_t byteCount)
{
    if (pages == nullptr)
        return;
    OPENSSL_cleanse(pages, byteCount);
    ::munmap(pages, byteCount);
}

} // namespace

SecretBytes::SecretBytes(std::size_t byteCount)
{
    reserve(byteCount);
    m_size = byteCount;
}

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0))
{}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

SecretBytes SecretBytes::copyOf(std::string_view bytes)
{
    SecretBytes secret;
    secret.append(bytes);
    return secret;
}

SecretBytes SecretBytes::takeFrom(std::string& source)
{
    SecretBytes secret = copyOf(source);
    wipe(source);
    return secret;
}

void SecretBytes::append(std::string_view bytes)
{
    if (bytes.empty())
        return;
    reserve(m_size + bytes.size());
    std::memcpy(m_data + m_size, bytes.data(), bytes.size());
    m_size += bytes.size();
}

void SecretBytes::truncate(std::size_t byteCount)
{
    CS_ASSERT(byteCount <= m_size);
    if (byteCount < m_size)
        OPENSSL_cleanse(m_data + byteCount, m_size - byteCount);
    m_size = byteCount;
}

void SecretBytes::clear()
{
    releasePages(std::exchange(m_data, nullptr), std::exchange(m_capacity, 0));
    m_size = 0;
}

bool SecretBytes::equals(const SecretBytes& other) const
{
    return m_size == other.m_size
           && (m_size == 0 || CRYPTO_memcmp(m_data, other.m_data, m_size) == 0);
}

void SecretBytes::reserve(std::size_t byteCount)
{
    if (byteCount <= m_capacity)
        return;
    // Twice as much each time: a long answer comes in many small pieces.
    const std::size_t capacity = wholePages(std::max(byteCount, 2 * m_capacity));
    char* pages = allocatePages(capacity);
    if (m_size > 0)
        std::memcpy(pages, m_data, m_size);
    releasePages(m_data, m_capacity);
    m_data = pages;
    m_capacity = capacity;
}

void wipe(std::string& text)
{
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace countersign::trust
