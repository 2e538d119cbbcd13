import { type Callout, calloutOf } from '#platform/markdown/callouts.ts';
import { asDestination } from './destinations.ts';

/** Words in class names that make a box beside the text of an element; others that callouts know (such as "example") mean other things there. */
const boxWords = /^(note|info|tip|hint|important|warning|attention|caution|danger)$/;

/** The callout that an element's classes speak of: `lesson-note lesson-note--tip` is a tip. */
export function calloutOfClasses(classes: string): Callout | undefined {
  const words = classes.toLowerCase().split(/[\s_-]+/);
  return calloutOf(words.findLast((word) => boxWords.test(word)) ?? '');
}

const raisedCharacters: Record<'sub' | 'sup', Record<string, string>> = {
  sup: pairs('0123456789+-=()niabcdefghjklmoprstuvwxyz', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'),
  sub: pairs('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'),
};

function pairs(from: string, to: string): Record<string, string> {
  const raised = [...to];
  return Object.fromEntries([...from].map((character, index) => [character, raised[index]!]));
}

/** Superscript and subscript in Unicode's own characters where it has them all, else after `^` or `_`. */
export function raised(name: 'sub' | 'sup', text: string): string {
  const characters = [...text].map((character) => raisedCharacters[name][character]);
  if (characters.every((character) => character !== undefined)) return characters.join('');
  return `${name === 'sup' ? '^' : '\\_'}${text}`;
}

/** A link to what a page would have played inside itself. */
export function playerLink(element: string, address: string, title: string | undefined): string {
  const film = /(?:youtube(?:-nocookie)?\.com\/embed\/|youtu\.be\/)([\w-]{6,})/.exec(address);
  const target = film ? `https://www.youtube.com/watch?v=${film[1]}` : address.replace(/^\/\//, 'https://');
  const host = URL.canParse(target) ? new URL(target).hostname : '';
  const kind = element === 'audio' ? 'Audio' : film || element === 'video' || /vimeo/.test(host) ? 'Video' : 'Page';
  return `[${title ?? (host ? `${kind} at ${host}` : kind)}](${asDestination(target)})`;
}
