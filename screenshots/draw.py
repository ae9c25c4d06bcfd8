"""Draws what `tmux capture-pane -e -p` printed as an SVG picture on an exact grid.

usage: draw.py CAPTURE PICTURE.svg COLUMNS ROWS [TITLE] [light]
"""

import html
import re
import sys
import unicodedata

CELL_WIDTH, CELL_HEIGHT, MARGIN, BAR = 9, 20, 14, 34
FOREGROUND, BACKGROUND, BAR_COLOUR = "#d6deeb", "#0f1720", "#1b2733"
# xterm's own colours on white: whoever can be read here can be read anywhere.
LIGHT = ("#000000", "#ffffff", "#d8dee4")
LIGHT_PALETTE = [
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
]
PALETTE = [
    "#1b2733", "#ff6b6b", "#7bd88f", "#ffd166", "#5aa9e6", "#c792ea", "#4fd6d6", "#d6deeb",
    "#6b7f93", "#ff8787", "#98e6a8", "#ffe08a", "#82c0f0", "#d9b3f5", "#7ee8e8", "#ffffff",
]


def colour_256(number):
    if number < 16:
        return PALETTE[number]
    if number < 232:
        number -= 16
        level = lambda value: 0 if value == 0 else 55 + 40 * value
        return "#%02x%02x%02x" % (level(number // 36), level(number // 6 % 6), level(number % 6))
    grey = 8 + 10 * (number - 232)
    return "#%02x%02x%02x" % (grey, grey, grey)


class Style:
    def __init__(self):
        self.reset()

    def reset(self):
        self.fg = self.bg = None
        self.bold = self.reverse = self.underline = self.dim = False

    def apply(self, codes):
        codes = iter(codes)
        for code in codes:
            if code == 0:
                self.reset()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underline", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, {24: "underline", 27: "reverse"}[code], False)
            elif 30 <= code < 38 or 90 <= code < 98:
                self.fg = PALETTE[code - 30 if code < 38 else code - 82]
            elif 40 <= code < 48 or 100 <= code < 108:
                self.bg = PALETTE[code - 40 if code < 48 else code - 92]
            elif code in (38, 48):
                if next(codes) == 5:
                    value = colour_256(next(codes))
                else:
                    value = "#%02x%02x%02x" % (next(codes), next(codes), next(codes))
                setattr(self, "fg" if code == 38 else "bg", value)
            elif code == 39:
                self.fg = None
            elif code == 49:
                self.bg = None

    def colours(self):
        fg, bg = self.fg or FOREGROUND, self.bg
        if self.reverse:
            fg, bg = bg or BACKGROUND, fg
        return fg, bg


def columns_of(letter):
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def draw_line(style, line, row, texts, boxes):
    column, top = 0, MARGIN + BAR + row * CELL_HEIGHT
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            style.apply([int(code or 0) for code in part[2:-1].split(";")])
            continue
        width = sum(columns_of(letter) for letter in part)
        if not width:
            continue
        fg, bg = style.colours()
        left, span = MARGIN + column * CELL_WIDTH, width * CELL_WIDTH
        if bg:
            boxes.append(f'<rect x="{left}" y="{top}" width="{span}" height="{CELL_HEIGHT}" fill="{bg}"/>')
        if part.strip():
            weight = ' font-weight="bold"' if style.bold else ""
            line_below = ' text-decoration="underline"' if style.underline else ""
            faint = ' opacity="0.6"' if style.dim else ""
            texts.append(
                f'<text x="{left}" y="{top + 15}" fill="{fg}" textLength="{span}" '
                f'lengthAdjust="spacingAndGlyphs"{weight}{line_below}{faint}>{html.escape(part)}</text>'
            )
        column += width


def main():
    capture, picture, columns, rows = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    title = sys.argv[5] if len(sys.argv) > 5 else "portplan"
    if sys.argv[6:] == ["light"]:
        global FOREGROUND, BACKGROUND, BAR_COLOUR
        FOREGROUND, BACKGROUND, BAR_COLOUR = LIGHT
        PALETTE[:] = LIGHT_PALETTE
    texts, boxes, style = [], [], Style()
    with open(capture, encoding="utf8") as file:
        for row, line in enumerate(file.read().split("\n")[:rows]):
            draw_line(style, line, row, texts, boxes)
    width, height = columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN + BAR
    dots = "".join(
        f'<circle cx="{24 + 20 * at}" cy="{BAR // 2 + 2}" r="6" fill="{fill}"/>'
        for at, fill in enumerate(("#ff6b6b", "#ffd166", "#7bd88f"))
    )
    with open(picture, "w", encoding="utf8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="JetBrains Mono, DejaVu Sans Mono, monospace" '
            f'font-size="15" xml:space="preserve"><rect width="100%" height="100%" rx="10" fill="{BACKGROUND}"/>'
            f'<path d="M0 {BAR}V10a10 10 0 0 1 10-10H{width - 10}a10 10 0 0 1 10 10V{BAR}z" fill="{BAR_COLOUR}"/>'
            f'{dots}<text x="{width / 2}" y="{BAR / 2 + 7}" fill="#8aa0b4" text-anchor="middle">'
            f'{html.escape(title)}</text>{"".join(boxes)}{"".join(texts)}</svg>\n'
        )


if __name__ == "__main__":
    main()
