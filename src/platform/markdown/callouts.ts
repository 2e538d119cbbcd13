import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';

export type Callout = 'note' | 'tip' | 'important' | 'warning' | 'caution';

/** What other tools call the five kinds. */
const kinds: Record<string, Callout> = {
  note: 'note',
  info: 'note',
  abstract: 'note',
  question: 'note',
  example: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  important: 'important',
  warning: 'warning',
  attention: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
};

const titles: Record<Callout, string> = { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' };

/** The kind of callout that a word stands for, in any of the spellings that writers bring along. */
export function calloutOf(word: string): Callout | undefined {
  return Object.hasOwn(kinds, word.toLowerCase()) ? kinds[word.toLowerCase()] : undefined;
}

/**
 * Boxes beside the text, in the two spellings that are in use: `> [!TIP]` (GitHub) and `::: tip Title` … `:::` (VitePress, Docusaurus). `::: details Summary` folds
 * its content; any other word after `:::` only groups.
 */
export function callouts(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'container', container, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.core.ruler.after('block', 'alerts', alerts);
}

const opening = /^:::+[ \t]*([A-Za-z][\w-]*)[ \t]*(.*)$/;
const closing = /^:::+[ \t]*$/;

function container(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const [, word, rest] = opening.exec(lineAt(startLine)) ?? [];
  if (word === undefined || rest === undefined) return false;
  if (silent) return true;

  const end = closingLine(startLine, endLine, lineAt, (line) => (state.sCount[line] ?? 0) >= state.blkIndent);
  const parent = { type: state.parentType, lineMax: state.lineMax };
  state.parentType = 'container';
  state.lineMax = end;
  // Where no mark closes it, what comes next is no part of it.
  const after = end < endLine && closing.test(lineAt(end)) ? end + 1 : end;
  const [open, close] = boundaries(state, word, rest.replace(/^\[(.*)\]$/, '$1').trim(), [startLine, after]);
  open();
  state.md.block.tokenize(state, startLine + 1, end);
  close();
  state.parentType = parent.type;
  state.lineMax = parent.lineMax;
  state.line = after;
  return true;
}

/** The line that closes the container, counting those inside it and passing over fenced code; the end of the block when none does. */
function closingLine(startLine: number, endLine: number, lineAt: (line: number) => string, isInside: (line: number) => boolean): number {
  let depth = 1;
  let fence: string | undefined;
  for (let line = startLine + 1; line < endLine; line += 1) {
    const text = lineAt(line);
    if (text !== '' && !isInside(line)) return line;
    const mark = /^(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[1];
    if (fence) fence = mark?.startsWith(fence) ? undefined : fence;
    else if (mark) fence = mark;
    else if (opening.test(text)) depth += 1;
    else if (closing.test(text)) depth -= 1;
    if (depth === 0) return line;
  }
  return endLine;
}

function boundaries(state: StateBlock, word: string, title: string, map: [number, number]): [() => void, () => void] {
  if (word.toLowerCase() === 'details') {
    return [
      () => {
        state.push('details_open', 'details', 1).map = map;
        titled(state, 'summary', title || 'Details', map);
      },
      () => state.push('details_close', 'details', -1),
    ];
  }
  const callout = calloutOf(word);
  // Any other word only groups: it leaves no trace in the page, and is not lost to who reads the tokens.
  if (!callout) return [() => hidden(state, 'group_open', 1, map), () => hidden(state, 'group_close', -1, map)];
  return [
    () => {
      markCallout(state.push('callout_open', 'div', 1), callout).map = map;
      titled(state, 'p', title || titles[callout], map);
    },
    () => state.push('callout_close', 'div', -1),
  ];
}

function hidden(state: StateBlock, type: string, nesting: 1 | -1, map: [number, number]): void {
  const token = state.push(type, '', nesting);
  token.hidden = true;
  token.map = map;
}

function titled(state: StateBlock, tag: 'p' | 'summary', title: string, map: [number, number]): void {
  const open = state.push(`${tag}_title_open`, tag, 1);
  if (tag === 'p') open.attrSet('class', 'callout-title');
  const inline = state.push('inline', '', 0);
  inline.content = title;
  inline.map = map;
  inline.children = [];
  state.push(`${tag}_title_close`, tag, -1);
}

function markCallout(token: Token, callout: Callout): Token {
  token.attrSet('class', `callout callout-${callout}`);
  token.attrSet('role', 'note');
  return token;
}

/** Turns a quotation that begins with `[!TIP]` into a callout, before its words are read. */
function alerts(state: StateCore): void {
  for (const [index, token] of state.tokens.entries()) {
    const inline = state.tokens[index + 2];
    if (token.type !== 'blockquote_open' || state.tokens[index + 1]?.type !== 'paragraph_open' || inline?.type !== 'inline') continue;
    const [, word] = /^\[!(\w+)\][ \t]*(?:\n|$)/.exec(inline.content) ?? [];
    const callout = word && calloutOf(word);
    if (!callout) continue;
    inline.content = inline.content.slice(inline.content.indexOf('\n') + 1 || inline.content.length);
    becomeCallout(state, index, callout);
  }
}

function becomeCallout(state: StateCore, index: number, callout: Callout): void {
  const open = state.tokens[index]!;
  const close = state.tokens.findIndex((token, at) => at > index && token.type === 'blockquote_close' && token.level === open.level);
  for (const token of [open, state.tokens[close]]) if (token) token.tag = 'div';
  markCallout(open, callout);
  const title = [
    new state.Token('p_title_open', 'p', 1),
    new state.Token('inline', '', 0),
    new state.Token('p_title_close', 'p', -1),
  ] as const;
  title[0].attrSet('class', 'callout-title');
  title[1].content = titles[callout];
  title[1].children = [];
  for (const token of title) token.block = true;
  // A mark that stands alone is no paragraph.
  const isAlone = state.tokens[index + 2]?.content === '';
  state.tokens.splice(index + 1, isAlone ? 3 : 0, ...title);
}
