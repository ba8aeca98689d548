"""Which parts of a sheet stay: a heading goes when all that it was to lead is missing."""

from collections.abc import Iterator, Sequence

from intake_app.domain.paper import Block, BlockType, Part


def led(blocks: Sequence[Block], shown: Sequence[Part | None]) -> Iterator[Part]:
    """The parts that are shown, without the headings whose own blocks are all missing.

    A heading that leads no block in its file stays: its author wanted it to stand alone.

    Args:
        blocks: The paper's blocks.
        shown: For each block the part that it became, or None where nothing of it is shown.
    """
    for n, part in enumerate(shown):
        if part is None:
            continue
        below = list(_below(blocks, n))
        if not below or any(shown[i] is not None for i in below):
            yield part


def _below(blocks: Sequence[Block], n: int) -> Iterator[int]:
    """Places of the blocks that a heading leads, without headings; none for other blocks."""
    if blocks[n].type is not BlockType.HEADING:
        return
    for i in range(n + 1, len(blocks)):
        is_heading = blocks[i].type is BlockType.HEADING
        if is_heading and blocks[i].level <= blocks[n].level:
            return
        if not is_heading:
            yield i
