import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFont } from './font.ts';

const file = (name: string) => readFileSync(`node_modules/@fontsource-variable/inter/files/inter-${name}-wght-normal.woff2`);
const font = readFont([file('latin'), file('latin-ext')]);
const at = { x: 0, y: 0, size: 1000 };

test('letters are as wide as the font says, one after the other', () => {
  expect(font.width('', 100)).toBe(0);
  expect(font.width('Hi', 1000)).toBeCloseTo(font.width('H', 1000) + font.width('i', 1000));
  expect(font.width('H', 200)).toBeCloseTo(font.width('H', 100) * 2);
});

test('a straight letter is drawn with straight lines, within its own width and upwards from the line', () => {
  const path = font.path('H', at);
  const numbers = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  expect(path).toMatch(/^M[^MQ]*Z$/);
  expect(Math.min(...numbers.map(([x]) => x))).toBeGreaterThan(0);
  expect(Math.max(...numbers.map(([x]) => x))).toBeLessThan(font.width('H', 1000));
  expect(Math.max(...numbers.map(([, y]) => y))).toBe(0);
  expect(Math.min(...numbers.map(([, y]) => y))).toBeLessThan(-600);
});

test('a letter with an accent holds the letter, and a ring has an inside', () => {
  expect(font.path('ö', at).match(/M/g)?.length).toBe((font.path('o', at).match(/M/g)?.length ?? 0) + 2);
  expect(font.path('o', at).match(/M/g)).toHaveLength(2);
});

test('a font says which texts it cannot write', () => {
  expect([font.knows('Ščepan, 3 % — “yes”'), font.knows('हिन्दी'), font.knows('日本')]).toEqual([true, false, false]);
  expect(() => readFont([Buffer.from('wOFF and nothing more')])).toThrow('WOFF 2');
});
