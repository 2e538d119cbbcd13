import type { AnyExtension, NodeViewRenderer } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { embedOf } from '#platform/markdown/embeds.ts';
import { dialect } from './extensions.ts';

type Draw = (dom: HTMLElement, node: ProseNode) => void;

/** A node whose looks are drawn anew whenever what it says changes. */
function drawn(tag: string, className: string, draw: Draw): NodeViewRenderer {
  return ({ node }) => {
    const dom = document.createElement(tag);
    dom.className = className;
    let shown = node;
    draw(dom, node);
    return {
      dom,
      update(next) {
        if (next.type !== shown.type) return false;
        if (!next.hasMarkup(shown.type, shown.attrs, shown.marks)) draw(dom, next);
        shown = next;
        return true;
      },
      ignoreMutation: () => true,
    };
  };
}

/** A box with words of its own beside its sign. */
function titled(className: (node: ProseNode) => string, title: (node: ProseNode) => string): NodeViewRenderer {
  return ({ node }) => {
    const dom = document.createElement('div');
    const head = document.createElement('p');
    const contentDOM = document.createElement('div');
    head.contentEditable = 'false';
    contentDOM.className = 'box-body';
    dom.append(head, contentDOM);
    const draw = (of: ProseNode) => {
      dom.className = className(of);
      head.className = 'callout-title';
      head.textContent = title(of);
    };
    draw(node);
    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== node.type) return false;
        draw(next);
        return true;
      },
      ignoreMutation: (mutation) => mutation.type !== 'selection' && head.contains(mutation.target),
    };
  };
}

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** The formula as readers see it; its source while it cannot be read. */
function formula(isBlock: boolean): Draw {
  return (dom, node) => {
    const tex = String(node.attrs.tex);
    dom.textContent = tex || 'Formula';
    dom.dataset.state = tex ? 'source' : 'empty';
    if (!tex) return;
    void import('./formula-preview.ts').then(({ drawFormula }) => {
      if (String(node.attrs.tex) === tex) dom.dataset.state = drawFormula(dom, tex, isBlock) ? 'read' : 'wrong';
    });
  };
}

const embed: Draw = (dom, node) => {
  const src = String(node.attrs.src);
  const name = embedOf(src)?.name;
  dom.replaceChildren(Object.assign(document.createElement('strong'), { textContent: name ? `At ${name}` : 'From another site' }));
  dom.append(Object.assign(document.createElement('span'), { textContent: src || 'Its address goes above.' }));
};

const source: Draw = (dom, node) => {
  dom.textContent = String(node.attrs.source) || 'Markdown';
};

/** A picture of the school is shown; one that lies elsewhere would tell that host about it, and is named. */
const picture: Draw = (dom, node) => {
  const { src, alt } = node.attrs as { src: string; alt: string };
  const shown = src.startsWith('/files/') ? Object.assign(document.createElement('img'), { src, alt }) : undefined;
  dom.replaceChildren(shown ?? document.createTextNode(`Picture elsewhere: ${alt || src}`));
  dom.classList.toggle('unnamed', alt === '');
};

const views: Record<string, NodeViewRenderer> = {
  mathInline: drawn('span', 'formula-inline', formula(false)),
  mathBlock: drawn('div', 'formula', formula(true)),
  embed: drawn('div', 'embed', embed),
  markdownBlock: drawn('pre', 'markdown-block', source),
  image: drawn('span', 'picture', picture),
  callout: titled(
    ({ attrs }) => `callout callout-${attrs.kind}`,
    ({ attrs }) => attrs.title ?? capital(attrs.kind),
  ),
  details: titled(
    () => 'details',
    ({ attrs }) => attrs.title ?? 'Details',
  ),
};

/** The dialect, with the looks that its things have in the editor. */
export const drawnDialect: AnyExtension[] = dialect.map((extension) => {
  const view = views[extension.name];
  return view && extension.type === 'node' ? extension.extend({ addNodeView: () => view }) : extension;
});
