import { arches } from './cover/arches.ts';
import { makeBrush, type Pattern, sheet } from './cover/brush.ts';
import { columns } from './cover/columns.ts';
import { contours } from './cover/contours.ts';
import { folds } from './cover/folds.ts';
import { orbits } from './cover/orbits.ts';
import { palettes } from './cover/palettes.ts';
import { quarters } from './cover/quarters.ts';
import { rays } from './cover/rays.ts';
import { ripples } from './cover/ripples.ts';
import { waves } from './cover/waves.ts';
import { hash, randomFrom } from './seed.ts';

/** The families of covers; their order is part of what a title looks like, so new ones are added at the end. */
export const patterns: readonly Pattern[] = [arches, contours, quarters, waves, ripples, folds, rays, columns, orbits];

/** How many palettes a category has to itself. */
const neighbours = 3;

/** What a cover is made from: the same words always give the same picture. */
export interface CoverSource {
  title: string;
  /** Courses of one category share a family of colours. */
  category?: string | null;
}

/** An SVG picture for a course that has none, 16:9, with no text, ids, links or styles in it; safe to put into a page as it is. */
export function coverSvg({ title, category }: CoverSource): string {
  const seed = `${category ?? ''}\n${title}`;
  const known = drawn.get(seed);
  if (known !== undefined) return known;
  const svg = draw(seed, category ?? title);
  if (drawn.size >= mostDrawn) drawn.delete(drawn.keys().next().value ?? '');
  drawn.set(seed, svg);
  return svg;
}

/** Covers that were drawn before, some three kilobytes each: a page of courses draws the same ones again and again. */
const drawn = new Map<string, string>();
const mostDrawn = 500;

function draw(seed: string, family: string): string {
  const random = randomFrom(seed);
  const palette = palettes[(hash(family) + Math.floor(random() * neighbours)) % palettes.length];
  const pattern = patterns[Math.floor(random() * patterns.length)];
  if (!palette || !pattern) throw new Error('a cover needs a palette and a pattern');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sheet.width} ${sheet.height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">` +
    `<rect width="${sheet.width}" height="${sheet.height}" fill="${palette.ground}"/>${pattern(makeBrush(palette, random))}</svg>`
  );
}
