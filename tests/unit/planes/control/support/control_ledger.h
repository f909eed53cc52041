#pragma once

#include "planes/control/approvals.h"
#include "planes/control/decision_table.h"
#include "planes/control/genesis.h"
#include "planes/data/blobs.h"
#include "planes/trust/ledger_store.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace countersign::testing {

/// The demo's people over a ledger in memory, from its genesis on. One thread.
class ControlLedger
{
public:
    ControlLedger()
        : logKey(must(trust::NoteSigner::make("ledger.example.com/control", keyFor("log"))))
        , m_writer(
              must(trust::NoteSigner::make("ledger.example.com/control", keyFor("log"))),
              {&m_projector})
    {
        // Migrations have no gaps; the documents' are not needed here.
        const std::vector<data::Migration> migrations = {
            data::blobMigration(),
            trust::ledgerMigration(),
            {3, "documents", {}},
            control::decisionTableMigration()};
        database =
            must(data::Database::open({.path = {}, .mode = data::OpenMode::Memory}, migrations));
        store = std::make_unique<trust::LedgerStore>(*database, m_writer);
    }

    [[nodiscard]] control::GenesisInput genesisInput() const
    {
        return {
            "Bench",
            "northgate",
            logKey.verifier().vkey(),
            rosterJson(),
            policy,
            Instant::fromUnixSeconds(1'770'000'000)};
    }
    [[nodiscard]] static trust::Envelope
    signedGenesis(const std::string& payload, const std::vector<std::string>& founders)
    {
        trust::Envelope envelope = ControlBench::signedBy(founders.front(), payload);
        for (std::size_t i = 1; i < founders.size(); ++i)
            must(trust::addSignature(envelope, keyFor(founders[i])));
        return envelope;
    }
    [[nodiscard]] Result<void>
    record(const control::GenesisInput& input, const trust::Envelope& envelope)
    {
        return store->write([&](data::SqlSession& session, trust::LedgerWriter& ledger) {
            return control::recordGenesis(session, ledger, input, envelope, m_entropy);
        });
    }
    /// The genesis as it should be; afterwards there is a foundation.
    void found()
    {
        const std::string payload = must(control::genesisStatement(genesisInput()));
        must(record(
            genesisInput(),
            signedGenesis(payload, {"greta.holm", "noura.alsubaie", "priya.raman"})));
        anchor = Digest::of(payload);
        foundation = must(control::loadFoundation(*reader(), anchor));
    }

    [[nodiscard]] std::unique_ptr<trust::LedgerReader> reader()
    {
        return trust::openLedgerReader(*database, logKey.verifier());
    }

    /// Runs a command at `now`.
    template <class T>
    Result<T>
    run(Instant now, const std::function<Result<T>(control::CommandContext& context)>& command)
    {
        std::optional<Result<T>> outcome;
        const Result<void> written = store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                control::CommandContext context{session, ledger, *foundation, m_entropy, now};
                outcome.emplace(command(context));
                return outcome->ok() ? Result<void>() : Result<void>(outcome->failure());
            });
        return written.ok() || !outcome || !outcome->ok() ? std::move(*outcome)
                                                          : Result<T>(written.failure());
    }

    control::ApprovalRequest open(const control::RequestInput& input)
    {
        const auto outcome =
            run<control::OpenOutcome>(input.now, [&](control::CommandContext& context) {
                return control::openRequest(context, input);
            });
        return must(outcome).request.value();
    }
    [[nodiscard]] control::DecisionAuthority authority(const std::string& decisionId)
    {
        return must(control::loadDecisionAuthority(*reader(), *foundation, decisionId));
    }
    /// Records an answer to the latest request of its decision.
    Result<control::AnswerOutcome>
    submit(const std::string& decisionId, const trust::Envelope& envelope, Instant now)
    {
        return run<control::AnswerOutcome>(now, [&](control::CommandContext& context) {
            auto authority = control::currentAuthority(context, decisionId);
            return authority.ok() ? control::recordAnswer(context, *authority->latest(), envelope)
                                  : Result<control::AnswerOutcome>(authority.failure());
        });
    }
    Result<control::AnswerOutcome> answer(
        const control::ApprovalRequest& request,
        const std::string& person,
        control::AnswerKind kind = control::AnswerKind::Approve)
    {
        return submit(
            request.decisionId,
            bench.signedAnswer(request, person, kind),
            ControlBench::received(request));
    }
    void append(const std::string& type, const std::string& decisionId, Json body, Instant at)
    {
        must(store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                CS_CHECK(ledger.append(
                    session,
                    {0,
                     EventId::make(at, m_entropy).text(),
                     type,
                     at,
                     decisionId,
                     std::move(body)}));
                return {};
            }));
    }
    std::uint64_t appendStatement(
        const trust::Envelope& envelope, const std::string& signer, const std::string& decisionId)
    {
        std::uint64_t index = 0;
        must(store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                CS_TRY(
                    index,
                    ledger.appendStatement(
                        session, envelope, keyFor(signer).publicKey(), decisionId));
                return {};
            }));
        return index;
    }
    [[nodiscard]] std::uint64_t size() { return must(reader()->head()).size; }

    trust::NoteSigner logKey;
    /// Of the genesis; to be changed before it.
    Json policy = policyJson();
    ControlBench bench;
    std::unique_ptr<data::Database> database;
    std::unique_ptr<trust::LedgerStore> store;
    Digest anchor = Digest::of("");
    std::optional<control::Foundation> foundation;

private:
    CountingEntropy m_entropy;
    control::DecisionProjector m_projector;
    trust::LedgerWriter m_writer;
};

} // namespace countersign::testing
