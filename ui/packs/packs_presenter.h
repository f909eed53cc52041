#pragma once

#include "ui/backend.h"

#include <QObject>

namespace countersign::ui {

/// A decision that a pack can be made of.
struct PackChoice
{
    std::string decisionId;
    std::string title;

    bool operator==(const PackChoice&) const = default;
};

struct PacksState
{
    bool loaded = false;
    std::vector<PackRow> packs;
    std::optional<Error> listError;

    std::vector<PackChoice> choices; ///< Decisions that fit the search, at most kChoiceCountMax.

    bool exporting = false;
    bool verifying = false;
    double fraction = 0;             ///< Of what is under way, 0..1.
    std::optional<PackRow> exported; ///< The pack exported last.
    std::optional<Error> exportError;
    std::string verifiedPath;
    std::shared_ptr<const VerificationReport> report;
    std::optional<Error> verifyError;

    [[nodiscard]] bool isBusy() const { return exporting || verifying; }
};

/// Lists, exports and verifies evidence packs. One long task at a time. Thread: GUI.
class PacksPresenter : public QObject
{
    Q_OBJECT

public:
    static constexpr int kChoiceCountMax = 200;

    explicit PacksPresenter(Backend& backend, QObject* parent = nullptr);

    [[nodiscard]] const PacksState& state() const { return m_state; }

    void reload();
    /// Offers the decisions whose title or text fits.
    void searchDecisions(const QString& text);
    void exportPack(const std::string& decisionId, const QString& path);
    void verify(const QString& path);
    void dismissReport();

Q_SIGNALS:
    void stateChanged(const countersign::ui::PacksState& state);

private:
    void publish();

    Backend& m_backend;
    PacksState m_state;
    std::string m_search;
    quint64 m_searchGeneration = 0;
    quint64 m_listGeneration = 0;
};

} // namespace countersign::ui
