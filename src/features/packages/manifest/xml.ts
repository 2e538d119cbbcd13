import { SaxesParser } from 'saxes';
import { AppError } from '#platform/errors.ts';

/** An element of an XML document. Names are without their prefixes: packages in the wild disagree on namespaces, not on names. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
}

const most = { elements: 200_000, depth: 100 };

/** Reads an XML document that somebody else wrote. Nothing outside it is read, and nothing in it is declared: a document type is refused. */
export function readXml(text: string, file: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let count = 0;
  parser.on('doctype', () => {
    throw new AppError('invalid', `${file} declares a document type. No package needs one, and entities can do harm.`);
  });
  parser.on('error', (error) => {
    throw new AppError('invalid', `${file} is not well-formed XML (${error.message.replace(/\s+/g, ' ').slice(0, 200)}).`);
  });
  parser.on('opentag', ({ local, attributes }) => {
    count += 1;
    if (count > most.elements || open.length > most.depth) throw new AppError('invalid', `${file} is larger or deeper than any real one.`);
    const named = Object.values(attributes).map(({ local, prefix, value }): [string, string] => [
      prefix === 'xml' ? `xml:${local}` : local,
      value,
    ]);
    const element: XmlElement = { name: local, attributes: Object.fromEntries(named), children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    open.at(-1)!.text += piece;
  });
  parser.on('cdata', (piece) => {
    open.at(-1)!.text += piece;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  return top.children[0]!;
}

/** The children of a name. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The text of the first child of a name, in one line; empty when there is none. */
export function textOf(element: XmlElement | undefined, name: string): string {
  return childrenOf(element, name)[0]?.text.replace(/\s+/g, ' ').trim() ?? '';
}
