/** A colour in OKLCH: lightness 0–1, chroma 0–0.4, hue in degrees. */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

type Triple = readonly [number, number, number];

/** `#rrggbb` or `#rgb` as OKLCH, or undefined when it is neither. */
export function parseHex(hex: string): Oklch | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex.trim())?.[1];
  if (!digits) return undefined;
  const full = digits.length === 3 ? [...digits].map((d) => d + d).join('') : digits;
  const channel = (start: number) => toLinear(Number.parseInt(full.slice(start, start + 2), 16) / 255);
  return fromLinear([channel(0), channel(2), channel(4)]);
}

/** The colour as `#rrggbb`, its chroma lowered until a screen can show it. */
export function toHex(color: Oklch): string {
  const byte = (linear: number) =>
    Math.round(toGamma(clamp(linear)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${toLinearRgb(inGamut(color)).map(byte).join('')}`;
}

/** The colour as CSS `oklch(…)`. */
export function toCss({ l, c, h }: Oklch): string {
  const round = (value: number, places: number) => Number(value.toFixed(places));
  return `oklch(${round(l, 3)} ${round(c, 3)} ${round(h, 1)})`;
}

/** Contrast of two colours as WCAG defines it, 1–21. */
export function contrast(one: Oklch, other: Oklch): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The same lightness and hue with the most chroma, up to its own, that sRGB can show. */
export function inGamut(color: Oklch): Oklch {
  const fits = (c: number) => toLinearRgb({ ...color, c }).every((channel) => channel >= -0.0005 && channel <= 1.0005);
  if (fits(color.c)) return color;
  let [low, high] = [0, color.c];
  for (let step = 0; step < 18; step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return { ...color, c: low };
}

function luminance(color: Oklch): number {
  const [r, g, b] = toLinearRgb(inGamut(color)).map(clamp) as unknown as Triple;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// The matrices are Björn Ottosson's definition of OKLab.
function toLinearRgb({ l, c, h }: Oklch): Triple {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function fromLinear([r, g, b]: Triple): Oklch {
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const bb = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { l, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
