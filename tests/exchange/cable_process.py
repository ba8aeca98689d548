"""A cable as a process: packets go from one end to the other, late and not all of them, as told.

Arguments: names of both ends. Lines on standard input: seconds of delay and share of loss, each
way ("0.15 0.02"). It is here for kernels without netem.
"""

import contextlib
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

TUNSETIFF, TUN, NO_INFO = 0x400454CA, 0x0001, 0x1000


def opened(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), TUN | NO_INFO))
    return end


def main() -> None:
    near, far = opened(sys.argv[1]), opened(sys.argv[2])
    other = {near: far, far: near}
    late: list[tuple[float, int, int, bytes]] = []
    delay, loss, count, chance = 0.0, 0.0, 0, random.Random(1)
    print("ready", flush=True)
    while True:
        patience = max(0.0, late[0][0] - time.monotonic()) if late else None
        ready, _, _ = select.select([near, far, 0], [], [], patience)
        if 0 in ready:
            words = os.read(0, 1000).decode().split()
            if not words:
                return
            delay, loss = float(words[-2]), float(words[-1])
        for end in set(ready) - {0}:
            packet = os.read(end, 65536)
            if chance.random() >= loss:
                count += 1
                heapq.heappush(late, (time.monotonic() + delay, count, other[end], packet))
        while late and late[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(late)
            with contextlib.suppress(OSError):  # that end is down: the packet is lost
                os.write(end, packet)


main()
