import sanitize from 'sanitize-html';

const callouts = ['note', 'tip', 'important', 'warning', 'caution'] as const;

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

/** Where the school's own pictures live; no page of ours asks another host for one. */
const ownPicture = /^\/files\/[\w./-]+$/;

/** Attributes that any element of a formula may carry; with the presentation elements of MathML and theirs it is all that formulas are made of. */
const mathGlobals = ['displaystyle', 'mathbackground', 'mathcolor', 'mathvariant', 'scriptlevel'] as const;

const mathElements: Record<string, readonly string[]> = {
  math: ['display'],
  menclose: ['notation'],
  mfrac: ['linethickness'],
  mi: [],
  mmultiscripts: [],
  mn: [],
  mo: ['accent', 'fence', 'form', 'largeop', 'lspace', 'maxsize', 'minsize', 'movablelimits', 'rspace', 'separator', 'stretchy', 'symmetric'],
  mover: ['accent'],
  mpadded: ['depth', 'height', 'lspace', 'voffset', 'width'],
  mphantom: [],
  mprescripts: [],
  mroot: [],
  mrow: [],
  mspace: ['depth', 'height', 'linebreak', 'width'],
  msqrt: [],
  mstyle: [],
  msub: [],
  msubsup: [],
  msup: [],
  mtable: ['class', 'columnalign', 'columnlines', 'columnspacing', 'rowlines', 'rowspacing', 'width'],
  mtd: ['class', 'columnspan', 'rowspan'],
  mtext: [],
  mtr: [],
  munder: ['accentunder'],
  munderover: ['accent', 'accentunder'],
};

/** Everything that HTML made from people's words may hold. Attributes that carry a style or a script have no place here. */
export const allowedHtml: Record<string, readonly string[]> = {
  a: ['href', 'title', 'rel'],
  blockquote: [],
  br: [],
  code: ['class'],
  details: ['open'],
  div: ['class', 'role', 'tabindex'],
  em: [],
  figcaption: [],
  figure: [],
  h2: ['id'],
  h3: ['id'],
  h4: ['id'],
  h5: ['id'],
  h6: ['id'],
  hr: [],
  img: ['src', 'srcset', 'sizes', 'alt', 'title', 'width', 'height', 'loading', 'decoding'],
  kbd: [],
  li: [],
  ol: ['start'],
  p: ['class'],
  pre: ['class', 'data-language', 'tabindex'],
  s: [],
  span: ['class', 'id'],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['class'],
  th: ['class', 'scope'],
  thead: [],
  tr: [],
  ul: [],
  ...Object.fromEntries(Object.entries(mathElements).map(([element, names]) => [element, [...names, ...mathGlobals]])),
};

/** Values of attributes that are words of ours and not of the writer's. */
const allowedValues: Record<string, readonly string[]> = {
  decoding: ['async'],
  display: ['block'],
  loading: ['lazy'],
  role: ['note'],
  scope: ['col'],
  sizes: ['(min-width: 48rem) 44rem, 100vw'],
  tabindex: ['0'],
};

const aligned = ['align-center', 'align-right'];

const options: sanitize.IOptions = {
  allowedTags: Object.keys(allowedHtml),
  allowedAttributes: Object.fromEntries(Object.entries(allowedHtml).map(([tag, names]) => [tag, [...names]])),
  allowedClasses: {
    code: ['formula-source'],
    div: ['callout', ...callouts.map((kind) => `callout-${kind}`), 'embed', 'formula', 'table-scroll'],
    mtable: ['tml-jot'],
    mtd: ['tml-left', 'tml-right'],
    p: ['callout-title'],
    pre: ['code'],
    span: codeTokens.map((token) => `tok-${token}`),
    td: aligned,
    th: aligned,
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  exclusiveFilter: (frame) => frame.tag === 'img' && !isOwnPicture(frame.attribs),
  transformTags: {
    '*': (tagName, attribs) => ({ tagName, attribs: withOwnValues(attribs) }),
    a: (tagName, attribs) => ({
      tagName,
      attribs: /^https?:/i.test(attribs.href ?? '') ? { ...attribs, rel: 'noopener nofollow' } : withoutRel(attribs),
    }),
  },
};

function isOwnPicture(attribs: sanitize.Attributes): boolean {
  const others = (attribs.srcset ?? '').split(',').map((candidate) => candidate.trim().split(/\s/)[0] ?? '');
  return [attribs.src ?? '', ...others.filter(Boolean)].every((address) => ownPicture.test(address) && !address.includes('..'));
}

/** Leaves out words that are not ours, and ids that are not marked as people's words: such a one could meet one of the page's own. */
function withOwnValues(attribs: sanitize.Attributes): sanitize.Attributes {
  const kept = Object.entries(attribs).filter(([name, value]) =>
    name === 'id' ? /^s-\S+$/.test(value) : (allowedValues[name]?.includes(value) ?? true),
  );
  return Object.fromEntries(kept);
}

function withoutRel({ rel: _, ...attribs }: sanitize.Attributes): sanitize.Attributes {
  return attribs;
}

/** The one gate for HTML that people's words were made into: what is not on the list does not come out. */
export function sanitizeHtml(html: string): string {
  return sanitize(html, options);
}
