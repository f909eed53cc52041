#include "planes/trust/merkle.h"
#include "tests/conformance/trust_vectors.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <optional>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

Digest digestOf(const Json& hex)
{
    return Digest::parse(hex.get<std::string>()).value();
}

/// A base64 member as a digest; null or another length has none.
std::optional<Digest> digestAt(const Json& value)
{
    if (!value.is_string())
        return std::nullopt;
    const auto bytes = base64Decode(value.get<std::string>());
    const auto digest = Digest::fromBytes(bytes.ok() ? *bytes : std::string());
    return digest.ok() ? std::optional(*digest) : std::nullopt;
}

std::optional<std::vector<Digest>> proofAt(const Json& probe)
{
    std::vector<Digest> proof;
    const Json list = probe.value("proof", Json::array());
    if (list.is_null())
        return proof;
    for (const Json& item : list) {
        const std::optional<Digest> hash = digestAt(item);
        if (!hash)
            return std::nullopt;
        proof.push_back(*hash);
    }
    return proof;
}

bool acceptsInclusion(const Json& probe)
{
    const auto root = digestAt(probe.at("root"));
    const auto leaf = digestAt(probe.at("leafHash"));
    const auto proof = proofAt(probe);
    return root && leaf && proof
           && verifyInclusion(
                  probe.at("leafIdx").get<std::uint64_t>(),
                  probe.at("treeSize").get<std::uint64_t>(),
                  *leaf,
                  *proof,
                  *root)
                  .ok();
}

bool acceptsConsistency(const Json& probe)
{
    const auto older = digestAt(probe.at("root1"));
    const auto newer = digestAt(probe.at("root2"));
    const auto proof = proofAt(probe);
    return older && newer && proof
           && verifyConsistency(
                  probe.at("size1").get<std::uint64_t>(),
                  probe.at("size2").get<std::uint64_t>(),
                  *proof,
                  *older,
                  *newer)
                  .ok();
}

/// We want 32 bytes of every root; probes of upstream may have fewer.
bool hasShortRoot(const Json& probe)
{
    return !digestAt(probe.at("root1")) || !digestAt(probe.at("root2"));
}

} // namespace

class TestTrustTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsTheReferenceTree()
    {
        const QString folder = vectorFolder(QStringLiteral("rfc6962-reference-tree"));
        NEED_VECTORS(folder);
        for (const QString& path : filesBelow(folder, QStringLiteral("*.json"))) {
            const Json file = readJsonVector(path);
            QVERIFY(CompactRange().root() == digestOf(file.at("emptyRootHex")));
            const Json& levels = file.at("nodeHashesByLevelHex");
            const Json& inputs = file.at("leafInputsHex");
            CompactRange range;
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                range.append(
                    leafHash(hexDecode(inputs[i].get<std::string>()).value()),
                    [&levels](unsigned level, std::uint64_t index, const Digest& hash) {
                        QVERIFY(digestOf(levels.at(level).at(index)) == hash);
                    });
                QVERIFY(range.root() == digestOf(file.at("rootBySizeFrom1Hex").at(i)));
            }
            const Json& hasher = file.at("hasher");
            if (hasher.contains("leaf_of_L123456"))
                QVERIFY(leafHash("L123456") == digestOf(hasher.at("leaf_of_L123456")));
            if (hasher.contains("leaf_of_empty"))
                QVERIFY(leafHash("") == digestOf(hasher.at("leaf_of_empty")));
        }
    }

    void judgesInclusionProofs()
    {
        const QString folder = vectorFolder(QStringLiteral("transparency-dev-merkle/inclusion"));
        NEED_VECTORS(folder);
        const QStringList paths = filesBelow(folder, QStringLiteral("*.json"));
        QVERIFY(!paths.isEmpty());
        for (const QString& path : paths) {
            const Json probe = readJsonVector(path);
            QVERIFY2(acceptsInclusion(probe) != probe.at("wantErr").get<bool>(), qPrintable(path));
        }
    }

    void judgesConsistencyProofs()
    {
        const QString folder = vectorFolder(QStringLiteral("transparency-dev-merkle/consistency"));
        NEED_VECTORS(folder);
        const QStringList paths = filesBelow(folder, QStringLiteral("*.json"));
        QVERIFY(!paths.isEmpty());
        for (const QString& path : paths) {
            const Json probe = readJsonVector(path);
            const bool expected = !probe.at("wantErr").get<bool>() && !hasShortRoot(probe);
            QVERIFY2(acceptsConsistency(probe) == expected, qPrintable(path));
        }
    }

    void growsTrilliansTrees()
    {
        const QString folder = vectorFolder(QStringLiteral("trillian-trees"));
        NEED_VECTORS(folder);
        const QStringList paths = filesBelow(folder, QStringLiteral("*.json"));
        QVERIFY(!paths.isEmpty());
        for (const QString& path : paths) {
            const Json file = readJsonVector(path);
            std::vector<Digest> leaves;
            for (const Json& hex : file.at("leafHashHex"))
                leaves.push_back(digestOf(hex));
            LeafTree tree(leaves);
            for (const auto& [level, nodes] : file.at("perfectNodesByLevelHex").items()) {
                for (const auto& [index, hash] : nodes.items())
                    QVERIFY(
                        tree.node(static_cast<unsigned>(std::stoul(level)), std::stoull(index))
                            .value()
                        == digestOf(hash));
            }
            checkUpperTiles(file.at("upperTiles"), tree);
            CompactRange range;
            for (const Digest& leaf : leaves)
                range.append(leaf);
            QVERIFY(range.root() == tree.root(0, leaves.size()));
            const std::uint64_t size = leaves.size();
            for (std::uint64_t index = 0; index < size; index += 37) {
                const auto proof = proveInclusion(tree, index, size).value();
                QVERIFY(verifyInclusion(index, size, leaves[index], proof, range.root()).ok());
                const auto growth = proveConsistency(tree, index + 1, size).value();
                QVERIFY(verifyConsistency(
                            index + 1, size, growth, tree.root(0, index + 1), range.root())
                            .ok());
            }
        }
    }

private:
    /// Nodes of the topmost tile are named `08xx`: the root of leaves 256 xx and following.
    static void checkUpperTiles(const Json& tiles, LeafTree& tree)
    {
        constexpr unsigned kLevel = 8;
        for (const Json& tile : tiles) {
            for (const auto& [name, hash] : tile.at("nodes").items()) {
                if (!name.starts_with("08"))
                    continue;
                const std::uint64_t index = std::stoull(name.substr(2), nullptr, 16);
                if (((index + 1) << kLevel) <= tree.leafHashes().size())
                    QVERIFY(tree.node(kLevel, index).value() == digestOf(hash));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTrustTree)
#include "tst_trust_tree.moc"
