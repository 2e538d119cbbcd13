import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Formulas in TeX: `$a^2$` within a line, `$$ … $$` on lines of their own. */
export function math(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'math_inline', inlineFormula);
  md.block.ruler.before('fence', 'math_block', blockFormula, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

const dollar = 0x24;
const isBlank = (character: string | undefined) => character === undefined || /\s/.test(character);
const isWord = (character: string | undefined) => character !== undefined && /[\p{Letter}\p{Number}$]/u.test(character);

/** An escaped dollar is text and no beginning of anything. */
const followsWord = (src: string, pos: number) => isWord(src[pos - 1]) && !(src[pos - 1] === '$' && src[pos - 2] === '\\');

/** An amount of money and the words after it: `$5 and`, `$1,200 or`. */
const price = /^\d[\d.,]*,?\s+\p{Letter}{2}/u;

/** The formula between two dollars hugs them, and no digit follows it; so prices stay text, and so do names of variables such as `$name`. */
function inlineFormula(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src.charCodeAt(pos) !== dollar || isBlank(src[pos + 1]) || src[pos + 1] === '$' || followsWord(src, pos)) return false;
  const end = closingDollar(src, pos + 1, posMax);
  if (end === undefined) return false;
  const formula = src.slice(pos + 1, end);
  if (price.test(formula)) return false;
  if (!silent) {
    const token = state.push('math_inline', 'math', 0);
    token.content = formula;
    token.markup = '$';
  }
  state.pos = end + 1;
  return true;
}

/** Where a formula that begins here ends. A longer one than this is none: so a line of dollars is read once, not once for each. */
const longestInline = 1000;

function closingDollar(src: string, start: number, posMax: number): number | undefined {
  const limit = Math.min(posMax, start + longestInline);
  for (let at = start; at < limit; at += 1) {
    if (src[at] === '\\') at += 1;
    else if (src[at] === '$') return isBlank(src[at - 1]) || isWord(src[at + 1]) ? undefined : at;
  }
  return undefined;
}

function blockFormula(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const first = lineAt(startLine);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4 || !first.startsWith('$$')) return false;
  const closes = (text: string) => /\$\$[ \t]*$/.test(text);
  const isOne = first.trimEnd().length > 4 && closes(first);
  let last = startLine;
  if (!isOne) {
    do last += 1;
    while (last < endLine && !closes(lineAt(last)) && lineAt(last).trim() !== '' && (state.sCount[last] ?? 0) >= state.blkIndent);
    if (last >= endLine || !closes(lineAt(last)) || (state.sCount[last] ?? 0) < state.blkIndent) return false;
  }
  const content = Array.from({ length: last - startLine + 1 }, (_, index) => lineAt(startLine + index)).join('\n');
  const formula = content.slice(2, content.lastIndexOf('$$')).trim();
  if (formula === '' || formula.includes('$$')) return false;
  if (silent) return true;
  const token = state.push('math_block', 'math', 0);
  token.block = true;
  token.content = formula;
  token.markup = '$$';
  token.map = [startLine, last + 1];
  state.line = last + 1;
  return true;
}
