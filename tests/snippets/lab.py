"""Networks in namespaces of their own: four machines, listeners, and tries to connect.

Run inside `unshare --user --map-root-user --net --mount`. Reads one JSON object per line, answers with one.

    one, two, stranger -- between (router) -- db        each with IPv4 and IPv6

{"do": "run", "on": "db", "script": "..."}              -> {"ok": true, "text": "..."}
{"do": "listen", "ports": [["tcp", 445], ...]}          -> {}      sockets on db
{"do": "forget"}                                        -> {}      what machines know of their neighbours
{"do": "probe", "tries": [["one", "tcp", 4, 445, true], ...], "wait": 20} -> {"open": [true, ...]}
The last word of a try says whether an answer is expected: those are waited for, up to `wait` seconds. The others
are given as long again as those took.
"""
import json, os, selectors, signal, socket, subprocess, sys, time

NUMBER = {"one": 1, "two": 2, "stranger": 3, "db": 9}
KINDS = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}


def address(host, family):
    return f"10.77.{NUMBER[host]}.2" if family == 4 else f"fd77:{NUMBER[host]}::2"


def sh(script):
    subprocess.run(["sh", "-eu"], input=script.encode(), check=True)


def inside(machine, command):
    return ["nsenter", f"--net=/run/netns/{machine}", "--", *command]


def listen(ports):
    """Serves on db: TCP connections are accepted, datagrams are sent back."""
    waiting = selectors.DefaultSelector()
    for transport, port in ports:
        s = socket.socket(socket.AF_INET6, KINDS[transport])
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        s.bind(("::", port))
        s.setblocking(False)
        if transport == "tcp":
            s.listen(512)
        waiting.register(s, selectors.EVENT_READ, transport)
    print("ready", flush=True)
    while True:
        for key, _ in waiting.select():
            try:
                if key.data == "tcp":
                    key.fileobj.accept()[0].close()
                else:
                    data, peer = key.fileobj.recvfrom(64)
                    key.fileobj.sendto(data, peer)
            except OSError:
                pass


class Try:
    """One try to connect; it is open as soon as the other side has answered."""

    def __init__(self, transport, family, port, waiting):
        self.transport, self.waiting, self.open = transport, waiting, False
        self.to = (address("db", family), port)
        self.family = socket.AF_INET if family == 4 else socket.AF_INET6
        self.start()

    def start(self):
        self.socket = socket.socket(self.family, KINDS[self.transport])
        self.socket.setblocking(False)
        error = self.socket.connect_ex(self.to)
        self.waiting.register(self.socket, selectors.EVENT_READ if self.transport == "udp" else selectors.EVENT_WRITE, self)
        if self.transport == "udp":
            self.send()

    def send(self):
        try:
            self.socket.send(b"?")
        except OSError:
            pass  # an earlier refusal, or forbidden by the machine's own rules

    def ready(self):
        try:
            if self.transport == "udp":
                self.open = self.socket.recv(8) == b"?"
            else:
                self.open = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
        except OSError:
            pass
        if self.open or self.transport == "tcp":
            self.stop()

    def stop(self):
        if self.socket:
            self.waiting.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def again(self):
        """Packets are never lost here but when queues overflow or neighbours are not known yet."""
        if self.open:
            return
        if self.transport == "udp":
            self.send()
        elif self.socket is None:
            self.start()


def turn(waiting, seconds):
    if not waiting.get_map():
        return
    for key, _ in waiting.select(seconds):
        key.data.ready()


def probe(tries, wait):
    """Tries all at once from one machine."""
    waiting = selectors.DefaultSelector()
    begin = time.monotonic()
    made = [(Try(transport, family, port, waiting), expected) for transport, family, port, expected in tries]
    next_again = begin + 0.5
    while any(expected and not one.open for one, expected in made) and time.monotonic() < begin + wait:
        turn(waiting, 0.05)
        if time.monotonic() > next_again:
            next_again += 0.5
            for one, expected in made:
                if expected:
                    one.again()
    end = time.monotonic()
    if not all(expected for _, expected in made):
        end += min(max(end - begin, 0.4), 2)
    for one, expected in made:
        if not expected:
            one.again()
    while time.monotonic() < end:
        turn(waiting, max(0.0, min(0.05, end - time.monotonic())))
        if not waiting.get_map():
            break
    for one, _ in made:
        one.stop()
    return [one.open for one, _ in made]


def build():
    sh("mount -t tmpfs tmpfs /run; mkdir -p /run/netns /run/lock /run/lab")
    for machine in [*NUMBER, "between"]:
        sh(f"ip netns add {machine}")
        sh(f"nsenter --net=/run/netns/{machine} sh -eu -c 'ip link set lo up'")
    for machine, number in NUMBER.items():
        sh(f"""
ip link add here netns {machine} type veth peer name to-{machine} netns between
nsenter --net=/run/netns/between sh -eu <<'END'
ip addr add 10.77.{number}.1/24 dev to-{machine}
ip addr add fd77:{number}::1/64 dev to-{machine} nodad
ip link set to-{machine} up
END
nsenter --net=/run/netns/{machine} sh -eu <<'END'
ip addr add 10.77.{number}.2/24 dev here
ip addr add fd77:{number}::2/64 dev here nodad
ip link set here up
ip route add default via 10.77.{number}.1
ip -6 route add default via fd77:{number}::1
END
""")
    sh("""nsenter --net=/run/netns/between sh -eu <<'END'
echo 1 > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
END
""")


def run(machine, script):
    # In a session of its own, and without waiting for daemons that it may leave behind.
    with open("/run/lab/output", "wb+") as output:
        done = subprocess.run(
            inside(machine, ["sh", "-s"]), input=script.encode(), stdout=output, stderr=subprocess.STDOUT
        )
        output.seek(0)
        return {"ok": done.returncode == 0, "text": output.read().decode(errors="replace")}


def main():
    build()
    me = os.path.abspath(__file__)
    listener = None
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {}
        if asked["do"] == "run":
            answer = run(asked["on"], asked["script"])
        elif asked["do"] == "listen":
            if listener:
                listener.kill()
                listener.wait()
            command = inside("db", [sys.executable, me, "listen", json.dumps(asked["ports"])])
            listener = subprocess.Popen(command, stdout=subprocess.PIPE)
            answer = {"ready": listener.stdout.readline().decode().strip() == "ready"}
        elif asked["do"] == "forget":
            for machine in [*NUMBER, "between"]:
                sh(f"nsenter --net=/run/netns/{machine} ip neigh flush all")
        elif asked["do"] == "probe":
            tries = asked["tries"]
            sources = sorted({one[0] for one in tries})
            running = []
            for source in sources:
                own = [one[1:] for one in tries if one[0] == source]
                command = inside(source, [sys.executable, me, "probe", json.dumps([own, asked["wait"]])])
                running.append(subprocess.Popen(command, stdout=subprocess.PIPE))
            found = {source: iter(json.loads(child.communicate()[0])) for source, child in zip(sources, running)}
            answer = {"open": [next(found[one[0]]) for one in tries]}
        print(json.dumps(answer), flush=True)


if len(sys.argv) > 2:
    data = json.loads(sys.argv[2])
    if sys.argv[1] == "listen":
        listen(data)
    else:
        print(json.dumps(probe(*data)), flush=True)
else:
    main()
