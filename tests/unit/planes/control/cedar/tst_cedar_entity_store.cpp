#include "planes/control/cedar/entity_store.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;
using countersign::testing::outcomeOf;

namespace {

EntityUid node(int number)
{
    return uid("N", std::to_string(number));
}

/// What the store should hold: parents by number.
using Graph = std::map<int, std::set<int>>;

std::set<int> ancestorsOf(const Graph& graph, int start)
{
    std::set<int> found;
    std::vector<int> open{start};
    while (!open.empty()) {
        const int one = open.back();
        open.pop_back();
        const auto parents = graph.find(one);
        if (parents == graph.end())
            continue;
        for (const int parent : parents->second) {
            if (found.insert(parent).second)
                open.push_back(parent);
        }
    }
    return found;
}

Entity entityOf(int number, const std::set<int>& parents)
{
    Entity result = entity(node(number));
    for (const int parent : parents)
        result.parents.push_back(node(parent));
    return result;
}

void verifySame(const EntityStore& store, const Graph& graph, int count)
{
    QCOMPARE(store.size(), graph.size());
    for (int i = 0; i < count; ++i) {
        const StoredEntity* const stored = store.find(node(i));
        QCOMPARE(stored != nullptr, graph.count(i) == 1);
        const std::set<int> expected = ancestorsOf(graph, i);
        if (stored != nullptr)
            QCOMPARE(stored->ancestors().size(), expected.size());
        for (int j = 0; j < count; ++j)
            QCOMPARE(store.isIn(node(i).data(), node(j).data()), i == j || expected.count(j) == 1);
    }
}

} // namespace

class TestCedarEntityStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAncestorsThroughRandomChanges()
    {
        constexpr int kCount = 14;
        for (unsigned seed = 1; seed <= 30; ++seed) {
            std::mt19937 random(seed);
            EntityStore store;
            Graph graph;
            for (int step = 0; step < 60; ++step) {
                const int one = static_cast<int>(random() % kCount);
                if (random() % 4 == 0) {
                    QCOMPARE(store.remove(node(one)), graph.erase(one) == 1);
                } else {
                    std::set<int> parents;
                    for (unsigned i = random() % 4; i > 0; --i)
                        parents.insert(static_cast<int>(random() % kCount));
                    Graph next = graph;
                    next[one] = parents;
                    const bool isCycle = ancestorsOf(next, one).count(one) == 1;
                    const auto put = store.put(entityOf(one, parents));
                    QCOMPARE(put.ok(), !isCycle);
                    if (isCycle)
                        QCOMPARE(
                            outcomeOf(put), QStringLiteral("invalid_input cedar.entity_cycle"));
                    else
                        graph = next;
                }
                verifySame(store, graph, kCount);
                if (QTest::currentTestFailed())
                    qFatal("seed %u, step %d", seed, step);
            }
        }
    }

    void addsAllOrNothing()
    {
        EntityStore store;
        QVERIFY(store.add({entityOf(1, {2}), entityOf(2, {3})}).ok());
        QCOMPARE(
            outcomeOf(store.add({entityOf(4, {1}), entityOf(3, {1})})),
            QStringLiteral("invalid_input cedar.entity_cycle"));
        QVERIFY(store.find(node(4)) == nullptr);
        QCOMPARE(
            outcomeOf(store.add({entityOf(5, {}), entityOf(1, {3})})),
            QStringLiteral("conflict cedar.duplicate_entity"));
        QVERIFY(store.find(node(5)) == nullptr);
        QVERIFY(store.isIn(node(1).data(), node(3).data()));
    }

    void acceptsTheSameEntityTwice()
    {
        EntityStore store;
        QVERIFY(store.add({entityOf(1, {2, 3}), entityOf(1, {3, 2})}).ok());
        QVERIFY(store.add({entityOf(1, {2, 3})}).ok());
        QCOMPARE(store.size(), std::size_t{1});
        Entity repeated = entityOf(1, {3});
        repeated.parents = {node(3), node(2), node(3)};
        QVERIFY(store.add({repeated}).ok());
    }

    void refusesAnEntityThatIsItsOwnParent()
    {
        EntityStore store;
        QCOMPARE(
            outcomeOf(store.put(entityOf(1, {1}))),
            QStringLiteral("invalid_input cedar.entity_cycle"));
        QCOMPARE(store.size(), std::size_t{0});
    }

    void actionsHaveActionsAsParents()
    {
        EntityStore store;
        QVERIFY(store.put(entity(uid("Action", "a"), {uid("N::Action", "b")})).ok());
        QCOMPARE(
            outcomeOf(store.put(entity(uid("N::Action", "c"), {uid("User", "d")}))),
            QStringLiteral("invalid_input cedar.action_parent"));
        QVERIFY(store.put(entity(uid("Actions", "c"), {uid("User", "d")})).ok());
    }

    void aCopyIsASnapshot()
    {
        EntityStore store;
        QVERIFY(store.add({entityOf(1, {2}), entityOf(2, {})}).ok());
        const EntityStore snapshot = store;
        QVERIFY(store.put(entityOf(2, {3})).ok());
        QVERIFY(store.isIn(node(1).data(), node(3).data()));
        QVERIFY(!snapshot.isIn(node(1).data(), node(3).data()));
        QVERIFY(store.remove(node(1)));
        QVERIFY(snapshot.find(node(1)) != nullptr);
    }

    void replacesAttributes()
    {
        EntityStore store;
        Entity one = entityOf(1, {});
        QVERIFY(store.put(one).ok());
        one.attributes = record({{"a", Value::integer(1)}});
        QVERIFY(store.put(one).ok());
        QCOMPARE(store.find(node(1))->attributes().find("a")->integer(), 1);
        QCOMPARE(store.sorted().size(), std::size_t{1});
    }

    void boundsTheNumberOfAncestors()
    {
        EntityStore store;
        std::vector<Entity> chain;
        for (int i = 0; i <= static_cast<int>(kAncestorCountMax); ++i)
            chain.push_back(entityOf(i, {i + 1}));
        QCOMPARE(outcomeOf(store.add(chain)), QStringLiteral("limit_exceeded cedar.ancestors"));
        chain.erase(chain.begin());
        QVERIFY(store.add(chain).ok());
        QVERIFY(store.isIn(node(1).data(), node(static_cast<int>(kAncestorCountMax) + 1).data()));
        QCOMPARE(
            outcomeOf(store.put(entityOf(0, {1}))),
            QStringLiteral("limit_exceeded cedar.ancestors"));
    }

    void aLongCycleIsRefused()
    {
        std::vector<Entity> circle;
        constexpr int kCount = 50'000;
        for (int i = 0; i < kCount; ++i)
            circle.push_back(entityOf(i, {(i + 1) % kCount}));
        EntityStore store;
        QCOMPARE(
            outcomeOf(store.add(std::move(circle))),
            QStringLiteral("invalid_input cedar.entity_cycle"));
    }
};

QTEST_GUILESS_MAIN(TestCedarEntityStore)
#include "tst_cedar_entity_store.moc"
