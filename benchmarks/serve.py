#!/usr/bin/env python3
"""How fast does `stave serve` answer 50 clients at once, alone and while others stall?

    benchmarks/serve.py build/release/src/cli/stave [SECONDS]

Starts the program on a free port of this computer, asks one run and one quick answer of the sample
world-2011, checks that both give the same report, and lets `wrk` (apt-get install wrk) read results
over 50 connections. Then it does so again while 200 half-open requests are held: each has sent the
beginning of its headers and sends another byte ten times a second; what the server ends is opened
again. Prints Markdown rows for serve.md. Ends with 1 when an answer was lost or was no 200.
"""

import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

CLIENTS, STALLED = 50, 200
QUESTION = {"chain": "world-2011", "analysis": "exposure", "parameters": {"region": "CHN"}}


def start(program, folder):
    server = subprocess.Popen(
        [program, "serve", folder, "--port", "0", "--runs", folder + "/runs"],
        stderr=subprocess.PIPE, text=True)
    address = re.search(r"http://\S+", server.stderr.readline()).group(0)
    threading.Thread(target=server.stderr.read, daemon=True).start()
    return server, address.rstrip("/")


def get(address, body=None):
    request = urllib.request.Request(address, headers={"Content-Type": "application/json"},
                                     data=body and json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def ask(base):
    run = f"/api/runs/{json.loads(get(base + '/api/runs', QUESTION))['id']}"
    while json.loads(get(base + run))["state"] in ("queued", "running"):
        time.sleep(0.05)
    quick = "/api/chains/world-2011/answers/exposure?region=CHN"
    if get(base + run + "/report") != get(base + quick):
        sys.exit("the run and the quick answer are not the same report")
    return [("a page of the application", "/"),
            ("a run's state", run),
            ("a report", run + "/report"),
            ("a quick answer, remembered", quick),
            ("a table as CSV", run + "/tables/dependants.csv")]


def milliseconds(text):
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def measure(what, address, seconds):
    said = subprocess.run(["wrk", "-t2", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", address],
                          capture_output=True, text=True, check=True).stdout
    at = {p: milliseconds(re.search(rf"{p}%\s+(\S+)", said).group(1)) for p in (50, 99)}
    count = int(re.search(r"(\d+) requests in", said).group(1))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    torn = re.search(r"Socket errors: (.*)", said)
    size = len(get(address)) / 1000
    lost = "none" if not bad and not torn else (bad or torn).group(0)
    print(f"| {what} | {size:,.0f} kB | {count / seconds:,.0f} | {at[50]:.1f} ms | {at[99]:.0f} ms "
          f"| {lost} |", flush=True)
    return lost == "none"


class Stalling:
    """Half-open requests that send a byte now and then."""

    def __init__(self, base):
        self.place = ("127.0.0.1", int(base.rsplit(":", 1)[1]))
        self.over = threading.Event()
        self.held = [self.open() for _ in range(STALLED)]
        self.thread = threading.Thread(target=self.go_on)

    def open(self):
        one = socket.create_connection(self.place)
        one.send(b"GET /api/health HTTP/1.1\r\nHost: ")
        one.setblocking(False)
        return one

    def go_on(self):
        while not self.over.wait(0.1):
            for i, one in enumerate(self.held):
                try:
                    one.send(b"x")
                except OSError:
                    one.close()
                    self.held[i] = self.open()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for one in self.held:
            one.close()


def main():
    program = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        server, base = start(program, folder)
        try:
            places = ask(base)
            print("| what is read | size | answers a second | median | 99 % | lost |")
            print("|---|---|---|---|---|---|")
            good = [measure(what, base + path, seconds) for what, path in places]
            with Stalling(base):
                time.sleep(1)
                good.append(measure("a report, 200 others stalling", base + places[2][1], seconds))
        finally:
            server.terminate()
            server.wait()
    sys.exit(0 if all(good) else 1)


main()
