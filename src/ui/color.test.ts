import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, inGamut, parseHex, toCss, toHex } from './color.ts';

const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('a hex color survives the way to OKLCH and back', () => {
  fc.assert(
    fc.property(anyHex, (hex) => {
      expect(toHex(parseHex(hex)!)).toBe(hex);
    }),
  );
});

test('short hex is long hex', () => {
  expect(parseHex('#fa0')).toEqual(parseHex('ffaa00'));
});

test('black on white has the contrast that WCAG gives it', () => {
  expect(contrast(parseHex('#000')!, parseHex('#fff')!)).toBeCloseTo(21, 3);
  expect(contrast(parseHex('#767676')!, parseHex('#fff')!)).toBeCloseTo(4.54, 2);
});

test('a color that no screen shows loses chroma and keeps lightness and hue', () => {
  const shown = inGamut({ l: 0.7, c: 0.4, h: 150 });
  expect(shown).toMatchObject({ l: 0.7, h: 150 });
  expect(shown.c).toBeLessThan(0.25);
});

test('CSS gets numbers short enough to read', () => {
  expect(toCss({ l: 0.41812, c: 0.1389, h: 265.94 })).toBe('oklch(0.418 0.139 265.9)');
});
