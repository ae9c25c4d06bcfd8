"""Stands in for mgmt_cli in tests: keeps objects in a file, and refuses what the management server refuses.

STORE names the file. FAIL, if set, is a word in a command that fails for no reason of its own.
"""

import json
import os
import sys


def fail(message):
    print(f"code: error\nmessage: {message}", file=sys.stderr)
    sys.exit(1)


def lists(pairs):
    """`members.1 a members.2 b` as one list."""
    fields = {}
    for key, value in pairs:
        name, dot, number = key.partition(".")
        if dot and number.isdigit():
            fields.setdefault(name, []).append(value)
        else:
            fields[key] = value
    return fields


with open(os.environ["STORE"]) as file:
    store = json.load(file)
words = sys.argv[1:]
if words[0] == "-s":
    with open(words[1]) as file:
        if file.read() != "session\n" or not store["session"]:
            fail("no session")
    words = words[2:]
if os.environ.get("FAIL") and os.environ["FAIL"] in words:
    fail("asked for")
verb = words.pop(0)
draft, order = store["draft"]["objects"], store["draft"]["order"]

if verb == "login":
    assert words[:2] == ["-r", "true"] and words[2] == "session-name", words
    store["session"] = True
    print("session")
elif verb == "publish":
    store["published"] = store["draft"]
elif verb == "discard":
    store["draft"] = store["published"]
elif verb == "logout":
    store["session"] = False
else:
    kind = words.pop(0)
    fields = lists(zip(words[::2], words[1::2], strict=True))
    name = fields.pop("name")
    key = f"{kind} {name}"
    force = fields.pop("set-if-exists", "false") == "true"
    fields.pop("ignore-warnings", None)
    fields.pop("details-level", None)
    if kind == "access-rule" and f"access-layer {fields['layer']}" not in draft:
        fail("no such layer")
    names = {key.split(" ", 1)[1] for key in draft}
    used = [name for value in fields.values() if isinstance(value, list) for name in value]
    if missing := set(used) - names:
        fail(f"not found: {missing}")
    above = fields.pop("position.above", None)
    if verb == "show":
        if key not in draft:
            fail("not found")
    elif verb == "add" and (key not in draft or force):
        if kind == "access-rule":
            if above not in order:
                fail("no such position")
            order.insert(order.index(above), name)
        draft[key] = fields
    elif verb == "set" and key in draft:
        draft[key].update(fields)
    elif verb == "delete" and key in draft:
        if any(name in value for fields in draft.values() for value in fields.values() if isinstance(value, list)):
            fail(f"{name} is in use")
        if kind == "access-rule":
            order.remove(name)
        del draft[key]
    else:
        fail(f"{verb} {key} is not possible")

with open(os.environ["STORE"], "w") as file:
    json.dump(store, file, sort_keys=True, indent=1)
