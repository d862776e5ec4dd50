"""RFC 9162, section 2.1, against the reference tree of Certificate Transparency and a second
implementation written from the RFC's definitions."""

import hashlib

import pytest

from fengsui.kernel import merkle

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def mth(leaves):
    """MTH(D[n]) of 2.1.1, word for word."""
    n = len(leaves)
    if n == 0:
        return hashlib.sha256(b"").digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < n:
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def reader(leaves):
    """Complete subtrees computed by the definition."""
    return lambda level, index: mth(leaves[index << level : (index + 1) << level])


def numbered(count):
    return [n.to_bytes(4, "big") for n in range(count)]


@pytest.mark.parametrize("size", ROOTS)
def test_roots_of_the_reference_tree(size):
    leaves = LEAVES[:size]

    assert merkle.root(reader(leaves), size).hex() == ROOTS[size]
    assert merkle.root_of([merkle.leaf_hash(leaf) for leaf in leaves]).hex() == ROOTS[size]


def test_the_empty_tree():
    assert merkle.root(reader([]), 0).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("size", range(1, 34))
def test_every_inclusion_proof_holds_and_no_other_does(size):
    leaves = numbered(size)
    root, node = mth(leaves), reader(leaves)

    for index, leaf in enumerate(leaves):
        path = merkle.inclusion_path(node, index, size)
        value = merkle.leaf_hash(leaf)
        assert merkle.verify_inclusion(value, index, size, path, root)
        assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, path, root)
        assert not merkle.verify_inclusion(value, (index + 1) % size, size, path, root) or size == 1
        assert not merkle.verify_inclusion(value, index, size, [*path, root], root)
        for place in range(len(path)):
            bent = [*path[:place], bytes(32), *path[place + 1 :]]
            assert not merkle.verify_inclusion(value, index, size, bent, root)


@pytest.mark.parametrize("new", range(1, 34))
def test_every_consistency_proof_holds_and_a_changed_past_does_not(new):
    leaves = numbered(new)
    node, new_root = reader(leaves), mth(leaves)

    for old in range(1, new + 1):
        path = merkle.consistency_path(node, old, new)
        assert merkle.verify_consistency(old, new, mth(leaves[:old]), new_root, path)
        forged = [b"forged", *leaves[1:old]]
        assert not merkle.verify_consistency(old, new, mth(forged), new_root, path)
        for place in range(len(path)):
            bent = [*path[:place], bytes(32), *path[place + 1 :]]
            assert not merkle.verify_consistency(old, new, mth(leaves[:old]), new_root, bent)


def path_by_definition(m, leaves):
    """PATH(m, D[n]) of 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path_by_definition(m, leaves[:k]), mth(leaves[k:])]
    return [*path_by_definition(m - k, leaves[k:]), mth(leaves[:k])]


def subproof_by_definition(m, leaves, whole):
    """SUBPROOF(m, D[n], b) of 2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof_by_definition(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof_by_definition(m - k, leaves[k:], False), mth(leaves[:k])]


def largest_power_below(n):
    return max(2**i for i in range(n.bit_length()) if 2**i < n)


@pytest.mark.parametrize("size", [*range(1, 9), 13, 31, 33, 57, 100, 127])
def test_paths_are_those_of_the_definition(size):
    leaves = numbered(size)
    node = reader(leaves)

    for index in range(size):
        assert merkle.inclusion_path(node, index, size) == path_by_definition(index, leaves)
    for old in range(1, size + 1):
        expected = subproof_by_definition(old, leaves, True)
        assert merkle.consistency_path(node, old, size) == expected


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_inclusion_paths_of_the_reference_tree(index, size, path):
    found = merkle.inclusion_path(reader(LEAVES[:size]), index, size)

    assert [step.hex() for step in found] == path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_consistency_paths_of_the_reference_tree(old, new, path):
    found = merkle.consistency_path(reader(LEAVES[:new]), old, new)

    assert [step.hex() for step in found] == path


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4), (-1, 4)])
def test_no_consistency_outside_the_tree(old, new):
    with pytest.raises(ValueError, match="no proof from"):
        merkle.consistency_path(reader(numbered(4)), old, new)


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_no_proof_outside_the_tree(index, size):
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_path(reader(numbered(size)), index, size)
