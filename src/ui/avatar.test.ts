import { expect, test } from 'vitest';
import { avatarFill, avatarSizes, initials } from './avatar.ts';
import { contrast, type Oklch } from './color.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['Dana', 'D'],
  ['Jean-Luc de la Tour', 'JT'],
  ['lucía herrera', 'LH'],
  ['محمد علي', 'مع'],
  ['  ', '?'],
  ['', '?'],
  ['42', '4'],
  ['@handle', 'H'],
])('the initials of "%s" are %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('a person keeps their colors, however the name is spaced or capitalized', () => {
  expect(avatarFill(' ada lovelace')).toEqual(avatarFill('Ada Lovelace'));
});

test('initials read on both tones of every hue', () => {
  for (const name of Array.from({ length: 100 }, (_, index) => `Person ${index}`)) {
    const { ground, glow, ink } = avatarFill(name);
    for (const tone of [ground, glow]) expect(contrast(toneOf(ink), toneOf(tone))).toBeGreaterThanOrEqual(4.5);
  }
});

function toneOf(css: string): Oklch {
  const [l, c, h] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return { l: l!, c: c!, h: h! };
}

test('a picture that a person uploaded is fetched in the size that is shown; any other as it is', () => {
  const key = `/files/aa/${'b'.repeat(62)}`;
  expect(avatarSizes(`${key}-256.webp`)).toBe(`${key}-96.webp 96w, ${key}-256.webp 256w, ${key}.webp 512w`);
  expect(avatarSizes(`${key}.webp`)).toBeUndefined();
  expect(avatarSizes('https://example.org/files/aa/b-256.webp')).toBeUndefined();
});
