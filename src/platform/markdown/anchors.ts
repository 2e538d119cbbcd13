import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';

/** Ids that come from people's words begin with this, so that they can never meet an id of the page itself. */
export const anchorPrefix = 's-';

/** What a heading's words become in an address, as GitHub makes it: `What's new?` → `whats-new`. */
function anchorOf(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation}\- ]/gu, '')
    .replace(/ /g, '-');
}

/** A fragment as it was written in a link, made to meet the id that the same words get here. */
export function anchorHref(fragment: string): string {
  return `#${anchorPrefix}${encodeURIComponent(decoded(fragment).toLowerCase())}`;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // A lone percent sign stands for itself.
    return fragment;
  }
}

/** Gives headings ids (their own words, or `## Title {#id}`), and lets a span of text carry one: `[text]{#id}`. */
export function anchors(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'anchor_span', anchorSpan);
  md.core.ruler.after('inline', 'heading_anchors', headingAnchors);
}

const explicit = /[ \t]*\{#([^\s{}#]+)\}[ \t]*$/;

function anchorSpan(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '[') return false;
  const end = state.md.helpers.parseLinkLabel(state, state.pos, false);
  const [mark, id] = end < 0 ? [] : (/^\]\{#([^\s{}#]+)\}/.exec(state.src.slice(end, end + 120)) ?? []);
  if (mark === undefined || id === undefined) return false;
  if (!silent) {
    const { pos, posMax } = state;
    const open = state.push('anchor_open', 'span', 1);
    open.meta = { anchor: id.toLowerCase(), own: id.toLowerCase() };
    state.pos = pos + 1;
    state.posMax = end;
    state.md.inline.tokenize(state);
    state.push('anchor_close', 'span', -1);
    state.posMax = posMax;
  }
  state.pos = end + mark.length;
  return true;
}

function headingAnchors(state: StateCore): void {
  const taken = new Map<string, number>();
  for (const token of state.tokens) for (const child of token.children ?? []) nameSpan(child, taken);
  for (const [index, token] of state.tokens.entries()) {
    const inline = state.tokens[index + 1];
    if (token.type !== 'heading_open' || !inline) continue;
    const own = takeExplicitId(inline);
    token.meta = { own };
    setId(token, own ?? anchorOf(textOf(inline.children ?? [])), taken);
  }
}

function nameSpan(token: Token, taken: Map<string, number>): void {
  if (token.type === 'anchor_open' && typeof token.meta?.anchor === 'string') setId(token, token.meta.anchor, taken);
}

function setId(token: Token, wanted: string, taken: Map<string, number>): void {
  const base = wanted.toLowerCase() || 'section';
  let id = base;
  for (let count = 1; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.set(id, 1);
  token.meta = { ...token.meta, anchor: id };
  token.attrSet('id', anchorPrefix + id);
}

function takeExplicitId(inline: Token): string | undefined {
  const last = inline.children?.at(-1);
  const [mark, id] = (last?.type === 'text' && explicit.exec(last.content)) || [];
  if (!last || mark === undefined) return undefined;
  last.content = last.content.slice(0, -mark.length);
  return id?.toLowerCase();
}

/** The words of inline tokens, without their marks. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'image') return textOf(token.children ?? []);
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      return token.content;
    })
    .join('');
}
