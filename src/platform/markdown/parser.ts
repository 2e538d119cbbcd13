import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import { anchorHref, anchors } from './anchors.ts';
import { callouts } from './callouts.ts';
import { embeds } from './embeds.ts';
import { math } from './math.ts';

/** Markdown as the school understands it: CommonMark with tables, strikethrough, bare links, callouts, folds, anchors, check lists, formulas and things of other sites. Raw HTML is text. */
export const markdownParser = new MarkdownIt({ html: false, linkify: true, typographer: false, maxNesting: 60 });

// The parser's own check lets pictures written as data: through.
markdownParser.validateLink = (address) => !/^\s*(javascript|vbscript|file|data):/i.test(address);
markdownParser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdownParser.use(callouts).use(anchors).use(math).use(embeds);
markdownParser.core.ruler.after('inline', 'check_boxes', checkBoxes);

/** `- [x]` shows a box that nobody can press: the text is the same for all its readers. */
function checkBoxes(state: StateCore): void {
  for (const [index, token] of state.tokens.entries()) {
    const first = token.children?.[0];
    const item = state.tokens[index - 2];
    const isFirst = item?.type === 'list_item_open' && state.tokens[index - 1]?.type === 'paragraph_open';
    const mark = first?.type === 'text' && isFirst ? /^\[( |x|X)\] /.exec(first.content)?.[1] : undefined;
    if (!first || !item || mark === undefined) continue;
    item.meta = { checked: mark !== ' ' };
    first.content = `${mark === ' ' ? '☐' : '☑'} ${first.content.slice(4)}`;
  }
}

/** The token and all beneath it, in reading order. */
export function* everyToken(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.children) yield* everyToken(token.children);
  }
}

/** What links within a text may lead to, as `anchorHref` spells it. */
export function anchorsIn(markdown: string): Set<string> {
  const named = [...everyToken(markdownParser.parse(markdown, {}))].flatMap((token) =>
    typeof token.meta?.anchor === 'string' ? [anchorHref(token.meta.anchor)] : [],
  );
  return new Set(named);
}
