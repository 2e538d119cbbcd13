import type { Snippet } from 'svelte';

/** A column of a table: its heading, and what stands in its cell of a row. */
export interface Column<Item> {
  label: string;
  cell: Snippet<[Item]>;
  /** Names the row: it stands first, and on a phone over the others. */
  isTitle?: boolean;
  /** For numbers and moments, which are compared from the end. */
  align?: 'start' | 'end';
}
