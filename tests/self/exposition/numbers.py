# SPDX-License-Identifier: MIT
#
# numbers.py - are the lines of numbers.c what the contract says?
#
# repr() of Python gives the shortest digits, and of several the closest; how
# they are set is the contract's. Prints the first lines that are wrong, and how
# many there were.
import struct
import sys


def wanted(v):
    if v != v:
        return "NaN"
    if v in (float("inf"), float("-inf")):
        return "+Inf" if v > 0 else "-Inf"
    sign = "-" if struct.pack(">d", v)[0] & 0x80 else ""
    if v == 0:
        return sign + "0"
    mantissa, _, exponent = repr(abs(v)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0)
    if not whole.strip("0"):
        point -= len(fraction) - len(fraction.lstrip("0")) + len(whole)
    digits = digits.rstrip("0")
    if point - 1 < -4 or point - 1 >= 21:
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return "%s%se%+03d" % (sign, text, point - 1)
    if point <= 0:
        return sign + "0." + "0" * -point + digits
    if point >= len(digits):
        return sign + digits + "0" * (point - len(digits))
    return sign + digits[:point] + "." + digits[point:]


lines = wrong = 0
for line in sys.stdin:
    bits, text = line.split()
    v = struct.unpack(">d", bytes.fromhex(bits))[0]
    lines += 1
    if text != wanted(v):
        wrong += 1
        if wrong <= 5:
            print(bits, text, "not", wanted(v))
print(lines, "numbers,", wrong, "wrong")
sys.exit(wrong > 0 or lines == 0)
