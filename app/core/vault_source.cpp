#include "app/core/vault_source.h"

namespace countersign::app {

VaultSource::VaultSource(std::shared_ptr<const Clock> clock, Error whyLocked)
    : m_clock(std::move(clock))
    , m_why(std::move(whyLocked))
{}

Result<trust::SecretBytes> VaultSource::secret(const std::string& name)
{
    const std::lock_guard guard(m_mutex);
    if (!m_vault)
        return fail(m_why);
    return m_vault->value(name, m_clock->now());
}

Result<void> VaultSource::ready(const std::string& name)
{
    const std::lock_guard guard(m_mutex);
    if (!m_vault)
        return fail(m_why);
    return m_vault->has(name, m_clock->now());
}

void VaultSource::lock(Error why)
{
    const std::lock_guard guard(m_mutex);
    m_vault.reset();
    m_why = std::move(why);
}

void VaultSource::unlock(control::SecretVault vault)
{
    const std::lock_guard guard(m_mutex);
    m_vault.emplace(std::move(vault));
}

bool VaultSource::isUnlocked() const
{
    const std::lock_guard guard(m_mutex);
    return m_vault.has_value();
}

std::optional<Error> VaultSource::whyLocked() const
{
    const std::lock_guard guard(m_mutex);
    return m_vault ? std::nullopt : std::optional(m_why);
}

bool VaultSource::hasToRetire(Instant now) const
{
    const std::lock_guard guard(m_mutex);
    return m_vault && m_vault->hasToRetire(now);
}

Result<control::SecretVault> VaultSource::reopened(control::VaultContent content) const
{
    const std::lock_guard guard(m_mutex);
    if (!m_vault)
        return fail(m_why);
    return m_vault->reopened(std::move(content));
}

} // namespace countersign::app
