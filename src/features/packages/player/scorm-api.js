// The object that SCORM 1.2 content calls: `LMSInitialize` to `LMSGetDiagnostic`. It runs in the browser as it stands here, at the packages' address.

/**
 * @typedef {{ name: string, access: 'r' | 'w' | 'rw', form: { pattern: string, range?: [number, number] } }} Element
 * @typedef {{ elements: readonly Element[], mostPlaces: number, values: Record<string, string>, onset?: (name: string, value: string) => void, onbegin?: () => void, onsave?: () => void, onfinish?: () => void }} Wiring
 */

/** Source: SCORM 1.2 Run-Time Environment, 3.3.3 (error codes). */
const errors = {
  0: 'No error',
  101: 'General exception',
  201: 'Invalid argument error',
  202: 'Element cannot have children',
  203: 'Element not an array. Cannot have count',
  301: 'Not initialized',
  401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword',
  403: 'Element is read only',
  404: 'Element is write only',
  405: 'Incorrect data type',
};

/**
 * The lists that a name leads through, with the place in each, and the name with `n` and `m` in their stead.
 * @param {string} name
 */
function placesOf(name) {
  /** @type {{ list: string, place: number }[]} */
  const places = [];
  const general = name.replace(/\.(\d+)(?=\.)/g, (_, place, offset) => {
    places.push({ list: name.slice(0, offset), place: Number(place) });
    return places.length === 1 ? '.n' : '.m';
  });
  return { places, general };
}

/**
 * An API over values that are known when the content begins. Nothing in it waits: what is set is told to `onset`, and sent by whoever listens.
 * @param {Wiring} wiring
 */
export function scormApi({ elements, mostPlaces, values, onset, onbegin, onsave, onfinish }) {
  const known = new Map(elements.map((element) => [element.name, element]));
  let isRunning = false;
  let lastError = 0;

  /** @param {number} code @param {string} answer */
  const answer = (code, answer) => {
    lastError = code;
    return answer;
  };

  /** What is wrong with a name that no element has. @param {string} general */
  const wrongName = (general) => {
    const parent = general.slice(0, general.lastIndexOf('.'));
    if (general.endsWith('._children')) return known.has(parent) ? 202 : 201;
    if (general.endsWith('._count')) return [...known.keys()].some((name) => name === parent || name.startsWith(`${parent}.`)) ? 203 : 201;
    return general.startsWith('cmi.') ? 401 : 201;
  };

  /** @param {string} list */
  const countOf = (list) => Number(values[`${list}._count`] ?? 0);

  /** @param {string} name */
  const get = (name) => {
    const { places, general } = placesOf(name);
    const element = known.get(general);
    if (!element) return answer(wrongName(general), '');
    if (element.access === 'w') return answer(404, '');
    if (places.some(({ list, place }) => place >= countOf(list))) return answer(201, '');
    const byDefault = general.endsWith('.score._children') ? 'raw,min,max' : general.endsWith('._count') ? '0' : '';
    return answer(0, values[name] ?? byDefault);
  };

  /** @param {string} name @param {string} value */
  const set = (name, value) => {
    const { places, general } = placesOf(name);
    const element = known.get(general);
    if (!element) return answer(wrongName(general), 'false');
    if (/\._(children|count|version)$/.test(general)) return answer(402, 'false');
    if (element.access === 'r') return answer(403, 'false');
    // A list grows at its end, one by one.
    if (places.some(({ list, place }) => place > countOf(list) || place >= mostPlaces)) return answer(201, 'false');
    const { pattern, range } = element.form;
    if (!new RegExp(pattern).test(value)) return answer(405, 'false');
    if (range && value !== '' && (Number(value) < range[0] || Number(value) > range[1])) return answer(405, 'false');
    for (const { list, place } of places) values[`${list}._count`] = String(Math.max(countOf(list), place + 1));
    values[name] = value;
    onset?.(name, value);
    return answer(0, 'true');
  };

  return {
    /** @param {unknown} [parameter] */
    LMSInitialize(parameter = '') {
      if (String(parameter) !== '') return answer(201, 'false');
      if (isRunning) return answer(101, 'false');
      isRunning = true;
      onbegin?.();
      return answer(0, 'true');
    },
    /** @param {unknown} [parameter] */
    LMSFinish(parameter = '') {
      if (String(parameter) !== '') return answer(201, 'false');
      if (!isRunning) return answer(301, 'false');
      isRunning = false;
      onfinish?.();
      return answer(0, 'true');
    },
    /** @param {unknown} name */
    LMSGetValue(name) {
      return isRunning ? get(String(name)) : answer(301, '');
    },
    /** @param {unknown} name @param {unknown} value */
    LMSSetValue(name, value) {
      return isRunning ? set(String(name), String(value ?? '')) : answer(301, 'false');
    },
    /** @param {unknown} [parameter] */
    LMSCommit(parameter = '') {
      if (String(parameter) !== '') return answer(201, 'false');
      if (!isRunning) return answer(301, 'false');
      onsave?.();
      return answer(0, 'true');
    },
    LMSGetLastError: () => String(lastError),
    /** @param {unknown} code */
    LMSGetErrorString: (code) => errors[/** @type {keyof typeof errors} */ (Number(code))] ?? '',
    /** @param {unknown} code */
    LMSGetDiagnostic: (code) => errors[/** @type {keyof typeof errors} */ (Number(code || lastError))] ?? '',
  };
}
