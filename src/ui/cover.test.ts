import { expect, test } from 'vitest';
import { makeBrush } from './cover/brush.ts';
import { palettes } from './cover/palettes.ts';
import { coverSvg, patterns } from './cover.ts';
import { hash, randomFrom } from './seed.ts';

const titles = Array.from({ length: 200 }, (_, index) => `Course number ${index}`);

test('the same title and category always give the same picture', () => {
  const svg = coverSvg({ title: 'TypeScript from the ground up', category: 'Programming' });
  expect(coverSvg({ title: 'TypeScript from the ground up', category: 'Programming' })).toBe(svg);
  expect(hash(svg)).toMatchInlineSnapshot(`3972880101`);
});

test('different titles give different pictures', () => {
  expect(new Set(titles.map((title) => coverSvg({ title }))).size).toBe(titles.length);
});

test('courses of one category share a few neighboring grounds, and schools at large use them all', () => {
  const groundOf = (svg: string) => /<rect width="640" height="360" fill="(#\w{6})"/.exec(svg)?.[1];
  expect(new Set(titles.map((title) => groundOf(coverSvg({ title, category: 'Fitness' })))).size).toBeLessThanOrEqual(3);
  expect(new Set(titles.map((title) => groundOf(coverSvg({ title })))).size).toBe(palettes.length);
});

test('every family draws with every palette, in numbers that are numbers and colors that are hex', () => {
  for (const pattern of patterns) {
    for (const palette of palettes) {
      const drawing = pattern(makeBrush(palette, randomFrom('x')));
      expect(drawing).not.toMatch(/NaN|undefined|Infinity/);
      expect(drawing).toMatch(/^(<(path|circle|rect) [^<>]*\/>)+$/);
    }
  }
});

test('a title cannot write into the picture, and the picture stays small', () => {
  const svg = coverSvg({ title: '"><script>alert(1)</script>', category: '<b>' });
  expect(svg).not.toMatch(/script|<b>|style=|id=/);
  for (const title of titles) expect(coverSvg({ title }).length).toBeLessThan(8_000);
});
