import { createHighlighterCore, type HighlighterCore, type ThemeRegistrationRaw } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { bundledLanguages } from 'shiki/langs';
import { escapeHtml } from '../html/escape.ts';
import { codeTokens } from '../html/sanitize.ts';

type CodeToken = (typeof codeTokens)[number];

/** TextMate scopes of each kind of token; a longer scope wins over a shorter one, as in any editor. */
const scopes: Record<CodeToken, string[]> = {
  keyword: [
    'keyword',
    'storage.type',
    'storage.modifier',
    'variable.language',
    'support.type.property-name.css',
    'punctuation.definition.keyword',
  ],
  string: [
    'string',
    'punctuation.definition.string',
    'constant.character.escape',
    'markup.inline.raw',
    'string.regexp',
    'constant.other.symbol',
  ],
  number: ['constant.numeric', 'constant.language', 'constant.other', 'support.constant', 'keyword.other.unit'],
  comment: [
    'comment',
    'punctuation.definition.comment',
    'string.quoted.docstring',
    'string.quoted.docstring punctuation.definition.string',
  ],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic', 'variable.function'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'support.type',
    'support.class',
    'entity.other.inherited-class',
    'storage.type.java',
    'entity.name.namespace',
  ],
  property: [
    'variable.other.property',
    'variable.other.object.property',
    'meta.object-literal.key',
    'support.type.property-name',
    'support.variable.property',
    'entity.name.tag.yaml',
  ],
  variable: ['variable.parameter', 'variable.other.normal.shell', 'punctuation.definition.variable', 'variable.css', 'variable.scss'],
  tag: ['entity.name.tag', 'markup.heading', 'entity.name.section'],
  attribute: ['entity.other.attribute-name', 'meta.decorator', 'entity.name.function.decorator'],
  punctuation: ['punctuation', 'keyword.operator', 'meta.brace'],
  inserted: ['markup.inserted', 'punctuation.definition.inserted'],
  deleted: ['markup.deleted', 'punctuation.definition.deleted'],
};

/** Words that are operators to a grammar and keywords to a reader. */
const wordOperators = [
  'keyword.operator.new',
  'keyword.operator.expression',
  'keyword.operator.logical.python',
  'keyword.operator.wordlike',
  'keyword.operator.word',
];

const plainColor = '#000000';
const colorOf = (index: number) => `#0000${(index + 1).toString(16).padStart(2, '0').toUpperCase()}`;
const tokenByColor = new Map<string, CodeToken>(codeTokens.map((token, index) => [colorOf(index), token]));

/** Code within a string is not a string. */
const plainScopes = ['meta.template.expression', 'meta.embedded', 'source.groovy.embedded', 'meta.interpolation'];

/** A theme whose colors only stand for kinds of token: the stylesheet has the real colors, light and dark. */
const theme: ThemeRegistrationRaw = {
  name: 'kinds',
  settings: [
    { settings: { foreground: plainColor, background: '#FFFFFF' } },
    { scope: plainScopes, settings: { foreground: plainColor } },
    ...codeTokens.map((token, index) => ({ scope: scopes[token], settings: { foreground: colorOf(index) } })),
    { scope: wordOperators, settings: { foreground: colorOf(codeTokens.indexOf('keyword')) } },
  ],
};

let highlighter: Promise<HighlighterCore> | undefined;

function ready(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  return highlighter;
}

/** Code longer than this is shown plain: nobody reads it in a lesson, and grammars can be slow. */
const longestCode = 60_000;

/** A grammar's first line takes long, because its expressions are compiled then; a shorter limit would color the same code differently from day to day. */
const lineTimeLimitMs = 10_000;

export type Highlight = (code: string, language: string) => string;

/** The grammar's name for what a fence is marked with, or undefined for one that nobody knows. */
export function knownLanguage(mark: string): string | undefined {
  const name = mark.toLowerCase();
  return Object.hasOwn(bundledLanguages, name) ? name : undefined;
}

/** Loads the grammars of these languages, each once in the life of the process, and gives a highlighter that knows them. Unknown ones come out plain. */
export async function highlighterFor(languages: Iterable<string>): Promise<Highlight> {
  const known = [...new Set([...languages].map(knownLanguage))].filter((name) => name !== undefined);
  if (known.length === 0) return (code) => escapeHtml(code);
  const shiki = await ready();
  await shiki.loadLanguage(...known.map((name) => bundledLanguages[name as keyof typeof bundledLanguages]));
  return (code, mark) => {
    const language = knownLanguage(mark);
    return language === undefined || code.length > longestCode ? escapeHtml(code) : highlight(shiki, code, language);
  };
}

function highlight(shiki: HighlighterCore, code: string, language: string): string {
  const lines = shiki.codeToTokensBase(code, {
    lang: language,
    theme: theme.name,
    tokenizeMaxLineLength: 2000,
    tokenizeTimeLimit: lineTimeLimitMs,
  });
  return lines
    .map((tokens) => joined(tokens.map(({ content, color }) => ({ content, token: tokenByColor.get(color?.toUpperCase() ?? '') }))))
    .join('\n');
}

/** Neighbors of one kind share a span, and blanks need none. */
function joined(parts: { content: string; token: CodeToken | undefined }[]): string {
  const runs: typeof parts = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last && (last.token === part.token || part.content.trim() === '')) last.content += part.content;
    else runs.push({ ...part });
  }
  return runs
    .map(({ content, token }) =>
      token && content.trim() !== '' ? `<span class="tok-${token}">${escapeHtml(content)}</span>` : escapeHtml(content),
    )
    .join('');
}
