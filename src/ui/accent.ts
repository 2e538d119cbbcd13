import { contrast, inGamut, type Oklch, parseHex, toCss } from './color.ts';

/** The five values that a school's accent decides, in one theme. */
export interface AccentTones {
  accent: Oklch;
  strong: Oklch;
  ink: Oklch;
  soft: Oklch;
  line: Oklch;
}

/** The backgrounds of tokens.css on which the accent must be readable, and the inks that stand on it. */
export const grounds = {
  light: {
    papers: [
      { l: 0.977, c: 0.008, h: 80 },
      { l: 0.993, c: 0.004, h: 80 },
      { l: 0.999, c: 0.001, h: 80 },
      { l: 0.953, c: 0.011, h: 80 },
    ],
    ink: { l: 0.99, c: 0.005, h: 80 },
  },
  dark: {
    papers: [
      { l: 0.188, c: 0.021, h: 264 },
      { l: 0.223, c: 0.023, h: 264 },
      { l: 0.258, c: 0.025, h: 264 },
      { l: 0.162, c: 0.02, h: 264 },
    ],
    ink: { l: 0.188, c: 0.021, h: 264 },
  },
} satisfies Record<string, { papers: Oklch[]; ink: Oklch }>;

/** Ink blue: the accent of a school that has not chosen one. */
export const defaultAccent = '#284597';

/** A little more than the 4.5 that WCAG AA asks of text, so that rounding never falls below it. */
const readable = 4.6;

/** The nearest tones to a school's colour that are readable as text, and under text, in both themes; undefined when `hex` is no colour. */
export function accentTones(hex: string): { light: AccentTones; dark: AccentTones } | undefined {
  const wish = parseHex(hex);
  return wish && { light: lightTones(wish), dark: darkTones(wish) };
}

/** The style sheet that gives a school its accent, to be linked after the app's own; undefined when `hex` is no colour. */
export function accentStyleSheet(hex: string): string | undefined {
  const tones = accentTones(hex);
  if (!tones) return undefined;
  const rule = (name: string, tone: keyof AccentTones) => `--${name}:light-dark(${toCss(tones.light[tone])},${toCss(tones.dark[tone])})`;
  return `:root{${[
    rule('accent', 'accent'),
    rule('accent-strong', 'strong'),
    rule('accent-ink', 'ink'),
    rule('accent-soft', 'soft'),
    rule('accent-line', 'line'),
  ].join(';')}}`;
}

function lightTones({ l, c, h }: Oklch): AccentTones {
  const soft = { l: 0.946, c: Math.min(0.024, c * 0.16), h };
  const { papers, ink } = grounds.light;
  const accent = untilReadable({ l: Math.min(l, 0.58), c, h }, -0.005, [...papers, soft, ink]);
  return {
    accent,
    strong: inGamut({ ...accent, l: accent.l - 0.07 }),
    ink,
    soft: inGamut(soft),
    line: inGamut({ l: 0.83, c: Math.min(0.07, c * 0.4), h }),
  };
}

function darkTones({ l, c, h }: Oklch): AccentTones {
  const soft = { l: 0.288, c: Math.min(0.055, c * 0.35), h };
  const { papers, ink } = grounds.dark;
  const accent = untilReadable({ l: Math.max(l, 0.74), c: Math.min(c, 0.115), h }, 0.005, [...papers, soft, ink]);
  return {
    accent,
    strong: inGamut({ ...accent, l: Math.min(0.97, accent.l + 0.07), c: accent.c * 0.75 }),
    ink,
    soft: inGamut(soft),
    line: inGamut({ l: 0.44, c: Math.min(0.09, c * 0.6), h }),
  };
}

function untilReadable(start: Oklch, step: number, against: Oklch[]): Oklch {
  let color = inGamut(start);
  while (color.l > 0.05 && color.l < 0.98 && against.some((ground) => contrast(color, ground) < readable)) {
    color = inGamut({ ...start, l: color.l + step });
  }
  return color;
}
