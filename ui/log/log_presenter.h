#pragma once

#include "ui/backend.h"
#include "ui/log/entry_facts.h"

#include <QObject>

namespace countersign::ui {

struct LogState
{
    std::optional<std::uint64_t> index; ///< The entry that is looked at.
    bool loading = false;
    std::shared_ptr<const EntryFacts> entry;
    std::optional<Error> entryError;

    bool verifying = false;
    bool deep = false;
    double fraction = 0; ///< Of the verification, 0..1.
    std::shared_ptr<const VerificationReport> report;
    std::optional<Error> verifyError;
};

/// Details of one entry, and verifications of the whole workspace. Thread: GUI.
class LogPresenter : public QObject
{
    Q_OBJECT

public:
    explicit LogPresenter(Backend& backend, QObject* parent = nullptr);

    [[nodiscard]] const LogState& state() const { return m_state; }

    /// Looks at another entry; the same one again changes nothing.
    void select(std::uint64_t index);
    void reload();
    /// One verification at a time: does nothing while one is under way.
    void verify(bool deep);
    void dismissReport();

Q_SIGNALS:
    void stateChanged(const countersign::ui::LogState& state);

private:
    Backend& m_backend;
    LogState m_state;
    quint64 m_generation = 0;
};

} // namespace countersign::ui
