import { createHighlighterCore, type HighlighterCore, type LanguageInput } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { codeTheme, codeTokenOf } from '#platform/markdown/code-kinds.ts';
import { grammars } from './languages.ts';

/** A stretch of code of one kind. */
export interface ColoredPart {
  start: number;
  end: number;
  token: string;
}

let highlighter: Promise<HighlighterCore> | undefined;

/** The kinds of the parts of some code, as readers will see them. */
export async function coloredParts(code: string, language: string): Promise<ColoredPart[]> {
  highlighter ??= createHighlighterCore({ themes: [codeTheme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  const shiki = await highlighter;
  const grammar = grammars[language];
  if (!grammar) return [];
  if (!shiki.getLoadedLanguages().includes(language)) await shiki.loadLanguage((await grammar()).default as LanguageInput);
  const lines = shiki.codeToTokensBase(code, { lang: language, theme: codeTheme.name ?? '', tokenizeMaxLineLength: 2000 });
  return lines.flat().flatMap(({ content, offset, color }) => {
    const token = codeTokenOf(color);
    return token && content.trim() !== '' ? [{ start: offset, end: offset + content.length, token }] : [];
  });
}
