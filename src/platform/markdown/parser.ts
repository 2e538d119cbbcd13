import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import { anchorHref, anchors } from './anchors.ts';
import { callouts } from './callouts.ts';

/** Markdown as the school understands it: CommonMark with tables, strikethrough, bare links, callouts, folds, anchors and check lists. Raw HTML is text. */
export const markdownParser = new MarkdownIt({ html: false, linkify: true, typographer: false, maxNesting: 60 });

// The parser's own check lets pictures written as data: through.
markdownParser.validateLink = (address) => !/^\s*(javascript|vbscript|file|data):/i.test(address);
markdownParser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdownParser.use(callouts).use(anchors);
markdownParser.core.ruler.after('inline', 'check_boxes', checkBoxes);

/** `- [x]` shows a box that nobody can press: the text is the same for all its readers. */
function checkBoxes(state: StateCore): void {
  for (const [index, token] of state.tokens.entries()) {
    const first = token.children?.[0];
    if (first?.type !== 'text' || state.tokens[index - 2]?.type !== 'list_item_open') continue;
    first.content = first.content.replace(/^\[( |x|X)\] /, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ '));
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
