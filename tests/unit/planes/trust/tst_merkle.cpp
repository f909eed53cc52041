#include "planes/trust/merkle.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <map>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

constexpr std::uint64_t kSizeMax = 33;

Digest flippedDigest(const Digest& digest, std::size_t bit)
{
    return Digest::fromBytes(flipped(std::string(digest.bytes()), bit)).value();
}

} // namespace

class TestMerkle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyTreeHasTheHashOfNothing()
    {
        QVERIFY(CompactRange().root() == Digest::of({}));
        QVERIFY(
            emptyRoot().hex()
            == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    void prefixesSeparateLeavesFromNodes()
    {
        const Digest left = leafHash("l");
        const Digest right = leafHash("r");
        QVERIFY(left == Digest::of(std::string_view("\0l", 2)));
        QVERIFY(
            nodeHash(left, right)
            == Digest::of("\x01" + std::string(left.bytes()) + std::string(right.bytes())));
        QVERIFY(
            leafHash(std::string(left.bytes()) + std::string(right.bytes()))
            != nodeHash(left, right));
    }

    void compactRangeGivesTheRootOfEverySize()
    {
        LeafTree tree = LeafTree::ofCount(300);
        CompactRange range;
        std::map<std::pair<unsigned, std::uint64_t>, Digest> nodes;
        for (std::uint64_t size = 1; size <= 300; ++size) {
            range.append(
                tree.leafHashes()[size - 1],
                [&nodes](unsigned level, std::uint64_t index, const Digest& hash) {
                    QVERIFY(nodes.emplace(std::pair(level, index), hash).second);
                });
            QCOMPARE(range.size(), size);
            QVERIFY(range.root() == tree.root(0, size));
            QVERIFY(treeRoot(tree, size).value() == range.root());
        }
        // Every full subtree was reported once, with its own hash.
        std::size_t expectedCount = 0;
        for (unsigned level = 0; (300U >> level) > 0; ++level)
            expectedCount += 300U >> level;
        QCOMPARE(nodes.size(), expectedCount);
        for (const auto& [place, hash] : nodes)
            QVERIFY(tree.node(place.first, place.second).value() == hash);
    }

    void compactRangeComesBackFromItsBytes()
    {
        CompactRange range;
        for (std::uint64_t size = 0; size < 70; ++size) {
            const std::string bytes = range.serialize();
            CompactRange restored = CompactRange::restore(bytes).value();
            QVERIFY(restored == range);
            QVERIFY(CompactRange::restore(range.size(), range.roots()).value() == range);
            CompactRange copy = range;
            range.append(leafHash(std::to_string(size)));
            restored.append(leafHash(std::to_string(size)));
            copy.append(leafHash(std::to_string(size)));
            QVERIFY(restored.root() == range.root());
            QVERIFY(copy == range);
            QVERIFY(!CompactRange::restore(bytes + '\0').ok());
            QVERIFY(!CompactRange::restore(bytes + std::string(32, '\0')).ok());
            QVERIFY(!CompactRange::restore(bytes.substr(0, bytes.size() - 1)).ok());
        }
        QVERIFY(CompactRange::restore("").error().code == ErrorCode::Corrupt);
        QVERIFY(CompactRange::restore(3, {}).error().code == ErrorCode::Corrupt);
    }

    void provesEveryLeafOfEverySmallTree()
    {
        LeafTree tree = LeafTree::ofCount(kSizeMax);
        for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
            const Digest root = tree.root(0, size);
            for (std::uint64_t index = 0; index < size; ++index) {
                const auto proof = proveInclusion(tree, index, size).value();
                const Digest& leaf = tree.leafHashes()[index];
                QVERIFY(verifyInclusion(index, size, leaf, proof, root).ok());
                for (std::uint64_t other = 0; other < size; ++other) {
                    if (other != index)
                        QVERIFY(!verifyInclusion(other, size, leaf, proof, root).ok());
                }
                QVERIFY(!verifyInclusion(index, size, leafHash("x"), proof, root).ok());
                auto longer = proof;
                longer.push_back(root);
                QVERIFY(!verifyInclusion(index, size, leaf, longer, root).ok());
            }
            QVERIFY(proveInclusion(tree, size, size).error().code == ErrorCode::InvalidInput);
            QVERIFY(!verifyInclusion(size, size, root, {}, root).ok());
        }
    }

    void refusesEveryInclusionProofWithOneBitChanged()
    {
        LeafTree tree = LeafTree::ofCount(11);
        const Digest root = tree.root(0, 11);
        for (std::uint64_t index = 0; index < 11; ++index) {
            const auto proof = proveInclusion(tree, index, 11).value();
            const Digest& leaf = tree.leafHashes()[index];
            for (std::size_t bit = 0; bit < 256; ++bit) {
                for (std::size_t k = 0; k < proof.size(); ++k) {
                    auto changed = proof;
                    changed[k] = flippedDigest(proof[k], bit);
                    QVERIFY(!verifyInclusion(index, 11, leaf, changed, root).ok());
                }
                QVERIFY(!verifyInclusion(index, 11, flippedDigest(leaf, bit), proof, root).ok());
                QVERIFY(!verifyInclusion(index, 11, leaf, proof, flippedDigest(root, bit)).ok());
            }
        }
    }

    void provesEveryGrowthOfSmallTrees()
    {
        LeafTree tree = LeafTree::ofCount(kSizeMax);
        for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
            const Digest root = tree.root(0, size);
            for (std::uint64_t older = 1; older <= size; ++older) {
                const auto proof = proveConsistency(tree, older, size).value();
                const Digest olderRoot = tree.root(0, older);
                QVERIFY(verifyConsistency(older, size, proof, olderRoot, root).ok());
                QVERIFY(!verifyConsistency(older, size, proof, leafHash("x"), root).ok());
                QVERIFY(!verifyConsistency(older, size, proof, olderRoot, leafHash("x")).ok());
                auto longer = proof;
                longer.push_back(root);
                QVERIFY(!verifyConsistency(older, size, longer, olderRoot, root).ok());
                if (older != size) {
                    auto shorter = proof;
                    shorter.pop_back();
                    QVERIFY(!verifyConsistency(older, size, shorter, olderRoot, root).ok());
                }
            }
        }
        QVERIFY(proveConsistency(tree, 0, 5).error().code == ErrorCode::InvalidInput);
        QVERIFY(proveConsistency(tree, 6, 5).error().code == ErrorCode::InvalidInput);
        QVERIFY(!verifyConsistency(0, 5, {}, emptyRoot(), tree.root(0, 5)).ok());
    }

    void refusesEveryConsistencyProofWithOneBitChanged()
    {
        LeafTree tree = LeafTree::ofCount(13);
        const Digest root = tree.root(0, 13);
        for (std::uint64_t older = 1; older < 13; ++older) {
            const auto proof = proveConsistency(tree, older, 13).value();
            const Digest olderRoot = tree.root(0, older);
            for (std::size_t bit = 0; bit < 256; ++bit) {
                for (std::size_t k = 0; k < proof.size(); ++k) {
                    auto changed = proof;
                    changed[k] = flippedDigest(proof[k], bit);
                    QVERIFY(!verifyConsistency(older, 13, changed, olderRoot, root).ok());
                }
            }
        }
    }

    void survivesSizesAtTheEndOfTheRange()
    {
        const Digest hash = leafHash("a");
        const std::vector<Digest> proof(64, hash);
        constexpr std::uint64_t kEnd = UINT64_MAX;
        QVERIFY(!verifyInclusion(kEnd, kEnd, hash, proof, hash).ok());
        QVERIFY(!verifyInclusion(kEnd - 1, kEnd, hash, proof, hash).ok());
        QVERIFY(!verifyInclusion(0, kEnd, hash, proof, hash).ok());
        QVERIFY(!verifyConsistency(kEnd - 1, kEnd, proof, hash, hash).ok());
        QVERIFY(!verifyConsistency(std::uint64_t{1} << 63U, kEnd, proof, hash, hash).ok());
        QVERIFY(!verifyConsistency(1, kEnd, proof, hash, hash).ok());
    }

    void passesOnWhatTheReaderRefuses()
    {
        LeafTree tree = LeafTree::ofCount(4);
        QVERIFY(proveInclusion(tree, 0, 9).error().code == ErrorCode::NotFound);
        QVERIFY(proveConsistency(tree, 3, 9).error().code == ErrorCode::NotFound);
        QVERIFY(treeRoot(tree, 5).error().code == ErrorCode::NotFound);
        QVERIFY(treeRoot(tree, 0).value() == emptyRoot());
    }
};

QTEST_GUILESS_MAIN(TestMerkle)
#include "tst_merkle.moc"
