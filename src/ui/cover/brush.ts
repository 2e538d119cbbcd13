import type { Palette } from './palettes.ts';

/** The sheet that every pattern is drawn on, 16:9. */
export const sheet = { width: 640, height: 360 } as const;

/** What a pattern draws with: a palette and a row of random numbers that is the same for the same course. */
export interface Brush {
  palette: Palette;
  random: () => number;
  /** A number between two bounds. */
  between: (low: number, high: number) => number;
  /** One of the given things. */
  pick: <T>(things: readonly [T, ...T[]]) => T;
}

/** A family of covers: draws the whole sheet as SVG elements. */
export type Pattern = (brush: Brush) => string;

/** A brush for a palette and a source of random numbers. */
export function makeBrush(palette: Palette, random: () => number): Brush {
  return {
    palette,
    random,
    between: (low, high) => low + random() * (high - low),
    pick: (things) => things[Math.floor(random() * things.length)] ?? things[0],
  };
}

/** Shortens a coordinate to what the eye can see. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A circle; with `width` only its line. */
export function circle(x: number, y: number, r: number, color: string, width?: number): string {
  const paint = width === undefined ? `fill="${color}"` : `fill="none" stroke="${color}" stroke-width="${n(width)}"`;
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" ${paint}/>`;
}

/** A filled path. */
export const shape = (d: string, color: string): string => `<path d="${d}" fill="${color}"/>`;
