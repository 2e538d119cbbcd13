import { asDestination } from './destinations.ts';
import { rowsOf } from './html-tables.ts';
import { decodeEntities } from './html-tags.ts';
import { type ElementNode, type Node, parseHtml } from './html-tree.ts';
import { calloutOfClasses, playerLink, raised } from './html-words.ts';

/** What became of a source's raw HTML: how often each element found a Markdown form, lost only its tags, or went with its content. */
export interface HtmlCounts {
  converted: Record<string, number>;
  unwrapped: Record<string, number>;
  removed: Record<string, number>;
}

/** Markdown without raw HTML: what has a form in Markdown gets it, of the rest the words stay. */
export function htmlToMarkdown(source: string): { markdown: string; counts: HtmlCounts } {
  const { nodes, comments } = parseHtml(source);
  const counts: HtmlCounts = { converted: {}, unwrapped: {}, removed: {} };
  if (comments > 0) counts.removed.comment = comments;
  if (comments === 0 && nodes.every((node) => node.type === 'text')) return { markdown: source, counts };
  const markdown = new Writer(source, counts).write(nodes, '');
  return { markdown: `${markdown.trim()}\n`, counts };
}

const removed = new Set([
  'script',
  'style',
  'template',
  'head',
  'svg',
  'canvas',
  'noscript',
  'object',
  'link',
  'meta',
  'base',
  'map',
  'frameset',
]);
const paragraphs = new Set(
  'p div section article main header footer center figure figcaption nav aside address form fieldset legend dl dt dd hgroup body html noframes dialog dir menu search'.split(
    ' ',
  ),
);
const marks: Record<string, string> = {
  b: '**',
  strong: '**',
  i: '*',
  em: '*',
  cite: '*',
  var: '*',
  dfn: '*',
  s: '~~',
  del: '~~',
  strike: '~~',
};
const codes = new Set(['code', 'kbd', 'samp', 'tt']);

class Writer {
  readonly #source: string;
  readonly #counts: HtmlCounts;

  constructor(source: string, counts: HtmlCounts) {
    this.#source = source;
    this.#counts = counts;
  }

  write(nodes: readonly Node[], indent: string): string {
    let result = '';
    for (const node of nodes) {
      const piece =
        node.type === 'text' ? { text: node.inBlock ? withoutIndents(node.text, indent) : node.text, isBlock: false } : this.#element(node);
      if (piece.isBlock) {
        const text = piece.text.trim();
        result = result.trimEnd() === '' ? '' : `${result.trimEnd()}\n\n`;
        if (text !== '') result += `${(node as ElementNode).tag.indent}${text}\n\n`;
      } else result += result.endsWith('\n\n') ? piece.text.replace(/^(?:[ \t]*\n)+/, '') : piece.text;
    }
    return result;
  }

  #count(kind: keyof HtmlCounts, node: ElementNode): void {
    this.#counts[kind][node.tag.name] = (this.#counts[kind][node.tag.name] ?? 0) + 1;
  }

  #inner(node: ElementNode): string {
    return this.write(node.children, node.tag.indent);
  }

  /** The content as words on one line, for places that know no blocks. */
  #line(node: ElementNode): string {
    return this.#inner(node)
      .replace(/\s*\\?\n\s*/g, ' ')
      .trim();
  }

  #plain(node: ElementNode): string {
    const words = node.children.map((child) => (child.type === 'text' ? child.text : this.#plain(child)));
    return decodeEntities(words.join(''));
  }

  #element(node: ElementNode): { text: string; isBlock: boolean } {
    const { name, inBlock } = node.tag;
    // Somebody who writes of "the <section> tag" in a sentence means the word.
    if (!node.closed && !inBlock)
      return { text: `\\${this.#source.slice(node.tag.start, node.tag.end)}${this.#inner(node)}`, isBlock: false };
    const converted = this.#converted(node);
    if (converted) {
      this.#count('converted', node);
      return converted;
    }
    if (removed.has(name)) {
      this.#count('removed', node);
      return { text: '', isBlock: inBlock };
    }
    this.#count('unwrapped', node);
    return { text: this.#inner(node), isBlock: inBlock && paragraphs.has(name) };
  }

  #converted(node: ElementNode): { text: string; isBlock: boolean } | undefined {
    const { name, attributes } = node.tag;
    const block = (text: string) => ({ text, isBlock: true });
    const inline = (text: string) => ({ text, isBlock: false });
    const heading = /^h([1-6])$/.exec(name);
    if (heading) return block(`${'#'.repeat(Number(heading[1]))} ${this.#line(node)}${attributes.id ? ` {#${attributes.id}}` : ''}`);
    if (marks[name]) return inline(this.#marked(node, marks[name]));
    if (codes.has(name)) return inline(codeSpan(this.#plain(node)));
    if (name === 'sub' || name === 'sup') return inline(raised(name, this.#line(node)));
    if (name === 'br') return inline(node.tag.oneLine ? ' ' : this.#source[node.tag.end] === '\n' ? '\\' : `\\\n${node.tag.indent}`);
    if (name === 'hr') return block('---');
    if (name === 'pre') return block(this.#pre(node));
    if (name === 'blockquote') return block(prefixed(this.#inner(node), '> ', node.tag.indent));
    if (name === 'ul' || name === 'ol') return block(this.#list(node));
    if (name === 'table') return block(rowsOf(node, (cell) => this.#line(cell)).join(`\n${node.tag.indent}`));
    if (name === 'details') return block(this.#details(node));
    if (name === 'img')
      return attributes.src
        ? inline(`![${(attributes.alt ?? '').replace(/([[\]\\])/g, '\\$1')}](${asDestination(attributes.src)})`)
        : undefined;
    if (['iframe', 'video', 'audio', 'embed'].includes(name)) return this.#player(node);
    const callout = ['div', 'aside', 'section'].includes(name) ? calloutOfClasses(attributes.class ?? '') : undefined;
    if (callout) return block(contained(callout, this.#inner(node), node.tag.indent));
    if (name === 'a' && attributes.href) return inline(`[${this.#line(node)}](${asDestination(attributes.href)})`);
    const anchor = attributes.id ?? (name === 'a' ? attributes.name : undefined);
    if (anchor && ['a', 'span'].includes(name) && !/[\s{}#]/.test(anchor)) return inline(`[${this.#inner(node).trim()}]{#${anchor}}`);
    return undefined;
  }

  #marked(node: ElementNode, mark: string): string {
    const text = this.#line(node);
    return text === '' ? '' : mark + text + mark;
  }

  #pre(node: ElementNode): string {
    const code = node.children.find((child) => child.type === 'element' && child.tag.name === 'code');
    const language =
      /(?:lang(?:uage)?|highlight-source)-([\w+#.-]+)/.exec(
        `${node.tag.attributes.class ?? ''} ${code?.type === 'element' ? code.tag.attributes.class : ''}`,
      )?.[1] ?? '';
    const text = this.#plain(node).replace(/^\n|\s+$/g, '');
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
    return [`${fence}${language}`, ...text.split('\n'), fence].join(`\n${node.tag.indent}`);
  }

  #list(node: ElementNode): string {
    const items = node.children.filter((child): child is ElementNode => child.type === 'element' && child.tag.name === 'li');
    const start = Number(node.tag.attributes.start ?? 1) || 1;
    return items
      .map((item, index) => {
        const mark = node.tag.name === 'ol' ? `${start + index}. ` : '- ';
        return (
          mark +
          this.write(item.children, '')
            .trim()
            .replace(/\n(?!\n)/g, `\n${node.tag.indent}${' '.repeat(mark.length)}`)
        );
      })
      .join(`\n${node.tag.indent}`);
  }

  #details(node: ElementNode): string {
    const summary = node.children.find((child): child is ElementNode => child.type === 'element' && child.tag.name === 'summary');
    const content = this.write(
      node.children.filter((child) => child !== summary),
      node.tag.indent,
    );
    return contained(`details ${summary ? this.#line(summary) : ''}`.trim(), content, node.tag.indent);
  }

  #player(node: ElementNode): { text: string; isBlock: boolean } | undefined {
    const source = node.children.find((child): child is ElementNode => child.type === 'element' && child.tag.name === 'source');
    const address = node.tag.attributes.src ?? source?.tag.attributes.src;
    return address ? { text: playerLink(node.tag.name, address, node.tag.attributes.title), isBlock: node.tag.inBlock } : undefined;
  }
}

function contained(head: string, content: string, indent: string): string {
  return `::: ${head}\n\n${content.replace(/^(?:[ \t]*\n)+/, '').trimEnd() || ''}\n\n${indent}:::`;
}

function prefixed(content: string, prefix: string, indent: string): string {
  return content
    .trim()
    .split('\n')
    .map((line) => `${prefix}${line}`.trimEnd())
    .join(`\n${indent}`);
}

function codeSpan(text: string): string {
  const code = text.replace(/\s+/g, ' ').trim();
  const ticks = '`'.repeat(1 + Math.max(0, ...[...code.matchAll(/`+/g)].map((run) => run[0].length)));
  if (code === '') return '';
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return ticks + pad + code + pad + ticks;
}

/** Within a block of HTML indentation means nothing; in Markdown it would make code. */
function withoutIndents(text: string, indent: string): string {
  return text.replace(/\n[ \t]+/g, (_, offset: number) => (offset + 1 < text.length ? `\n${indent}` : '\n'));
}
