import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accentStyleSheet, defaultAccent, grounds } from '../accent.ts';
import { contrast, type Oklch } from '../color.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** Both values of every token of the form `--name: light-dark(oklch(…), oklch(…))`. */
const tokens = new Map<string, { light: Oklch; dark: Oklch }>(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g)].map(([, name, light, dark]) => [
    name!,
    { light: color(light!), dark: color(dark!) },
  ]),
);

function color(numbers: string): Oklch {
  const [l = 0, c = 0, h = 0] = numbers.split(' ').map(Number);
  return { l, c, h };
}

function expectContrast(foreground: string, background: string, atLeast: number) {
  for (const theme of ['light', 'dark'] as const) {
    const ratio = contrast(tokens.get(foreground)![theme], tokens.get(background)![theme]);
    expect(ratio, `--${foreground} on --${background} in ${theme}`).toBeGreaterThanOrEqual(atLeast);
  }
}

const papers = ['paper', 'surface', 'raised', 'sunken'];

test.each(['ink', 'muted', 'accent', 'success', 'warning', 'danger'])('text in --%s reads on every background', (foreground) => {
  for (const background of papers) expectContrast(foreground, background, 4.5);
});

test.each(['accent', 'success', 'warning', 'danger'])('text in --%s and in ink reads on its own soft background', (tone) => {
  expectContrast(tone, `${tone}-soft`, 4.5);
  expectContrast('ink', `${tone}-soft`, 7);
});

test('labels read on filled buttons, resting and hovered', () => {
  for (const background of ['accent', 'accent-strong']) expectContrast('accent-ink', background, 4.5);
  for (const background of ['danger', 'danger-strong']) expectContrast('danger-ink', background, 4.5);
});

test('the edges of controls stand out from what they lie on', () => {
  for (const background of papers) expectContrast('line-strong', background, 3);
});

test('the accent in the style sheet is what accent.ts computes for the default color', () => {
  const written = css.replace(/\s+/g, ' ');
  for (const rule of accentStyleSheet(defaultAccent)!.slice(':root{'.length, -1).split(';')) {
    expect(written).toContain(`${rule.replace(':', ': ').replace('),', '), ')};`);
  }
});

test('accent.ts knows the backgrounds that the style sheet has', () => {
  for (const theme of ['light', 'dark'] as const) expect(grounds[theme].papers).toEqual(papers.map((paper) => tokens.get(paper)![theme]));
});
