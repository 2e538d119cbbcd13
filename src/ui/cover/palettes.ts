import { type Oklch, toHex } from '../color.ts';

/** The inks of one cover: a ground, three tones that step away from it, and a spark used sparingly. Cream is shared by all covers. */
export interface Palette {
  ground: string;
  near: string;
  mid: string;
  far: string;
  spark: string;
  cream: string;
}

const cream: Oklch = { l: 0.945, c: 0.022, h: 84 };

type Mix = readonly [l: number, c: number, h: number];

const mixes: readonly (readonly [ground: Mix, near: Mix, mid: Mix, far: Mix, spark: Mix])[] = [
  // ink blue, night, sky
  [
    [0.39, 0.125, 266],
    [0.49, 0.125, 264],
    [0.63, 0.1, 258],
    [0.79, 0.065, 250],
    [0.75, 0.14, 45],
  ],
  [
    [0.265, 0.05, 270],
    [0.35, 0.07, 274],
    [0.49, 0.095, 280],
    [0.68, 0.08, 286],
    [0.88, 0.11, 96],
  ],
  [
    [0.85, 0.045, 236],
    [0.75, 0.075, 242],
    [0.6, 0.105, 250],
    [0.4, 0.105, 262],
    [0.66, 0.17, 36],
  ],
  // terracotta, blush, clay
  [
    [0.6, 0.135, 40],
    [0.69, 0.12, 48],
    [0.8, 0.085, 60],
    [0.4, 0.095, 32],
    [0.34, 0.06, 262],
  ],
  [
    [0.885, 0.038, 42],
    [0.8, 0.078, 32],
    [0.67, 0.125, 28],
    [0.42, 0.105, 20],
    [0.44, 0.1, 262],
  ],
  [
    [0.36, 0.055, 46],
    [0.46, 0.08, 46],
    [0.61, 0.1, 52],
    [0.77, 0.075, 66],
    [0.78, 0.07, 225],
  ],
  // forest, sage, lagoon
  [
    [0.35, 0.058, 164],
    [0.45, 0.072, 158],
    [0.59, 0.085, 150],
    [0.77, 0.075, 138],
    [0.81, 0.125, 82],
  ],
  [
    [0.83, 0.042, 142],
    [0.74, 0.06, 148],
    [0.58, 0.07, 156],
    [0.36, 0.055, 168],
    [0.64, 0.14, 40],
  ],
  [
    [0.43, 0.065, 208],
    [0.53, 0.078, 204],
    [0.66, 0.08, 196],
    [0.82, 0.055, 186],
    [0.74, 0.135, 40],
  ],
  // ochre, plum, cream
  [
    [0.81, 0.122, 82],
    [0.88, 0.085, 90],
    [0.7, 0.13, 64],
    [0.37, 0.085, 268],
    [0.5, 0.14, 32],
  ],
  [
    [0.34, 0.085, 345],
    [0.44, 0.11, 350],
    [0.59, 0.12, 4],
    [0.79, 0.075, 24],
    [0.84, 0.11, 78],
  ],
  [
    [0.935, 0.022, 84],
    [0.86, 0.045, 80],
    [0.64, 0.15, 36],
    [0.39, 0.12, 266],
    [0.8, 0.125, 80],
  ],
];

/** The palettes, in an order in which neighbours go together: a category keeps to a few neighbours, so that its courses look related. */
export const palettes: readonly Palette[] = mixes.map(([ground, near, mid, far, spark]) => ({
  ground: hex(ground),
  near: hex(near),
  mid: hex(mid),
  far: hex(far),
  spark: hex(spark),
  cream: toHex(cream),
}));

function hex([l, c, h]: Mix): string {
  return toHex({ l, c, h });
}
