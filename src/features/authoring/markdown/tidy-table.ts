import type { DocNode } from './document.ts';
import { tidyInline } from './tidy-inline.ts';

/** A table as Markdown has them: one row of headings, cells of one line, as many in each row, one alignment a column. */
export function tidyTable(node: DocNode): DocNode[] {
  const rows = (node.content ?? []).map((row) => row.content ?? []);
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return [];
  const aligns = Array.from({ length: width }, (_, column) => alignOf(rows[0]?.[column]));
  const content = rows.map((cells, row) => ({
    type: 'tableRow',
    content: aligns.map((align, column) => ({
      type: row === 0 ? 'tableHeader' : 'tableCell',
      attrs: { align },
      content: [cellWords(cells[column])],
    })),
  }));
  return [{ type: 'table', content }];
}

function alignOf(cell: DocNode | undefined): string | null {
  const align = cell?.attrs?.align;
  return align === 'left' || align === 'center' || align === 'right' ? align : null;
}

function cellWords(cell: DocNode | undefined): DocNode {
  const words = (cell?.content ?? []).flatMap((block, index) => [...(index > 0 ? [{ type: 'text', text: ' ' }] : []), ...(block.content ?? [])]);
  const content = tidyInline(words, { isOneLine: true, isCell: true });
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
}
