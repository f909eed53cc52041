#pragma once

#include "planes/trust/keys.h"
#include "planes/trust/merkle.h"

#include <bit>
#include <string>
#include <vector>

/// Small values that several tests of the trust plane start from.
namespace countersign::trust::test {

/// The bytes with one bit turned over.
inline std::string flipped(std::string bytes, std::size_t bit)
{
    bytes[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << bit % 8));
    return bytes;
}

/// A key that is the same in every run.
inline PrivateKey fixedEd25519(char fill = 'k')
{
    return PrivateKey::fromEd25519Seed(SecretBytes::copyOf(std::string(32, fill))).value();
}

inline PrivateKey newP256()
{
    return PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
}

/// A tree over leaf hashes in memory, computed by halving as the definition says.
class LeafTree final : public HashReader
{
public:
    explicit LeafTree(std::vector<Digest> leafHashes)
        : m_leafHashes(std::move(leafHashes))
    {}

    /// Leaves are the decimal texts 0 to leafCount - 1.
    static LeafTree ofCount(std::uint64_t leafCount)
    {
        std::vector<Digest> hashes;
        for (std::uint64_t i = 0; i < leafCount; ++i)
            hashes.push_back(leafHash(std::to_string(i)));
        return LeafTree(std::move(hashes));
    }

    Result<Digest> node(unsigned level, std::uint64_t index) override
    {
        if (level > 40 || ((index + 1) << level) > m_leafHashes.size())
            return fail(ErrorCode::NotFound, "no such node");
        return root(index << level, (index + 1) << level);
    }

    [[nodiscard]] Digest root(std::uint64_t begin, std::uint64_t end) const
    {
        if (begin == end)
            return emptyRoot();
        if (end - begin == 1)
            return m_leafHashes[begin];
        const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
        return nodeHash(root(begin, middle), root(middle, end));
    }

    [[nodiscard]] const std::vector<Digest>& leafHashes() const { return m_leafHashes; }

private:
    std::vector<Digest> m_leafHashes;
};

} // namespace countersign::trust::test
