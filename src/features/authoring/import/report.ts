/** Something that an import has to say of a place in the source. */
export interface Item {
  path: string;
  what: string;
}
