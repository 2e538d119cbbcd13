import { Extension } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { ColoredPart } from './color-code.ts';
import { coloredLanguage } from './languages.ts';

const key = new PluginKey<DecorationSet>('codeColors');
const pauseMilliseconds = 200;
const longestCode = 20_000;

/** Colors code while one writes it, a moment after each change; what colors it is loaded with the first block of code. */
export const codeColors = Extension.create({
  name: 'codeColors',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (transaction, colors) => transaction.getMeta(key) ?? colors.map(transaction.mapping, transaction.doc),
      },
      props: { decorations: (state) => key.getState(state) },
      view: painter,
    }),
  ],
});

function painter(view: EditorView) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const known = new Map<string, ColoredPart[]>();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void paint(view, known), pauseMilliseconds);
  };
  soon();
  return {
    update: (now: EditorView, before: { doc: ProseNode }) => {
      if (now.state.doc !== before.doc) soon();
    },
    destroy: () => clearTimeout(timer),
  };
}

async function paint(view: EditorView, known: Map<string, ColoredPart[]>): Promise<void> {
  const { doc } = view.state;
  const blocks: { at: number; code: string; language: string }[] = [];
  doc.descendants((node, at) => {
    const language = node.type.name === 'codeBlock' ? coloredLanguage(String(node.attrs.language ?? '')) : undefined;
    if (language && node.textContent.length <= longestCode) blocks.push({ at: at + 1, code: node.textContent, language });
    return !node.isTextblock;
  });
  if (blocks.length === 0) return;
  const { coloredParts } = await import('./color-code.ts');
  const colors: Decoration[] = [];
  for (const { at, code, language } of blocks) {
    const name = `${language}\n${code}`;
    const parts = known.get(name) ?? (await coloredParts(code, language));
    known.set(name, parts);
    colors.push(...parts.map(({ start, end, token }) => Decoration.inline(at + start, at + end, { class: `tok-${token}` })));
  }
  if (known.size > 200) known.clear();
  // Somebody wrote on: the next turn colors that.
  if (view.isDestroyed || view.state.doc !== doc) return;
  view.dispatch(view.state.tr.setMeta(key, DecorationSet.create(doc, colors)).setMeta('addToHistory', false));
}
