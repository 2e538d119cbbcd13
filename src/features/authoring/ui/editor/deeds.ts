import type { Editor } from '@tiptap/core';
import type { ToolGlyphName } from '#ui/tool-glyphs.ts';
import { calloutKinds } from '../../markdown/document.ts';

/** Something that a button above the text does. */
export interface Deed {
  name: string;
  glyph: ToolGlyphName;
  /** As one reads it: `Ctrl+B`. */
  keys?: string;
  run: (editor: Editor) => void;
  isOn?: (editor: Editor) => boolean;
  isOff?: (editor: Editor) => boolean;
}

const focused = (editor: Editor) => editor.chain().focus();

export const markDeeds: Deed[] = [
  {
    name: 'Bold',
    glyph: 'bold',
    keys: 'Ctrl+B',
    run: (editor) => focused(editor).toggleBold().run(),
    isOn: (editor) => editor.isActive('bold'),
  },
  {
    name: 'Italic',
    glyph: 'italic',
    keys: 'Ctrl+I',
    run: (editor) => focused(editor).toggleItalic().run(),
    isOn: (editor) => editor.isActive('italic'),
  },
  {
    name: 'Strikethrough',
    glyph: 'strike',
    keys: 'Ctrl+Shift+S',
    run: (editor) => focused(editor).toggleStrike().run(),
    isOn: (editor) => editor.isActive('strike'),
  },
  {
    name: 'Code',
    glyph: 'code',
    keys: 'Ctrl+E',
    run: (editor) => focused(editor).toggleMark('code').run(),
    isOn: (editor) => editor.isActive('code'),
  },
];

export const blockDeeds: Deed[] = [
  {
    name: 'List',
    glyph: 'list',
    keys: 'Ctrl+Shift+8',
    run: (editor) => focused(editor).toggleBulletList().run(),
    isOn: (editor) => editor.isActive('bulletList'),
  },
  {
    name: 'Numbered list',
    glyph: 'numbers',
    keys: 'Ctrl+Shift+7',
    run: (editor) => focused(editor).toggleOrderedList().run(),
    isOn: (editor) => editor.isActive('orderedList'),
  },
  {
    name: 'Check list',
    glyph: 'success',
    run: toggleCheckList,
    isOn: (editor) => editor.isActive('listItem') && editor.getAttributes('listItem').checked !== null,
  },
  {
    name: 'Quotation',
    glyph: 'quote',
    keys: 'Ctrl+Shift+B',
    run: (editor) => focused(editor).toggleBlockquote().run(),
    isOn: (editor) => editor.isActive('blockquote'),
  },
];

function toggleCheckList(editor: Editor): void {
  const isOn = editor.isActive('listItem') && editor.getAttributes('listItem').checked !== null;
  const chain = focused(editor);
  if (!editor.isActive('listItem')) chain.toggleBulletList();
  chain.updateAttributes('listItem', { checked: isOn ? null : false }).run();
}

export const historyDeeds: Deed[] = [
  { name: 'Undo', glyph: 'undo', keys: 'Ctrl+Z', run: (editor) => focused(editor).undo().run(), isOff: (editor) => !editor.can().undo() },
  {
    name: 'Redo',
    glyph: 'redo',
    keys: 'Ctrl+Shift+Z',
    run: (editor) => focused(editor).redo().run(),
    isOff: (editor) => !editor.can().redo(),
  },
];

const paragraph = { type: 'paragraph' };

/** What can be put into the text, in the words of the menu. */
export const insertions: { name: string; hint: string; run: (editor: Editor) => void }[] = [
  { name: 'Formula', hint: 'in the line, in TeX', run: (editor) => putThing(editor, { type: 'mathInline', attrs: { tex: '' } }) },
  { name: 'Formula on its own', hint: 'a block of its own', run: (editor) => putThing(editor, { type: 'mathBlock', attrs: { tex: '' } }) },
  { name: 'Code block', hint: 'with colors for its language', run: (editor) => focused(editor).toggleCodeBlock().run() },
  { name: 'Table', hint: 'three columns', run: (editor) => focused(editor).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
  ...calloutKinds.map((kind) => ({
    name: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' }[kind],
    hint: 'a box beside the text',
    run: (editor: Editor) => putBox(editor, { type: 'callout', attrs: { kind, title: null } }),
  })),
  { name: 'Fold', hint: 'shown when it is opened', run: (editor) => putBox(editor, { type: 'details', attrs: { title: null } }) },
  { name: 'Line', hint: 'between two parts', run: (editor) => focused(editor).setHorizontalRule().run() },
  {
    name: 'Film, pen or drawing',
    hint: 'of YouTube, Vimeo, CodePen, GeoGebra or Desmos',
    run: (editor) => putThing(editor, { type: 'embed', attrs: { src: '' } }),
  },
];

/** Puts something that is edited in the bar above, and selects it. */
export function putThing(editor: Editor, thing: { type: string; attrs: Record<string, unknown> }): void {
  editor
    .chain()
    .focus()
    .insertContent(thing)
    .command(({ tr, commands }) => {
      let found: number | undefined;
      tr.doc.nodesBetween(Math.max(0, tr.selection.from - 3), Math.min(tr.doc.content.size, tr.selection.to + 1), (node, at) => {
        if (node.type.name === thing.type && at <= tr.selection.from) found = at;
      });
      return found === undefined || commands.setNodeSelection(found);
    })
    .run();
}

/** A box around what is selected, or a new one with room to write. */
function putBox(editor: Editor, box: { type: string; attrs: Record<string, unknown> }): void {
  if (!focused(editor).wrapIn(box.type, box.attrs).run())
    focused(editor)
      .insertContent({ ...box, content: [paragraph] })
      .run();
}

/** The kinds of blocks that words can be. */
export const styles = [
  { value: '0', label: 'Text' },
  { value: '2', label: 'Heading' },
  { value: '3', label: 'Smaller heading' },
  { value: '4', label: 'Smallest heading' },
];

export function setStyle(editor: Editor, value: string): void {
  if (value === '0') focused(editor).setParagraph().run();
  else
    focused(editor)
      .setHeading({ level: Number(value) as 2 | 3 | 4 })
      .run();
}

export function styleOf(editor: Editor): string {
  return editor.isActive('heading') ? String(Math.max(2, Math.min(4, editor.getAttributes('heading').level))) : '0';
}
