import { SaxesParser } from 'saxes';
import { escapeHtml } from '#platform/html/escape.ts';

/** An element with what is between its tags, in order. */
export interface XmlNode {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: (XmlNode | string)[];
}

/** Why a text cannot be read as XML, in words for whoever packed it. */
export class BrokenXml extends Error {}

const deepest = 100;

/** Reads XML. A document type is refused, and with it every entity that a file could define: what a file means is in the file. */
export function parseXml(text: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new BrokenXml('it declares a document type or entities');
  });
  parser.on('error', (error) => {
    throw new BrokenXml(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) throw new BrokenXml(`its elements lie more than ${deepest} deep in each other`);
    const node: XmlNode = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const words = (part: string) => open.at(-1)!.children.push(part);
  parser.on('text', words);
  parser.on('cdata', words);
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return elementsOf(root)[0]!;
}

export function elementsOf(node: XmlNode): XmlNode[] {
  return node.children.filter((child) => typeof child !== 'string');
}

/** Every element beneath this one, in the order of the text. */
export function descendantsOf(node: XmlNode): XmlNode[] {
  return elementsOf(node).flatMap((child) => [child, ...descendantsOf(child)]);
}

export function textOf(node: XmlNode): string {
  return node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** What is inside an element, as HTML. */
export function htmlOf(children: readonly (XmlNode | string)[]): string {
  return children.map((child) => (typeof child === 'string' ? escapeHtml(child) : elementHtml(child))).join('');
}

function elementHtml(node: XmlNode): string {
  return voids.has(node.name) ? openTag(node, '>') : `${openTag(node, '>')}${htmlOf(node.children)}</${node.name}>`;
}

/** The element as XML again. */
export function xmlOf(node: XmlNode): string {
  if (node.children.length === 0) return openTag(node, '/>');
  const inner = node.children.map((child) => (typeof child === 'string' ? escapeHtml(child) : xmlOf(child))).join('');
  return `${openTag(node, '>')}${inner}</${node.name}>`;
}

function openTag({ name, attributes }: XmlNode, end: string): string {
  const words = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`);
  return `<${name}${words.join('')}${end}`;
}
