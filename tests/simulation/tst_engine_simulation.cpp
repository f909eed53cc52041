#include "tests/simulation/execution_world.h"

#include <QTest>

#include <algorithm>

using namespace countersign::testing;

namespace {

constexpr std::uint64_t kDefaultSeedCount = 3000;
/// One row of the test, so that its watchdog looks at each row alone.
constexpr std::uint64_t kSeedsPerRow = 500;
/// Each sweep plays one history once for every point where the process can end.
constexpr std::uint64_t kSeedsPerSweep = 300;

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise)
{
    bool isNumber = false;
    const qulonglong value = qEnvironmentVariable(name).toULongLong(&isNumber);
    return isNumber ? value : otherwise;
}

bool isOneSeed()
{
    return qEnvironmentVariableIsSet("COUNTERSIGN_SIMULATION_SEED");
}

std::uint64_t firstSeed()
{
    return fromEnvironment("COUNTERSIGN_SIMULATION_SEED", 1);
}

std::uint64_t seedCount()
{
    return isOneSeed() ? 1 : fromEnvironment("COUNTERSIGN_SIMULATION_SEEDS", kDefaultSeedCount);
}

using Tally = std::map<std::string, std::size_t>;

void add(Tally& sum, const Tally& more)
{
    for (const auto& [what, count] : more)
        sum[what] += count;
}

} // namespace

class TestEngineSimulation : public QObject
{
    Q_OBJECT

private:
    Tally m_reached;

private Q_SLOTS:
    void everyHistoryKeepsTheInvariants_data()
    {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("count");
        for (std::uint64_t done = 0; done < seedCount(); done += kSeedsPerRow)
            QTest::addRow("from seed %llu", static_cast<unsigned long long>(firstSeed() + done))
                << quint64(firstSeed() + done)
                << quint64(std::min(kSeedsPerRow, seedCount() - done));
    }
    void everyHistoryKeepsTheInvariants()
    {
        QFETCH(quint64, first);
        QFETCH(quint64, count);
        for (std::uint64_t seed = first; seed < first + count; ++seed) {
            ExecutionWorld world({.seed = seed});
            const std::string violation = world.run();
            QVERIFY2(
                violation.empty(),
                ("COUNTERSIGN_SIMULATION_SEED=" + std::to_string(seed) + ": " + violation).c_str());
            add(m_reached, world.tally);
        }
    }

    /// A simulation that does not get there proves nothing.
    void theHistoriesReachEveryCorner()
    {
        if (seedCount() < kDefaultSeedCount)
            QSKIP("Fewer seeds than by default need not reach everything.");
        for (const char* result : {"completed", "failed", "compensated", "cancelled", "expired"})
            QVERIFY2(m_reached["result." + std::string(result)] > 0, result);
        for (const char* status : {"done", "failed", "skipped", "compensated", "standing"})
            QVERIFY2(m_reached["status." + std::string(status)] > 0, status);
        for (const char* event : {"crash", "fault", "cancel", "unauthorized"})
            QVERIFY2(m_reached[event] > 0, event);
    }

    void everyCrashPointKeepsTheInvariants()
    {
        const std::uint64_t sweepCount = (seedCount() + kSeedsPerSweep - 1) / kSeedsPerSweep;
        for (std::uint64_t seed = firstSeed(); seed < firstSeed() + sweepCount; ++seed) {
            ExecutionWorld safe({.seed = seed, .isSafe = true});
            QCOMPARE(QString::fromStdString(safe.run()), QString());
            using Place = CrashPoint::Place;
            for (const Place place :
                 {Place::BeforeAppend, Place::AfterAppend, Place::AfterEffect}) {
                const bool isCall = place == Place::AfterEffect;
                const std::size_t pointCount = isCall ? safe.callCount() : safe.appendCount();
                for (std::size_t point = 0; point <= pointCount; ++point) {
                    ExecutionWorld world({.seed = seed, .crashPoint = CrashPoint{place, point}});
                    const std::string violation = world.run();
                    QVERIFY2(
                        violation.empty(),
                        ("COUNTERSIGN_SIMULATION_SEED=" + std::to_string(seed) + " place "
                         + std::to_string(static_cast<int>(place)) + " point "
                         + std::to_string(point) + ": " + violation)
                            .c_str());
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestEngineSimulation)
#include "tst_engine_simulation.moc"
