import type { NewQuestion } from '#features/assessment/index.server.ts';
import { pageToMarkdown } from './html.ts';
import { descendantsOf, elementsOf, htmlOf, textOf, type XmlNode } from './xml.ts';

type Read = (response: XmlNode) => Answer | string;
/** What a response element asks for, as a question's kind and payload. */
export type Answer = { [Type in NewQuestion['type']]: Pick<Extract<NewQuestion, { type: Type }>, 'type' | 'payload'> }[NewQuestion['type']];

const readers: Record<string, Read> = {
  multiplechoiceresponse: oneOfChoices,
  choiceresponse: someOfChoices,
  optionresponse: oneOfOptions,
  numericalresponse: number,
  stringresponse: words,
};

/** The elements that can become a question. */
export const responseKinds: ReadonlySet<string> = new Set(Object.keys(readers));

/** Reads what a response asks for; a string says why it cannot be asked here. */
export function readResponse(response: XmlNode): Answer | string {
  return readers[response.name]!(response);
}

interface Option {
  text: string;
  isCorrect: boolean;
  feedback?: string;
}

function choicesOf(response: XmlNode): Option[] {
  return descendantsOf(response)
    .filter((node) => node.name === 'choice')
    .map((choice) => {
      const isHint = (child: XmlNode | string) => typeof child !== 'string' && child.name === 'choicehint';
      const hint = elementsOf(choice).find((child) => isHint(child) && child.attributes.selected !== 'false');
      const feedback = hint && pageToMarkdown(htmlOf(hint.children)).markdown;
      return {
        text: pageToMarkdown(htmlOf(choice.children.filter((child) => !isHint(child)))).markdown,
        isCorrect: choice.attributes.correct?.toLowerCase() === 'true',
        ...(feedback ? { feedback } : {}),
      };
    });
}

function oneOfChoices(response: XmlNode): Answer | string {
  return oneOf(choicesOf(response));
}

function oneOf(options: Option[]): Answer | string {
  const right = options.filter((option) => option.isCorrect).length;
  if (right !== 1) return right === 0 ? 'none of its answers is right' : 'several of its answers are right, and one of them is to be chosen';
  return areWords(options) ? { type: 'MULTIPLE_CHOICE', payload: { options } } : 'one of its answers has no words';
}

function someOfChoices(response: XmlNode): Answer | string {
  const options = choicesOf(response);
  if (options.length < 2) return 'there is nothing to choose';
  return areWords(options) ? { type: 'MULTIPLE_ANSWER', payload: { options } } : 'one of its answers has no words';
}

function areWords(options: Option[]): boolean {
  return options.length > 1 && options.every((option) => option.text !== '');
}

function oneOfOptions(response: XmlNode): Answer | string {
  const input = descendantsOf(response).find((node) => node.name === 'optioninput');
  if (!input) return 'there is nothing to choose';
  const listed = [...(input.attributes.options ?? '').matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, single, double]) => single ?? double ?? '');
  const written = elementsOf(input).filter((node) => node.name === 'option');
  return oneOf(
    written.length > 0
      ? written.map((option) => ({ text: textOf({ ...option, children: option.children.filter((child) => typeof child === 'string') }).trim(), isCorrect: option.attributes.correct?.toLowerCase() === 'true' }))
      : listed.map((text) => ({ text: text.trim(), isCorrect: text.trim() === input.attributes.correct?.trim() })),
  );
}

function number(response: XmlNode): Answer | string {
  const { answer = '' } = response.attributes;
  const tolerance = descendantsOf(response).find((node) => node.name === 'responseparam' && node.attributes.default !== undefined)?.attributes.default ?? '0';
  const [, amount, percent] = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*(%?)\s*$/i.exec(tolerance) ?? [];
  const value = answer.trim() === '' ? Number.NaN : Number(answer);
  if (Number.isNaN(value) || amount === undefined || Number.isNaN(Number(amount))) return `its answer is worked out (${answer}), not a number`;
  return { type: 'NUMERIC', payload: { answer: value, tolerance: { unit: percent ? 'percent' : 'absolute', value: Number(amount) } } };
}

function words(response: XmlNode): Answer | string {
  const { type = '', answer = '' } = response.attributes;
  if (type.includes('regexp')) return 'its answer is a pattern, not words';
  const more = elementsOf(response).filter((node) => node.name === 'additional_answer').map((node) => node.attributes.answer ?? textOf(node));
  const accepted = [...new Set([answer, ...more].map((word) => word.trim()).filter(Boolean))];
  if (accepted.length === 0) return 'no answer is right';
  return { type: 'SHORT_ANSWER', payload: { accepted, isCaseSensitive: !type.split(' ').includes('ci') } };
}
