import { readFile } from 'node:fs/promises';
import type { CourseDraft } from '../../draft.ts';
import { limits, type SourceTree } from '../../source/source-tree.ts';
import { BrokenXml, elementsOf, parseXml, type XmlNode } from './xml.ts';

/** Notes of what becomes of each part of the source. */
export type Notes = Pick<CourseDraft, 'cameIn' | 'kept' | 'changed' | 'leftOut'>;

/** A part of the course where it was found: in a file of its own, or within another part. */
export interface Part {
  kind: string;
  /** Its name among parts of its kind. */
  name: string;
  node: XmlNode;
  /** The file that it is written in. */
  path: string;
  /** Whether the file is about nothing else. */
  ownsFile: boolean;
}

/** An opened OLX course: parts are files named by their kind and name, or lie within each other. */
export class Pack {
  readonly tree: SourceTree;
  readonly notes: Notes;

  constructor(tree: SourceTree, notes: Notes) {
    this.tree = tree;
    this.notes = notes;
  }

  has(path: string): boolean {
    return this.tree.files.has(path);
  }

  /** A file's text, or undefined when there is none that can be read. */
  async text(path: string): Promise<string | undefined> {
    const file = this.tree.files.get(path);
    if (!file) return undefined;
    if (file.sizeBytes > limits.textBytes) {
      this.notes.leftOut.push({ path, what: `broken: longer than ${limits.textBytes / 1024 / 1024} MB` });
      return undefined;
    }
    const text = (await readFile(file.diskPath)).toString('utf8');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds it, and no row of the database can
    if (!/[\uFFFD\u0000]/.test(text)) return text;
    this.notes.leftOut.push({ path, what: 'broken: it is no UTF-8 text' });
    return undefined;
  }

  /** The element that a file holds, or undefined when it is missing or broken. */
  async xml(path: string): Promise<XmlNode | undefined> {
    const text = await this.text(path);
    if (text === undefined) return undefined;
    try {
      return parseXml(text);
    } catch (error) {
      if (!(error instanceof BrokenXml)) throw error;
      this.notes.leftOut.push({ path, what: `broken: ${error.message}` });
      return undefined;
    }
  }

  /** The part that an element stands for: `<vertical url_name="x"/>` is the file `vertical/x.xml`. Undefined when that file is missing or broken. */
  async part(node: XmlNode, within: Part): Promise<Part | undefined> {
    const name = node.attributes.url_name ?? '';
    const path = `${node.name}/${name.replaceAll(':', '/')}.xml`;
    const isPointer = name !== '' && elementsOf(node).length === 0 && this.has(path);
    if (!isPointer) return this.#within(node, within, path);
    const found = await this.xml(path);
    if (!found) return undefined;
    const attributes = { ...node.attributes, ...found.attributes };
    return { kind: node.name, name, node: { ...found, attributes }, path, ownsFile: true };
  }

  #within(node: XmlNode, within: Part, path: string): Part | undefined {
    const isEmpty = node.children.length === 0 && Object.keys(node.attributes).every((name) => name === 'url_name');
    if (isEmpty && node.attributes.url_name !== undefined && !(node.name === 'html' && this.has(path.replace(/xml$/, 'html')))) {
      this.notes.leftOut.push({ path: within.path, what: `the ${node.name} “${node.attributes.url_name}” that it names is missing` });
      return undefined;
    }
    return { kind: node.name, name: node.attributes.url_name ?? '', node, path: within.path, ownsFile: false };
  }

  /** The parts within a part, in order. */
  async parts(part: Part, isWanted: (node: XmlNode) => boolean = () => true): Promise<Part[]> {
    const found: Part[] = [];
    for (const node of elementsOf(part.node)) {
      const inner = isWanted(node) ? await this.part(node, part) : undefined;
      if (inner) found.push(inner);
    }
    return found;
  }
}

/** What a part is called for people. */
export function titleOf(part: Part): string | undefined {
  return part.node.attributes.display_name?.replace(/\s+/g, ' ').trim().slice(0, 200) || undefined;
}

/** How the report names a part. */
export function placeOf(part: Part): string {
  return part.ownsFile ? part.path : `${part.path} (${[part.kind, part.name].filter(Boolean).join(' ')})`;
}
