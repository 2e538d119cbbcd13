import { formulaHtml } from '#platform/markdown/formula.ts';

const elements = /^(math|m[a-z]+)$/;

/** Draws a formula into an element, and says whether it could be read. Only elements of MathML and their attributes come in: nothing of it is taken as HTML. */
export function drawFormula(dom: HTMLElement, tex: string, isBlock: boolean): boolean {
  // Even where it is only read, the browser calls a style within a breach of the page's policy.
  const html = formulaHtml(tex, isBlock).replace(/ style="[^"]*"/g, '');
  const root = new DOMParser().parseFromString(html, 'text/html').querySelector('math');
  if (!root) return false;
  dom.replaceChildren(copied(root));
  return true;
}

function copied(element: Element): Element {
  const copy = document.createElementNS('http://www.w3.org/1998/Math/MathML', element.localName);
  for (const { name, value } of element.attributes) if (name !== 'style' && !name.startsWith('on')) copy.setAttribute(name, value);
  for (const child of element.childNodes) {
    if (child instanceof Element && elements.test(child.localName)) copy.append(copied(child));
    else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}
