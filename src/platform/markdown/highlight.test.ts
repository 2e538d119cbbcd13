import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeTokens } from './code-kinds.ts';
import { highlighterFor, knownLanguage } from './highlight.ts';

const css = readFileSync(new URL('highlight.css', import.meta.url), 'utf8');

test.each(codeTokens)('the style sheet has a color for %s, light and dark', (token) => {
  expect(css).toMatch(new RegExp(`\\.tok-${token}[,\\s][^}]*color: light-dark\\(oklch\\([^)]*\\), oklch\\([^)]*\\)\\)`));
});

test.each([
  [
    'js',
    'const a = `x \u0024{b}`;',
    '<span class="tok-keyword">const</span> a <span class="tok-punctuation">= </span><span class="tok-string">`x </span>',
  ],
  ['python', 'def f(x): return 1', '<span class="tok-keyword">def </span><span class="tok-function">f</span>'],
  ['sql', "select 'a' -- b", '<span class="tok-string">\'a\' </span><span class="tok-comment">-- b</span>'],
  [
    'html',
    '<p class="a">',
    '<span class="tok-punctuation">&lt;</span><span class="tok-tag">p </span><span class="tok-attribute">class</span>',
  ],
  ['json', '{"a": 1}', '<span class="tok-number">1</span>'],
  ['bash', 'echo "$HOME" # hi', '<span class="tok-comment"># hi</span>'],
  ['diff', '+added', '<span class="tok-inserted">+added</span>'],
  ['css', 'a { color: red }', '<span class="tok-tag">a </span>'],
])('%s has its colors', async (language, code, html) => {
  expect((await highlighterFor([language]))(code, language)).toContain(html);
});

test('names of languages are found whatever their case, and names of nothing are not', () => {
  expect(['JSON', 'TypeScript', 'c++', 'constructor', '', '__proto__'].map(knownLanguage)).toEqual([
    'json',
    'typescript',
    'c++',
    undefined,
    undefined,
    undefined,
  ]);
});

test('very long code is shown plain at once', async () => {
  const code = 'let a = 1;\n'.repeat(10_000);
  expect((await highlighterFor(['js']))(code, 'js')).toBe(code);
});
