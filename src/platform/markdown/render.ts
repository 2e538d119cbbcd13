import type { Env, Token } from 'markdown-it';
import { escapeHtml } from '../html/escape.ts';
import { sanitizeHtml } from '../html/sanitize.ts';
import { anchorHref, textOf } from './anchors.ts';
import { embedOf } from './embeds.ts';
import { formulaHtml, formulaSource, mostFormulas } from './formula.ts';
import { type Highlight, highlighterFor } from './highlight.ts';
import { everyToken, markdownParser } from './parser.ts';

/** A stored picture as a page needs it. */
export interface Picture {
  width: number | null;
  height: number | null;
  /** Smaller sizes of it. */
  variants: readonly { src: string; width: number }[];
}

export interface RenderOptions {
  /** Where a link leads that names something of the school (such as `lesson:<id>`), undefined when there is no such thing. Other links stay. */
  resolveLink?: (address: string) => string | undefined;
  /** What is known of a picture of ours, by its address. */
  pictures?: ReadonlyMap<string, Picture>;
}

interface RenderEnv extends Env {
  highlight: Highlight;
  options: RenderOptions;
  formulas: number;
}

/** Addresses that stand for things of the school and mean nothing to a browser. */
const internalAddress = /^[a-z]+:[0-9a-f-]{36}(#|$)/;

const hasPlace = /^(?:[a-z][a-z0-9+.-]*:|\/(?!\/)|#)/i;

/** Markdown as sanitized HTML. The largest heading in it becomes an `<h2>`: the page's title stands above. */
export async function renderMarkdown(markdown: string, options: RenderOptions = {}): Promise<string> {
  const env: Partial<RenderEnv> = {};
  const tokens = markdownParser.parse(markdown, env);
  const languages = [...everyToken(tokens)].filter((token) => token.type === 'fence').map(languageOf);
  shiftHeadings(tokens);
  for (const token of everyToken(tokens)) if (token.type === 'link_open') resolve(token, options);
  const html = markdownParser.renderer.render(tokens, markdownParser.options, {
    ...env,
    options,
    highlight: await highlighterFor(languages),
    formulas: 0,
  });
  return sanitizeHtml(html).trim();
}

function languageOf(fence: Token): string {
  return /^\{?\.?([\w+#.-]{1,30})/.exec(fence.info.trim())?.[1]?.toLowerCase() ?? '';
}

function shiftHeadings(tokens: readonly Token[]): void {
  const headings = tokens.filter((token) => token.type === 'heading_open' || token.type === 'heading_close');
  const shift = 2 - Math.min(...headings.map((token) => Number(token.tag.slice(1))));
  for (const token of headings) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + shift)}`;
}

function resolve(token: Token, { resolveLink }: RenderOptions): void {
  const address = String(token.attrGet('href') ?? '');
  const [place, fragment] = address.split(/#(.*)/s, 2);
  const anchor = fragment ? anchorHref(fragment) : '';
  if (place === '' && fragment !== undefined) token.attrSet('href', anchor || '#');
  // A relative address was written for a place that the text has left.
  if (!hasPlace.test(address)) token.attrs = null;
  if (!internalAddress.test(address)) return;
  const target = resolveLink?.(place!);
  if (target === undefined) token.attrs = null;
  else token.attrSet('href', target + anchor);
}

const { rules } = markdownParser.renderer;
const alignments: Record<string, string> = { 'text-align:center': 'align-center', 'text-align:right': 'align-right' };

rules.fence = (tokens, index, _options, env) => {
  const token = tokens[index]!;
  const language = languageOf(token);
  const code = token.content.replace(/\n$/, '');
  const html = (env as RenderEnv | undefined)?.highlight(code, language) ?? escapeHtml(code);
  return `<pre class="code"${language ? ` data-language="${escapeHtml(language)}"` : ''} tabindex="0"><code>${html}</code></pre>\n`;
};

rules.code_block = (tokens, index) =>
  `<pre class="code" tabindex="0"><code>${escapeHtml(tokens[index]!.content.replace(/\n$/, ''))}</code></pre>\n`;

rules.table_open = () => '<div class="table-scroll" tabindex="0"><table>\n';
rules.table_close = () => '</table></div>\n';

for (const cell of ['th_open', 'td_open']) {
  rules[cell] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index]!;
    const alignment = alignments[String(token.attrGet('style') ?? '')];
    token.attrs = [
      ...(cell === 'th_open' ? [['scope', 'col'] as [string, string]] : []),
      ...(alignment ? [['class', alignment] as [string, string]] : []),
    ];
    return renderer.renderToken(tokens, index, options);
  };
}

for (const name of ['math_inline', 'math_block']) {
  rules[name] = (tokens, index, _options, env) => {
    const { content } = tokens[index]!;
    const isBlock = name === 'math_block';
    const of = env as RenderEnv | undefined;
    if (of) of.formulas += 1;
    return (of && of.formulas > mostFormulas ? formulaSource : formulaHtml)(content, isBlock);
  };
}

/** A thing of another site is a link in a box; the page puts it in a frame when a reader asks for it (src/ui/embeds.ts). */
rules.embed = (tokens, index) => {
  const { content } = tokens[index]!;
  return `<div class="embed"><a href="${escapeHtml(content)}">Open at ${escapeHtml(embedOf(content)?.name ?? '')}</a></div>\n`;
};

/** A picture of ours is shown; one that lies elsewhere is a link: reading a lesson tells no other host about it. */
rules.image = (tokens, index, _options, env) => {
  const token = tokens[index]!;
  const src = String(token.attrGet('src') ?? '');
  const alt = textOf(token.children ?? []);
  if (!src.startsWith('/files/'))
    return /^https?:/i.test(src) ? `<a href="${escapeHtml(src)}">${escapeHtml(alt || src)}</a>` : escapeHtml(alt);
  const picture = (env as RenderEnv | undefined)?.options.pictures?.get(src);
  const title = token.attrGet('title');
  const attributes = { src, ...sizesOf(src, picture), alt, ...(title ? { title: String(title) } : {}), loading: 'lazy', decoding: 'async' };
  return `<img ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escapeHtml(value)}"`)
    .join(' ')}>`;
};

function sizesOf(src: string, picture: Picture | undefined): Record<string, string> {
  if (!picture?.width || !picture.height) return {};
  const candidates = [...picture.variants, { src, width: picture.width }].map((variant) => `${variant.src} ${variant.width}w`);
  return {
    ...(candidates.length > 1 ? { srcset: candidates.join(', '), sizes: '(min-width: 48rem) 44rem, 100vw' } : {}),
    width: String(picture.width),
    height: String(picture.height),
  };
}
