import type { ThemeRegistrationRaw } from 'shiki/core';

/** The parts of a program that highlighted code tells apart; each is a class `tok-<kind>`. */
export const codeTokens = [
  'keyword',
  'string',
  'number',
  'comment',
  'function',
  'type',
  'property',
  'variable',
  'tag',
  'attribute',
  'punctuation',
  'inserted',
  'deleted',
] as const;

export type CodeToken = (typeof codeTokens)[number];

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

/** The kind that a color of the theme stands for; undefined for what is plain. */
export function codeTokenOf(color: string | undefined): CodeToken | undefined {
  return tokenByColor.get(color?.toUpperCase() ?? '');
}

/** Code within a string is not a string. */
const plainScopes = ['meta.template.expression', 'meta.embedded', 'source.groovy.embedded', 'meta.interpolation'];

/** A theme whose colors only stand for kinds of token: the stylesheet has the real colors, light and dark. */
export const codeTheme: ThemeRegistrationRaw = {
  name: 'kinds',
  settings: [
    { settings: { foreground: plainColor, background: '#FFFFFF' } },
    { scope: plainScopes, settings: { foreground: plainColor } },
    ...codeTokens.map((token, index) => ({ scope: scopes[token], settings: { foreground: colorOf(index) } })),
    { scope: wordOperators, settings: { foreground: colorOf(codeTokens.indexOf('keyword')) } },
  ],
};
