import type { ElementNode, Node } from './html-tree.ts';

/** The lines of a pipe table. The first row is its head, which a pipe table cannot do without. */
export function rowsOf(table: ElementNode, cellText: (cell: ElementNode) => string): string[] {
  const rows = elementsNamed(table.children, ['tr'], ['thead', 'tbody', 'tfoot']).map((row) =>
    elementsNamed(row.children, ['td', 'th'], []).map((cell) => cellText(cell).replace(/\|/g, '\\|') || ' '),
  );
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  const line = (cells: string[]) => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? ' ').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(Array.from({ length: columns }, () => '---')), ...body.map(line)];
}

function elementsNamed(nodes: readonly Node[], names: string[], through: string[]): ElementNode[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'element') return [];
    if (names.includes(node.tag.name)) return [node];
    return through.includes(node.tag.name) ? elementsNamed(node.children, names, through) : [];
  });
}
