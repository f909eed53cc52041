#include "planes/trust/merkle.h"

#include "models/check.h"
#include "planes/trust/detail/openssl.h"

#include <array>
#include <bit>

namespace countersign::trust {

using namespace detail;

namespace {

constexpr char kLeafPrefix = '\x00';
constexpr char kNodePrefix = '\x01';
constexpr unsigned kSizeByteCount = 8;

/// Largest power of two below `size`, which is at least 2.
std::uint64_t splitOf(std::uint64_t size)
{
    return std::bit_floor(size - 1);
}

struct LeafRange
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t size() const { return end - begin; }
    [[nodiscard]] std::uint64_t middle() const { return begin + splitOf(size()); }
};

/// The hash over a range that begins at a multiple of the largest power of two within its size, as
/// every range met by halving does.
Result<Digest> rangeHash(HashReader& reader, const TreeHasher& hasher, LeafRange range)
{
    std::vector<Digest> parts;
    while (range.size() > 0) {
        const std::uint64_t full = std::bit_floor(range.size());
        const auto level = static_cast<unsigned>(std::countr_zero(full));
        CS_ASSERT(range.begin % full == 0);
        CS_TRY(const Digest part, reader.node(level, range.begin >> level));
        parts.push_back(part);
        range.begin += full;
    }
    Digest hash = parts.back();
    for (std::size_t i = parts.size() - 1; i > 0; --i)
        hash = hasher.node(parts[i - 1], hash);
    return hash;
}

Failure badProof(const char* rule, const char* detail)
{
    return fail(ErrorCode::SignatureInvalid, detail, rule);
}

Failure badInclusion(const char* detail)
{
    return badProof("proof.inclusion", detail);
}

Failure badConsistency(const char* detail)
{
    return badProof("proof.consistency", detail);
}

} // namespace

struct TreeHasher::Context
{
    EvpMd algorithm;
    EvpMdCtx digest;
};

TreeHasher::TreeHasher()
    : m_context(
        new Context{EvpMd(EVP_MD_fetch(nullptr, "SHA256", nullptr)), EvpMdCtx(EVP_MD_CTX_new())})
{
    CS_ASSERT(m_context->algorithm && m_context->digest);
}

TreeHasher::~TreeHasher() = default;
TreeHasher::TreeHasher(const TreeHasher&)
    : TreeHasher()
{}
// A hasher holds nothing between two calls, so one is as good as another.
TreeHasher& TreeHasher::operator=(const TreeHasher& other)
{
    if (this != &other && m_context == nullptr)
        *this = TreeHasher();
    return *this;
}
TreeHasher::TreeHasher(TreeHasher&& other) noexcept = default;
TreeHasher& TreeHasher::operator=(TreeHasher&& other) noexcept = default;

Digest TreeHasher::leaf(std::string_view entry) const
{
    return hash(kLeafPrefix, entry, {});
}

Digest TreeHasher::node(const Digest& left, const Digest& right) const
{
    return hash(kNodePrefix, left.bytes(), right.bytes());
}

Digest TreeHasher::hash(char prefix, std::string_view first, std::string_view second) const
{
    std::array<char, Digest::kByteCount> bytes{};
    EVP_MD_CTX* digest = m_context->digest.get();
    const bool hashed =
        EVP_DigestInit_ex2(digest, m_context->algorithm.get(), nullptr) == 1
        && EVP_DigestUpdate(digest, &prefix, 1) == 1
        && EVP_DigestUpdate(digest, first.data(), first.size()) == 1
        && EVP_DigestUpdate(digest, second.data(), second.size()) == 1
        && EVP_DigestFinal_ex(digest, reinterpret_cast<unsigned char*>(bytes.data()), nullptr) == 1;
    CS_ASSERT(hashed);
    return Digest::fromBytes({bytes.data(), bytes.size()}).value();
}

Digest leafHash(std::string_view entry)
{
    return TreeHasher().leaf(entry);
}

Digest nodeHash(const Digest& left, const Digest& right)
{
    return TreeHasher().node(left, right);
}

Digest emptyRoot()
{
    return Digest::of({});
}

Result<CompactRange> CompactRange::restore(std::uint64_t size, std::vector<Digest> roots)
{
    if (roots.size() != static_cast<std::size_t>(std::popcount(size)))
        return fail(
            ErrorCode::Corrupt, "the edge of the tree does not fit its size", "tree.compact_range");
    CompactRange range;
    range.m_size = size;
    range.m_roots = std::move(roots);
    return range;
}

Result<CompactRange> CompactRange::restore(std::string_view bytes)
{
    if (bytes.size() < kSizeByteCount || (bytes.size() - kSizeByteCount) % Digest::kByteCount != 0)
        return fail(ErrorCode::Corrupt, "the edge of the tree is cut off", "tree.compact_range");
    std::uint64_t size = 0;
    for (unsigned i = 0; i < kSizeByteCount; ++i)
        size = (size << 8U) | static_cast<std::uint8_t>(bytes[i]);
    std::vector<Digest> roots;
    for (std::size_t at = kSizeByteCount; at < bytes.size(); at += Digest::kByteCount) {
        CS_TRY(const Digest root, Digest::fromBytes(bytes.substr(at, Digest::kByteCount)));
        roots.push_back(root);
    }
    return restore(size, std::move(roots));
}

std::string CompactRange::serialize() const
{
    std::string bytes;
    for (unsigned i = kSizeByteCount; i > 0; --i)
        bytes.push_back(static_cast<char>((m_size >> (8 * (i - 1))) & 0xFFU));
    for (const Digest& root : m_roots)
        bytes += root.bytes();
    return bytes;
}

void CompactRange::append(const Digest& leafHash, const NodeSink& onNode)
{
    CS_ASSERT(m_size < UINT64_MAX);
    Digest hash = leafHash;
    std::uint64_t index = m_size;
    if (onNode)
        onNode(0, index, hash);
    // Every trailing 1 of the size is a full subtree on the left of the new one, of equal size.
    for (unsigned level = 1; (index & 1U) != 0; ++level) {
        hash = m_hasher.node(m_roots.back(), hash);
        m_roots.pop_back();
        index >>= 1U;
        if (onNode)
            onNode(level, index, hash);
    }
    m_roots.push_back(hash);
    ++m_size;
}

Digest CompactRange::root() const
{
    if (m_roots.empty())
        return emptyRoot();
    Digest hash = m_roots.back();
    for (std::size_t i = m_roots.size() - 1; i > 0; --i)
        hash = m_hasher.node(m_roots[i - 1], hash);
    return hash;
}

Result<Digest> treeRoot(HashReader& reader, std::uint64_t size)
{
    if (size == 0)
        return emptyRoot();
    return rangeHash(reader, TreeHasher(), {0, size});
}

Result<std::vector<Digest>>
proveInclusion(HashReader& reader, std::uint64_t index, std::uint64_t size)
{
    if (index >= size)
        return fail(
            ErrorCode::InvalidInput, "the leaf is not in a tree of this size", "proof.index");
    const TreeHasher hasher;
    std::vector<Digest> proof;
    for (LeafRange range{0, size}; range.size() > 1;) {
        const std::uint64_t middle = range.middle();
        const bool isLeft = index < middle;
        const LeafRange sibling =
            isLeft ? LeafRange{middle, range.end} : LeafRange{range.begin, middle};
        CS_TRY(const Digest hash, rangeHash(reader, hasher, sibling));
        proof.push_back(hash);
        range = isLeft ? LeafRange{range.begin, middle} : LeafRange{middle, range.end};
    }
    return std::vector<Digest>(proof.rbegin(), proof.rend());
}

Result<std::vector<Digest>>
proveConsistency(HashReader& reader, std::uint64_t olderSize, std::uint64_t size)
{
    if (olderSize == 0 || olderSize > size)
        return fail(
            ErrorCode::InvalidInput,
            "a consistency proof goes from a tree of at least one leaf to one not smaller",
            "proof.size");
    const TreeHasher hasher;
    std::vector<Digest> proof;
    LeafRange range{0, size};
    // SUBPROOF of RFC 6962 2.1.2, from the root down to where the older tree ends.
    while (olderSize < range.end) {
        const std::uint64_t middle = range.middle();
        const bool endsLeft = olderSize <= middle;
        const LeafRange sibling =
            endsLeft ? LeafRange{middle, range.end} : LeafRange{range.begin, middle};
        CS_TRY(const Digest hash, rangeHash(reader, hasher, sibling));
        proof.push_back(hash);
        range = endsLeft ? LeafRange{range.begin, middle} : LeafRange{middle, range.end};
    }
    // The verifier has this hash already when it is the older root itself.
    if (range.begin != 0) {
        CS_TRY(const Digest hash, rangeHash(reader, hasher, range));
        proof.push_back(hash);
    }
    return std::vector<Digest>(proof.rbegin(), proof.rend());
}

Result<void> verifyInclusion(
    std::uint64_t index,
    std::uint64_t size,
    const Digest& leafHash,
    std::span<const Digest> proof,
    const Digest& root)
{
    if (index >= size)
        return fail(
            ErrorCode::InvalidInput, "the leaf is not in a tree of this size", "proof.index");
    // Below the level where the paths of this leaf and of the last one part, siblings stand on
    // either side; above it, on the left only.
    const auto innerCount = static_cast<std::size_t>(std::bit_width(index ^ (size - 1)));
    const std::uint64_t above = innerCount < 64 ? index >> innerCount : 0;
    const auto borderCount = static_cast<std::size_t>(std::popcount(above));
    if (proof.size() != innerCount + borderCount)
        return badInclusion("the inclusion proof has the wrong number of hashes");
    const TreeHasher hasher;
    Digest hash = leafHash;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        const bool siblingIsRight = i < innerCount && ((index >> i) & 1U) == 0;
        hash = siblingIsRight ? hasher.node(hash, proof[i]) : hasher.node(proof[i], hash);
    }
    if (hash != root)
        return badInclusion("the inclusion proof does not lead to the root");
    return {};
}

Result<void> verifyConsistency(
    std::uint64_t olderSize,
    std::uint64_t size,
    std::span<const Digest> proof,
    const Digest& olderRoot,
    const Digest& root)
{
    if (olderSize == 0 || olderSize > size)
        return fail(
            ErrorCode::InvalidInput,
            "a consistency proof goes from a tree of at least one leaf to one not smaller",
            "proof.size");
    if (olderSize == size) {
        if (!proof.empty() || olderRoot != root)
            return badConsistency("two trees of one size have different roots");
        return {};
    }
    if (proof.empty())
        return badConsistency("the consistency proof is empty");
    std::vector<Digest> path(proof.begin(), proof.end());
    if (std::has_single_bit(olderSize))
        path.insert(path.begin(), olderRoot);
    std::uint64_t older = olderSize - 1;
    std::uint64_t newer = size - 1;
    const auto shared = static_cast<unsigned>(std::countr_one(older));
    older >>= shared;
    newer >>= shared;
    const TreeHasher hasher;
    Digest olderHash = path.front();
    Digest newerHash = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (newer == 0)
            return badConsistency("the consistency proof has too many hashes");
        if ((older & 1U) != 0 || older == newer) {
            olderHash = hasher.node(path[i], olderHash);
            newerHash = hasher.node(path[i], newerHash);
            while ((older & 1U) == 0 && older != 0) {
                older >>= 1U;
                newer >>= 1U;
            }
        } else {
            newerHash = hasher.node(newerHash, path[i]);
        }
        older >>= 1U;
        newer >>= 1U;
    }
    if (newer != 0)
        return badConsistency("the consistency proof has too few hashes");
    if (olderHash != olderRoot || newerHash != root)
        return badConsistency("the consistency proof does not lead to both roots");
    return {};
}

} // namespace countersign::trust
