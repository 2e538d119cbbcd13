import type { NewQuestion } from '#features/assessment/index.server.ts';
import { pageToMarkdown } from './html.ts';
import { readResponse, responseKinds } from './responses.ts';
import { descendantsOf, elementsOf, htmlOf, textOf, type XmlNode } from './xml.ts';

/** What a problem asks, or why it cannot be a question here. */
export type ReadProblem = { kind: 'questions'; questions: NewQuestion[]; changed: string[] } | { kind: 'unknown'; why: string };

/** Reads a problem: each thing to answer in it is a question. A problem that a program makes or marks is none. */
export function readProblem(problem: XmlNode): ReadProblem {
  const all = descendantsOf(problem);
  if (all.some((node) => node.name === 'script')) return { kind: 'unknown', why: 'a program makes or marks it' };
  const responses = all.filter((node) => node.name.endsWith('response'));
  const strange = responses.find((node) => !responseKinds.has(node.name));
  if (strange) return { kind: 'unknown', why: `there is no kind of question for <${strange.name}>` };
  if (responses.length === 0) return { kind: 'unknown', why: 'it asks nothing that can be marked' };

  const payloads = responses.map(readResponse);
  const broken = payloads.find((payload) => typeof payload === 'string');
  if (broken !== undefined) return { kind: 'unknown', why: broken };
  const explanation = explanationOf(all);
  const questions = responses.map((response, index) => ({
    ...(payloads[index] as Exclude<(typeof payloads)[number], string>),
    text: responses.length === 1 ? textAlone(problem, response) : textAmong(problem, responses, index),
    explanation: explanation || null,
  }));
  if (questions.some((question) => question.text.trim() === '')) return { kind: 'unknown', why: 'its question has no words' };
  return { kind: 'questions', questions, changed: lostOf(all) };
}

/** Parts of a response that are not what it asks. */
const machinery = new Set(['solution', 'demandhint', 'choicegroup', 'checkboxgroup', 'optioninput', 'textline', 'formulaequationinput']);
const silent = new Set([...machinery, 'responseparam', 'additional_answer', 'correcthint', 'stringequalhint', 'compoundhint']);

function textAlone(problem: XmlNode, response: XmlNode): string {
  return wordsOf(problem, (node) => (node === response ? response.children.filter((child) => typeof child === 'string' || !silent.has(child.name)) : undefined));
}

/** Of several answers in one text, this is the one at its number. */
function textAmong(problem: XmlNode, responses: readonly XmlNode[], index: number): string {
  const text = wordsOf(problem, (node) => {
    const place = responses.indexOf(node);
    return place < 0 ? undefined : [...node.children.filter((child) => typeof child !== 'string' && !silent.has(child.name)), `(${place + 1})`];
  });
  return `${text}\n\n**What belongs at (${index + 1})?**`;
}

/** The problem's words as Markdown, with other content for some elements. */
function wordsOf(problem: XmlNode, instead: (node: XmlNode) => (XmlNode | string)[] | undefined): string {
  const change = (node: XmlNode): XmlNode => ({
    ...node,
    name: node.name === 'label' || node.name === 'description' ? 'p' : node.name,
    children: (instead(node) ?? node.children.filter((child) => typeof child === 'string' || !machinery.has(child.name))).map((child) =>
      typeof child === 'string' ? child : change(child),
    ),
  });
  return pageToMarkdown(htmlOf(change(problem).children)).markdown;
}

function explanationOf(all: readonly XmlNode[]): string {
  const texts = all.filter((node) => node.name === 'solution').map((node) => pageToMarkdown(htmlOf(node.children)).markdown);
  return texts
    .join('\n\n')
    .replace(/^Explanation:?\s+/i, '')
    .trim();
}

function lostOf(all: readonly XmlNode[]): string[] {
  const hints = all.filter((node) => node.name === 'demandhint').flatMap(elementsOf).filter((hint) => textOf(hint).trim() !== '');
  return [
    ...(hints.length > 0 ? [`${hints.length} hint${hints.length === 1 ? '' : 's'} left out: questions have none`] : []),
    ...(all.some((node) => node.attributes.partial_credit !== undefined) ? ['partial credit is not kept: an answer is right or wrong'] : []),
  ];
}
