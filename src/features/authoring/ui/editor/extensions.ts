import { type AnyExtension, Extension, Mark, markInputRule, mergeAttributes, Node } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { calloutKinds } from '../../markdown/document.ts';
import { listItemKeys } from './list-keys.ts';
import { tableHead } from './table-head.ts';

/** What stands on its own and not within a list: a list's item would take its address for words. */
const standing = '(block | standing)+';

const Document = Node.create({ name: 'doc', topNode: true, content: '(block | standing | markdownBlock)+' });

/** Attributes of Markdown that the plain kinds of blocks do not have by themselves. */
const MarkdownAttributes = Extension.create({
  name: 'markdownAttributes',
  addGlobalAttributes: () => [
    {
      types: ['bulletList', 'orderedList'],
      attributes: { tight: { default: true, rendered: false, parseHTML: (list) => !list.querySelector(':scope > li > p') } },
    },
    { types: ['heading'], attributes: { id: { default: null, rendered: false, parseHTML: () => null } } },
  ],
});

const ListItem = Node.create({
  name: 'listItem',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    checked: {
      default: null,
      keepOnSplit: true,
      parseHTML: (item) => (item.dataset.checked === undefined ? null : item.dataset.checked === 'true'),
      renderHTML: ({ checked }) => (checked === null ? {} : { 'data-checked': String(checked) }),
    },
  }),
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addKeyboardShortcuts: listItemKeys,
});

const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: standing,
  defining: true,
  addAttributes: () => ({
    kind: {
      default: 'note',
      parseHTML: (box) => calloutKinds.find((kind) => box.classList.contains(`callout-${kind}`)) ?? 'note',
      rendered: false,
    },
    title: { default: null, rendered: false },
  }),
  parseHTML: () => [{ tag: 'div.callout' }],
  renderHTML: ({ node }) => ['div', { class: `callout callout-${node.attrs.kind}` }, 0],
});

const Details = Node.create({
  name: 'details',
  group: 'block',
  content: standing,
  defining: true,
  addAttributes: () => ({
    title: { default: null, rendered: false, parseHTML: (fold) => fold.querySelector('summary')?.textContent ?? null },
  }),
  parseHTML: () => [{ tag: 'details' }],
  renderHTML: () => ['div', { class: 'details' }, 0],
});

const attribute = (name: string) => ({
  [name]: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '', rendered: false },
});

/** Something that is edited in the bar above the text, not in it. */
const thing = (name: string, of: { group: string; inline?: boolean; attr: string; tag: string; class: string }): AnyExtension =>
  Node.create({
    name,
    group: of.group,
    inline: of.inline ?? false,
    atom: true,
    selectable: true,
    addAttributes: () => attribute(of.attr),
    parseHTML: () => [{ tag: `${of.tag}.${of.class}` }],
    renderHTML: ({ node }) => [of.tag, { class: of.class, [`data-${of.attr}`]: node.attrs[of.attr] }],
  });

const MathInline = thing('mathInline', { group: 'inline', inline: true, attr: 'tex', tag: 'span', class: 'formula-inline' });
const MathBlock = thing('mathBlock', { group: 'block', attr: 'tex', tag: 'div', class: 'formula' });
const Embed = thing('embed', { group: 'standing', attr: 'src', tag: 'div', class: 'embed' });
const MarkdownBlock = thing('markdownBlock', { group: 'markdownBlock', attr: 'source', tag: 'pre', class: 'markdown-block' });

const Picture = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' }, title: { default: null } }),
  parseHTML: () => [{ tag: 'img[src]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

const Link = Mark.create({
  name: 'link',
  priority: 1000,
  keepOnSplit: false,
  inclusive: false,
  addAttributes: () => ({ href: { default: '' }, title: { default: null } }),
  parseHTML: () => [{ tag: 'a[href]' }],
  renderHTML: ({ HTMLAttributes }) => ['a', mergeAttributes(HTMLAttributes, { rel: 'noopener nofollow' }), 0],
});

const Anchor = Mark.create({
  name: 'anchor',
  priority: 990,
  inclusive: false,
  addAttributes: () => ({ id: { default: '', rendered: false, parseHTML: (span) => span.id.replace(/^s-/, '') } }),
  parseHTML: () => [{ tag: 'span[id^="s-"]' }],
  renderHTML: ({ mark }) => ['span', { 'data-anchor': mark.attrs.id }, 0],
});

/** Unlike the kit's, it goes together with other marks, as it does in Markdown. */
const Code = Mark.create({
  name: 'code',
  priority: 50,
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
  addInputRules() {
    return [markInputRule({ find: /(?<!`)`([^`]+)`(?!`)$/, type: this.type })];
  },
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark(this.name) };
  },
});

/** A space that is the end of a line in the source. */
const SoftBreak = Mark.create({
  name: 'softBreak',
  priority: 10,
  inclusive: false,
  renderHTML: () => ['span', { class: 'soft-break' }, 0],
});

/** A cell holds one line of words, and belongs to one row and column. */
const cell = {
  content: 'paragraph',
  addAttributes: () => ({
    colspan: { default: 1, rendered: false, parseHTML: () => 1 },
    rowspan: { default: 1, rendered: false, parseHTML: () => 1 },
    colwidth: { default: null, rendered: false, parseHTML: () => null },
    align: {
      default: null,
      parseHTML: (element: HTMLElement) =>
        ['left', 'center', 'right'].find((align) => element.style.textAlign === align || element.classList.contains(`align-${align}`)) ??
        null,
      renderHTML: ({ align }: Record<string, unknown>) => (align ? { class: `align-${align}` } : {}),
    },
  }),
};

/** Everything that a lesson's text can hold: the schema that `markdown/` reads into and writes from, with the keys and the signs that make it. */
export const dialect: AnyExtension[] = [
  Document,
  StarterKit.configure({
    document: false,
    code: false,
    link: false,
    underline: false,
    listItem: false,
    heading: { levels: [1, 2, 3, 4, 5, 6] },
    // A line that is longer than the paper scrolls, for who has only keys too.
    codeBlock: { enableTabIndentation: true, tabSize: 2, languageClassPrefix: 'language-', HTMLAttributes: { tabindex: '0' } },
    dropcursor: { color: false, class: 'drop-line', width: 2 },
  }),
  MarkdownAttributes,
  ListItem,
  Callout,
  Details,
  MathInline,
  MathBlock,
  Embed,
  MarkdownBlock,
  Picture,
  Link,
  Anchor,
  Code,
  SoftBreak,
  Table.extend({ renderHTML: () => ['table', ['tbody', 0]] }).configure({ resizable: false, View: null, allowTableNodeSelection: true }),
  TableRow.extend({ content: '(tableCell | tableHeader)+' }),
  TableHeader.extend(cell),
  TableCell.extend(cell),
  tableHead,
];
