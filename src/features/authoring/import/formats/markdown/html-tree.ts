import { type Tag, tagsOf, voidElements } from './html-tags.ts';

/** A Markdown source as a tree: its raw HTML are the elements, everything between is text. */
export type Node = TextNode | ElementNode;

interface TextNode {
  type: 'text';
  text: string;
  inBlock: boolean;
}

export interface ElementNode {
  type: 'element';
  tag: Tag;
  /** False when the closing tag is missing. */
  closed: boolean;
  children: Node[];
}

/** Elements that a new one of the same name closes. */
const closesItself = new Set(['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'option']);

/** Reads the HTML of a source into a tree. A closing tag without its opening one is left out; an element that nobody closes ends with its parent. */
export function parseHtml(source: string): { nodes: Node[]; comments: number } {
  const root: ElementNode[] = [];
  const nodes: Node[] = [];
  const children = () => root.at(-1)?.children ?? nodes;
  const { tags, regions } = tagsOf(source);
  let comments = 0;
  let done = 0;
  const text = (end: number) => {
    for (const region of regions) {
      const [from, to] = [Math.max(done, region.start), Math.min(end, region.end)];
      if (to > from) children().push({ type: 'text', text: source.slice(from, to), inBlock: region.kind === 'html' });
    }
    done = end;
  };
  for (const tag of tags) {
    text(tag.start);
    done = tag.end;
    if (tag.kind === 'comment') comments += 1;
    else if (tag.kind === 'open') {
      if (closesItself.has(tag.name) && root.at(-1)?.tag.name === tag.name) root.pop();
      const element: ElementNode = { type: 'element', tag, closed: voidElements.has(tag.name), children: [] };
      children().push(element);
      if (!element.closed) root.push(element);
    } else {
      const depth = root.findLastIndex((element) => element.tag.name === tag.name);
      if (depth < 0) continue;
      root[depth]!.closed = true;
      root.splice(depth);
    }
  }
  text(source.length);
  return { nodes, comments };
}
