/** What an element of the data model takes: a regular expression, and for numbers their range. */
export interface CmiForm {
  pattern: string;
  range?: [number, number];
}

/** One element. `n` and `m` in its name stand for places in a list. */
export interface CmiElement {
  name: string;
  access: 'r' | 'w' | 'rw';
  form: CmiForm;
}

const text = (longest: number): CmiForm => ({ pattern: `^[\\s\\S]{0,${longest}}$` });
const words = (...known: string[]): CmiForm => ({ pattern: `^(${known.join('|')})$` });
const integer = (from: number, to: number): CmiForm => ({ pattern: '^-?\\d{1,5}$', range: [from, to] });

const decimal = '^-?\\d{1,9}(\\.\\d{1,9})?$';
const line = text(255);
const identifier: CmiForm = { pattern: '^[!-~]{1,255}$' };
/** Empty says that there is none. */
const score: CmiForm = { pattern: `^$|${decimal}`, range: [0, 100] };
const timeOfDay: CmiForm = { pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,2})?$' };
const span: CmiForm = { pattern: '^\\d{2,4}:\\d{2}:\\d{2}(\\.\\d{1,2})?$' };
const reached = ['passed', 'completed', 'failed', 'incomplete', 'browsed'];

const element = (access: CmiElement['access'], name: string, form: CmiForm = line): CmiElement => ({ name, access, form });

/** The data model of SCORM 1.2, whole. Source: SCORM 1.2 Run-Time Environment, 3.4 (ADL, 2001). */
export const cmiElements: readonly CmiElement[] = [
  element('r', 'cmi._version'),
  element('r', 'cmi.core._children'),
  element('r', 'cmi.core.student_id'),
  element('r', 'cmi.core.student_name'),
  element('rw', 'cmi.core.lesson_location'),
  element('r', 'cmi.core.credit'),
  element('rw', 'cmi.core.lesson_status', words(...reached)),
  element('r', 'cmi.core.entry'),
  element('r', 'cmi.core.score._children'),
  element('rw', 'cmi.core.score.raw', score),
  element('rw', 'cmi.core.score.min', score),
  element('rw', 'cmi.core.score.max', score),
  element('r', 'cmi.core.total_time'),
  element('r', 'cmi.core.lesson_mode'),
  element('w', 'cmi.core.exit', words('time-out', 'suspend', 'logout', '')),
  element('w', 'cmi.core.session_time', span),
  element('rw', 'cmi.suspend_data', text(4096)),
  element('r', 'cmi.launch_data'),
  element('rw', 'cmi.comments', text(4096)),
  element('r', 'cmi.comments_from_lms'),
  element('r', 'cmi.objectives._children'),
  element('r', 'cmi.objectives._count'),
  element('rw', 'cmi.objectives.n.id', identifier),
  element('r', 'cmi.objectives.n.score._children'),
  element('rw', 'cmi.objectives.n.score.raw', score),
  element('rw', 'cmi.objectives.n.score.min', score),
  element('rw', 'cmi.objectives.n.score.max', score),
  element('rw', 'cmi.objectives.n.status', words(...reached, 'not attempted')),
  element('r', 'cmi.student_data._children'),
  element('r', 'cmi.student_data.mastery_score'),
  element('r', 'cmi.student_data.max_time_allowed'),
  element('r', 'cmi.student_data.time_limit_action'),
  element('r', 'cmi.student_preference._children'),
  element('rw', 'cmi.student_preference.audio', integer(-1, 100)),
  element('rw', 'cmi.student_preference.language'),
  element('rw', 'cmi.student_preference.speed', integer(-100, 100)),
  element('rw', 'cmi.student_preference.text', integer(-1, 1)),
  element('r', 'cmi.interactions._children'),
  element('r', 'cmi.interactions._count'),
  element('w', 'cmi.interactions.n.id', identifier),
  element('r', 'cmi.interactions.n.objectives._count'),
  element('w', 'cmi.interactions.n.objectives.m.id', identifier),
  element('w', 'cmi.interactions.n.time', timeOfDay),
  element(
    'w',
    'cmi.interactions.n.type',
    words('true-false', 'choice', 'fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric'),
  ),
  element('r', 'cmi.interactions.n.correct_responses._count'),
  element('w', 'cmi.interactions.n.correct_responses.m.pattern'),
  element('w', 'cmi.interactions.n.weighting', { pattern: decimal }),
  element('w', 'cmi.interactions.n.student_response'),
  element('w', 'cmi.interactions.n.result', { pattern: `^(correct|wrong|unanticipated|neutral)$|${decimal}` }),
  element('w', 'cmi.interactions.n.latency', span),
];

/** Values by their full names, as content sets and reads them. */
export type CmiValues = Readonly<Record<string, string>>;

/** Longer lists are refused. */
export const mostPlaces = 1000;

const byName = new Map(cmiElements.map((known) => [known.name, known]));

/** The element that a full name means, with `cmi.objectives.3.id` for `cmi.objectives.n.id`. */
function elementOf(name: string): CmiElement | undefined {
  const places = name.match(/\.(\d{1,4})(?=\.)/g) ?? [];
  if (places.some((place) => Number(place.slice(1)) >= mostPlaces)) return undefined;
  let count = 0;
  return byName.get(name.replace(/\.\d{1,4}(?=\.)/g, () => (count++ === 0 ? '.n' : '.m')));
}

/** Whether content may set this element to this value. The player asks the same before it sends anything. */
export function isSettable(name: string, value: string): boolean {
  const known = elementOf(name);
  if (!known || known.access === 'r' || !new RegExp(known.form.pattern).test(value)) return false;
  const { range } = known.form;
  return !range || value === '' || (Number(value) >= range[0] && Number(value) <= range[1]);
}
