# SPDX-License-Identifier: MIT
#
# look.gp - terminals, fonts and axes, for figures of any data
#
# Needs:
#     out     the file to write, without its ending
#     kind    svg, png or text

text = kind eq 'text'
# Width and height in steps of a pixel of the SVG; the PNG has twice as many.
open(w, h) = text ? sprintf("set terminal dumb size %d,%d", \
                            wide + 0, w < 700 ? tall : tall + 6) : \
    kind eq 'svg' ? sprintf("set terminal svg size %d,%d dynamic \
font 'DejaVu Sans,14' background 'white'; set output '%s.svg'", w, h, out) : \
    sprintf("set terminal pngcairo size %d,%d font 'DejaVu Sans,14' \
fontscale 2 linewidth 2 pointscale 2; set output '%s.png'", 2*w, 2*h, out)

if (!exists("wide")) wide = 100
if (!exists("tall")) tall = 32

unless_text(a, b) = text ? b : a
set border 3 linecolor '#555555'
set tics nomirror textcolor '#222222'
if (!text) { set grid linecolor '#dddddd' linetype 1 linewidth 0.6 }
set title noenhanced
set key noenhanced
set xtics noenhanced
set ytics noenhanced
