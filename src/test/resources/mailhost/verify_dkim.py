# Verifies each DKIM signature of a message by dkimpy, which had no part in making them. Prints one line a signature: its algorithm, and pass or fail.
# Usage: verify_dkim.py MESSAGE RECORDS, where RECORDS has lines of a DNS name, a tab and its TXT record.
import sys

import dkim

with open(sys.argv[1], "rb") as file:
    message = file.read()
with open(sys.argv[2], encoding="ascii") as file:
    records = dict(line.rstrip("\n").split("\t", 1) for line in file)


def txt(name, timeout=5):
    return records.get(name.decode("ascii").rstrip("."), "").encode("ascii")


count = sum(1 for name, _ in dkim.DKIM(message).headers if name.lower() == b"dkim-signature")
for index in range(count):
    signature = dkim.DKIM(message)
    try:
        passed = signature.verify(idx=index, dnsfunc=txt)
    except dkim.DKIMException as problem:
        print(problem)
        passed = False
    algorithm = signature.signature_fields.get(b"a", b"?").decode("ascii")
    print(algorithm, "pass" if passed else "fail")
