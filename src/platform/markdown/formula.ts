import temml from 'temml';
import { escapeHtml } from '../html/escape.ts';

/** Nobody reads a longer formula, and making one costs more than its length says. */
const longest = 4000;

/** Definitions may grow without end, and a lesson's formulas know nothing of each other anyway. */
const definition = /\\(?:def|gdef|edef|xdef|let|futurelet|newcommand|renewcommand|providecommand|global|long)\b/;

/** How many formulas a text may have; those beyond show their source. */
export const mostFormulas = 2000;

/** A formula in TeX as MathML. One that cannot be read shows its source, marked as such. */
export function formulaHtml(tex: string, isBlock: boolean): string {
  const html = tex.length > longest || definition.test(tex) ? undefined : mathMl(tex, isBlock);
  if (html === undefined) return formulaSource(tex, isBlock);
  return isBlock ? `<div class="formula" tabindex="0">${html}</div>\n` : html;
}

/** The source of a formula, in its place. */
export function formulaSource(tex: string, isBlock: boolean): string {
  const source = isBlock ? `$$${tex}$$` : `$${tex}$`;
  const html = `<code class="formula-source">${escapeHtml(source)}</code>`;
  return isBlock ? `<p>${html}</p>\n` : html;
}

function mathMl(tex: string, displayMode: boolean): string | undefined {
  try {
    return temml.renderToString(tex, { displayMode, throwOnError: true, strict: false, trust: false, maxSize: [20, 20], maxExpand: 300 });
  } catch {
    // Whatever a formula breaks (grammar, limits, the stack), its writer sees what was written.
    return undefined;
  }
}
