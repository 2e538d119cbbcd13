import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { bundledLanguages } from 'shiki/langs';
import { escapeHtml } from '../html/escape.ts';
import { type CodeToken, codeTheme, codeTokenOf } from './code-kinds.ts';

let highlighter: Promise<HighlighterCore> | undefined;

function ready(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({ themes: [codeTheme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
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
    theme: codeTheme.name,
    tokenizeMaxLineLength: 2000,
    tokenizeTimeLimit: lineTimeLimitMs,
  });
  return lines.map((tokens) => joined(tokens.map(({ content, color }) => ({ content, token: codeTokenOf(color) })))).join('\n');
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
