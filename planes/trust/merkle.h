#pragma once

#include "models/digest.h"
#include "models/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The hash tree of the ledger: RFC 6962 section 2.1 with SHA-256.
///
///     empty root = SHA-256("")
///     leaf       = SHA-256(0x00 || entry)
///     node       = SHA-256(0x01 || left || right)
///
/// A list of n leaves splits at the largest power of two below n. A full subtree of 2^level leaves
/// that starts at leaf index * 2^level is called node (level, index).
namespace countersign::trust {

/// Hashes leaves and nodes with one reused context: the fast way where many are needed. A copy has
/// a context of its own. Thread: one at a time.
class TreeHasher
{
public:
    TreeHasher();
    ~TreeHasher();
    TreeHasher(const TreeHasher& other);
    TreeHasher& operator=(const TreeHasher& other);
    TreeHasher(TreeHasher&& other) noexcept;
    TreeHasher& operator=(TreeHasher&& other) noexcept;

    [[nodiscard]] Digest leaf(std::string_view entry) const;
    [[nodiscard]] Digest node(const Digest& left, const Digest& right) const;

private:
    struct Context;

    [[nodiscard]] Digest hash(char prefix, std::string_view first, std::string_view second) const;

    std::unique_ptr<Context> m_context;
};

[[nodiscard]] Digest leafHash(std::string_view entry);
[[nodiscard]] Digest nodeHash(const Digest& left, const Digest& right);
/// The root of the tree without leaves.
[[nodiscard]] Digest emptyRoot();

/// The edge of a growing tree: the roots of the full subtrees that its size's binary digits name,
/// largest first. Enough to append and to know the root; 64 digests at most.
class CompactRange
{
public:
    /// Called for every full subtree that an append completes, the leaf itself included.
    using NodeSink = std::function<void(unsigned level, std::uint64_t index, const Digest& hash)>;

    CompactRange() = default;

    /// From the parts that size() and roots() gave. Errors: Corrupt when they do not fit.
    [[nodiscard]] static Result<CompactRange>
    restore(std::uint64_t size, std::vector<Digest> roots);
    /// From the bytes of serialize(). Errors: Corrupt.
    [[nodiscard]] static Result<CompactRange> restore(std::string_view bytes);
    /// 8 bytes of size, big-endian, then the digests.
    [[nodiscard]] std::string serialize() const;

    void append(const Digest& leafHash, const NodeSink& onNode = {});

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] Digest root() const;
    [[nodiscard]] const std::vector<Digest>& roots() const { return m_roots; }

    bool operator==(const CompactRange& other) const
    {
        return m_size == other.m_size && m_roots == other.m_roots;
    }

private:
    TreeHasher m_hasher;
    std::uint64_t m_size = 0;
    std::vector<Digest> m_roots;
};

/// Where proofs take the hashes of full subtrees from: a database, tiles, or a list in memory.
class HashReader
{
public:
    virtual ~HashReader() = default;
    /// The hash of node (level, index), all of whose leaves exist. Errors: of the storage.
    [[nodiscard]] virtual Result<Digest> node(unsigned level, std::uint64_t index) = 0;
};

/// The root over the first `size` leaves. Errors: of `reader`.
[[nodiscard]] Result<Digest> treeRoot(HashReader& reader, std::uint64_t size);

/// That leaf `index` is in the tree of the first `size` leaves; hashes from the leaf upwards.
/// Errors: InvalidInput when index >= size; of `reader`.
[[nodiscard]] Result<std::vector<Digest>>
proveInclusion(HashReader& reader, std::uint64_t index, std::uint64_t size);

/// That the first `olderSize` leaves did not change as the tree grew to `size`. Empty when the
/// sizes are equal. Errors: InvalidInput when olderSize is 0 or above size; of `reader`.
[[nodiscard]] Result<std::vector<Digest>>
proveConsistency(HashReader& reader, std::uint64_t olderSize, std::uint64_t size);

/// Errors: InvalidInput (index not below size), SignatureInvalid (rule `proof.inclusion`).
[[nodiscard]] Result<void> verifyInclusion(
    std::uint64_t index,
    std::uint64_t size,
    const Digest& leafHash,
    std::span<const Digest> proof,
    const Digest& root);

/// Refuses olderSize 0, from which nothing follows (RFC 9162 section 2.1.4.2). Errors: InvalidInput
/// (sizes), SignatureInvalid (rule `proof.consistency`).
[[nodiscard]] Result<void> verifyConsistency(
    std::uint64_t olderSize,
    std::uint64_t size,
    std::span<const Digest> proof,
    const Digest& olderRoot,
    const Digest& root);

} // namespace countersign::trust
