import { markdownParser } from '#platform/markdown/parser.ts';
import { type DocMark, type DocNode, hasMark, isSoftBreak, sameMark, sortedMarks, stringAttr } from './document.ts';
import { commonLength, nesting } from './nesting.ts';

interface Place {
  /** A line has one line: breaks become spaces. */
  isOneLine: boolean;
  /** The cells of a table lose every kind of space at their edges, other places only blanks and tabs. */
  isCell?: boolean;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const ofText = ['code', 'softBreak'];
const expelling = ['bold', 'italic', 'strike'];

/** Words as Markdown can say them: no marks on the space at their edges, no space at the edges of lines, breaks only between words. */
export function tidyInline(nodes: readonly DocNode[], place: Place): DocNode[] {
  let words = nodes.flatMap((node) => tidyLeaf(node, place));
  for (let before = '', rounds = 0; before !== JSON.stringify(words) && rounds < 20; rounds += 1) {
    before = JSON.stringify(words);
    words = merged(withoutEdgeSpace(apartFormulas(expelSpace(merged(words))), place.isCell ?? false));
  }
  return words;
}

function tidyLeaf(node: DocNode, { isOneLine }: Place): DocNode[] {
  const marks = sortedMarks((node.marks ?? []).flatMap(tidyMark)).filter((mark) => node.type === 'text' || !ofText.includes(mark.type));
  const withMarks = (bare: DocNode): DocNode[] => [marks.length > 0 ? { ...bare, marks } : bare];
  switch (node.type) {
    case 'text':
      return textNode(node.text ?? '', marks, isOneLine);
    case 'hardBreak':
      return isOneLine ? textNode(' ', marks, true) : withMarks({ type: 'hardBreak' });
    case 'mathInline':
      return formula(oneLine(stringAttr(node, 'tex')), marks);
    case 'image': {
      const title = oneLine(stringAttr(node, 'title')) || null;
      const src = address(stringAttr(node, 'src'));
      return src === undefined ? [] : withMarks({ type: 'image', attrs: { src, alt: oneLine(stringAttr(node, 'alt')), title } });
    }
    default:
      return [];
  }
}

function textNode(text: string, marks: DocMark[], isOneLine: boolean): DocNode[] {
  if (text === '') return [];
  const isCode = marks.some((mark) => mark.type === 'code');
  const isBreak = !isOneLine && !isCode && text.trim() === '' && marks.some((mark) => mark.type === 'softBreak');
  const kept = isBreak ? marks : marks.filter((mark) => mark.type !== 'softBreak');
  const clean = isBreak ? ' ' : text.replace(/[\n\r\u2028\u2029]/g, ' ').replaceAll('\0', '\uFFFD');
  return [{ type: 'text', text: clean, ...(kept.length > 0 ? { marks: kept } : {}) }];
}

function tidyMark(mark: DocMark): DocMark[] {
  if (mark.type === 'anchor') {
    const id = stringAttr(mark, 'id').toLowerCase().slice(0, 100);
    return /^[^\s{}#]+$/.test(id) ? [{ type: 'anchor', attrs: { id } }] : [];
  }
  if (mark.type !== 'link') return [{ type: mark.type }];
  const href = address(stringAttr(mark, 'href'));
  return href === undefined ? [] : [{ type: 'link', attrs: { href, title: oneLine(stringAttr(mark, 'title')) || null } }];
}

/** An address as the parser would give it back, undefined when it would refuse it. */
function address(written: string): string | undefined {
  const normal = markdownParser.normalizeLink(written.trim().replace(/[\n\r<>]/g, ''));
  return normal !== '' && markdownParser.validateLink(normal) ? markdownParser.normalizeLink(normal) : undefined;
}

/** A formula that Markdown can hold between two dollars; else its source as words. */
function formula(written: string, marks: DocMark[]): DocNode[] {
  const tex = withoutLoneBackslash(written.replace(/(?<!\\)((?:\\\\)*)\$/g, '$1\\$'));
  if (tex === '') return [];
  // A formula that looks like a price says that it is none.
  const said = /^\d[\d.,]*,?\s/.test(tex) ? `{}${tex}` : tex;
  if (said.length >= 1000) return textNode(tex, marks, true);
  return [{ type: 'mathInline', attrs: { tex: said }, ...(marks.length > 0 ? { marks } : {}) }];
}

function withoutLoneBackslash(tex: string): string {
  const run = /\\*$/.exec(tex)![0].length;
  return run % 2 === 1 ? withoutLoneBackslash(tex.slice(0, -1).trim()) : tex;
}

/** Two formulas side by side would share their dollars. */
function apartFormulas(nodes: readonly DocNode[]): DocNode[] {
  return nodes.flatMap((node, index) =>
    node.type === 'mathInline' && nodes[index - 1]?.type === 'mathInline' ? [{ type: 'text', text: ' ' }, node] : [node],
  );
}

/** Spaces at the edge of marked words are not marked: `**bold **` would be no bold. */
function expelSpace(nodes: readonly DocNode[]): DocNode[] {
  const open = nesting(nodes);
  return nodes.flatMap((node, index) => {
    const before = commonLength(open[index]!, open[index - 1] ?? []);
    const after = commonLength(open[index]!, open[index + 1] ?? []);
    const within = (text: string, shared: number) => spaceWithin({ ...node, text }, open[index]!.slice(0, shared));
    if (node.type === 'hardBreak') return [spaceWithin(node, open[index]!.slice(0, Math.min(before, after)))];
    if (node.type !== 'text' || hasMark(node, 'code')) return [node];
    const text = node.text ?? '';
    if (text.trim() === '') return [within(text, Math.min(before, after))];
    const lead = /^\s*/.exec(text)![0];
    const trail = /\s*$/.exec(text)![0];
    const middle = { ...node, text: text.slice(lead.length, text.length - trail.length) };
    return [...(lead ? [within(lead, before)] : []), middle, ...(trail ? [within(trail, after)] : [])];
  });
}

/** The space, with only those of its emphases that go on beside it. */
function spaceWithin(node: DocNode, shared: readonly DocMark[]): DocNode {
  const { marks = [], ...bare } = node;
  const kept = marks.filter((mark) => !expelling.includes(mark.type) || shared.some((other) => sameMark(mark, other)));
  return kept.length > 0 ? { ...bare, marks: kept } : bare;
}

const breaksLine = (node: DocNode | undefined) => node === undefined || node.type === 'hardBreak' || isSoftBreak(node);

function withoutEdgeSpace(nodes: readonly DocNode[], isCell: boolean): DocNode[] {
  return nodes.flatMap((node, index) => {
    const before = nodes[index - 1];
    const after = nodes[index + 1];
    if (breaksLine(node)) {
      const isLost = !before || !after || isSoftBreak(before) || (isSoftBreak(node) && (breaksLine(before) || breaksLine(after)));
      return isLost || (node.type === 'hardBreak' && before.type === 'hardBreak') ? [] : [node];
    }
    if (node.type !== 'text' || hasMark(node, 'code')) return [node];
    let text = node.text ?? '';
    if (breaksLine(before)) text = isCell ? text.trimStart() : text.replace(/^[ \t]+/, '');
    if (breaksLine(after)) text = isCell ? text.trimEnd() : text.replace(/[ \t]+$/, '');
    return text === '' ? [] : [{ ...node, text }];
  });
}

function merged(nodes: readonly DocNode[]): DocNode[] {
  const runs: DocNode[] = [];
  for (const node of nodes) {
    const last = runs.at(-1);
    const joins = last?.type === 'text' && node.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(node.marks ?? []);
    if (joins && !isSoftBreak(node)) runs[runs.length - 1] = { ...last, text: `${last.text}${node.text}` };
    else if (!(joins && isSoftBreak(node))) runs.push(node);
  }
  return runs;
}
