import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/** The first row of a table is its head, as in Markdown, whatever became of the rows; Enter goes on to the row beneath. */
export const tableHead = Extension.create({
  name: 'tableHead',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction(transactions, _before, { doc, schema, tr }) {
          if (!transactions.some((transaction) => transaction.docChanged)) return null;
          const { tableHeader, tableCell } = schema.nodes;
          doc.descendants((table, at) => {
            if (table.type.name !== 'table') return true;
            table.forEach((row, rowAt, index) =>
              row.forEach((cell, cellAt) => {
                const wanted = index === 0 ? tableHeader : tableCell;
                if (cell.type !== wanted) tr.setNodeMarkup(at + 1 + rowAt + 1 + cellAt, wanted, cell.attrs);
              }),
            );
            return false;
          });
          return tr.docChanged ? tr : null;
        },
      }),
    ];
  },
});
