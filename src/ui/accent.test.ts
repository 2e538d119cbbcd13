import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accentStyleSheet, accentTones, defaultAccent, grounds } from './accent.ts';
import { contrast } from './color.ts';

const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe("a school's accent", () => {
  test('reads as text on every background of both themes, whatever color was chosen', () => {
    fc.assert(
      fc.property(anyHex, (hex) => {
        const tones = accentTones(hex)!;
        for (const theme of ['light', 'dark'] as const) {
          for (const paper of grounds[theme].papers) expect(contrast(tones[theme].accent, paper)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(tones[theme].accent, tones[theme].soft)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  test('carries a readable label, resting and hovered', () => {
    fc.assert(
      fc.property(anyHex, (hex) => {
        const tones = accentTones(hex)!;
        for (const { accent, strong, ink } of [tones.light, tones.dark]) {
          expect(contrast(accent, ink)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(strong, ink)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  test('stays as chosen where it reads already', () => {
    const { light } = accentTones('#0f766e')!;
    expect(light.accent.l).toBeCloseTo(0.511, 2);
    expect(light.accent.h).toBeCloseTo(186.4, 0);
  });

  test('is refused when it is no color, so that nothing else gets into a style sheet', () => {
    for (const input of ['', 'red', '#12', '#1234567', '#fff;}body{display:none', 'url(x)'])
      expect(accentStyleSheet(input)).toBeUndefined();
  });

  test('comes as five custom properties, each for light and dark', () => {
    expect(accentStyleSheet(defaultAccent)).toMatch(/^:root\{(--accent[a-z-]*:light-dark\(oklch\([\d. ]+\),oklch\([\d. ]+\)\);?){5}\}$/);
  });
});
