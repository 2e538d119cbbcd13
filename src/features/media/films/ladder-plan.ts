/** A size that a film is made in. */
export interface RungPlan {
  width: number;
  height: number;
  /** The most bits in a second. */
  peakBitsPerSecond: number;
}

/** Sizes are counted by the shorter side, so that an upright film of a phone is as sharp as a wide one. */
const sides = [360, 720, 1080] as const;

/** From this much more than the highest size on, the film's own is a size too: one of 540 lines would lose too much by 360. */
const ownSize = 1.2;

/** How long a piece is. Every size is cut at the same moments, so that a player can change between them at each. */
export const pieceSeconds = 4;

const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2));

/** The sizes that a film of this size is made in, the smallest first; none is larger than the film itself. */
export function ladderPlan({ width, height }: { width: number; height: number }): RungPlan[] {
  const shorter = Math.min(width, height);
  const wanted: number[] = sides.filter((side) => side <= shorter);
  const highest = wanted.at(-1);
  if (shorter < sides.at(-1)! && (highest === undefined || shorter >= highest * ownSize)) wanted.push(shorter);
  return wanted.map((side) => {
    const scale = side / shorter;
    const [madeWidth, madeHeight] = width < height ? [even(side), even(height * scale)] : [even(width * scale), even(side)];
    return { width: madeWidth, height: madeHeight, peakBitsPerSecond: bitsFor(madeWidth * madeHeight) };
  });
}

/** About 0.8, 2.6 and 5 million bits for the three sizes of a wide film. */
function bitsFor(pixels: number): number {
  return Math.max(200_000, Math.round((pixels ** 0.85 * 21.5) / 10_000) * 10_000);
}

/** How much of the whole work each size is: about as much as it has pixels. */
export function workShares(plan: readonly RungPlan[]): number[] {
  const pixels = plan.map(({ width, height }) => width * height);
  const all = pixels.reduce((sum, part) => sum + part, 0);
  return pixels.map((part) => part / all);
}
