/** Languages of captions that are offered, in the order of their English names. */
const codes = [
  ...[
    'ar',
    'bg',
    'bn',
    'ca',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'es',
    'et',
    'fa',
    'fi',
    'fil',
    'fr',
    'he',
    'hi',
    'hr',
    'hu',
    'id',
    'is',
    'it',
    'ja',
  ],
  ...[
    'ka',
    'ko',
    'lt',
    'lv',
    'ms',
    'nb',
    'nl',
    'pl',
    'pt',
    'pt-BR',
    'ro',
    'ru',
    'sk',
    'sl',
    'sr',
    'sv',
    'sw',
    'ta',
    'th',
    'tr',
    'uk',
    'ur',
    'vi',
  ],
  ...['zh-Hans', 'zh-Hant'],
];

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** What a language calls itself, as a viewer looks for it. */
export function ownNameOf(code: string): string {
  const own = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return own.charAt(0).toLocaleUpperCase(code) + own.slice(1);
}

/** The choices of a list: the code, and the English name beside it. */
export const captionLanguages = codes
  .map((value) => ({ value, label: names.of(value) ?? value }))
  .sort((one, other) => one.label.localeCompare(other.label, 'en'));

/** Whether captions may be in this language. */
export function isCaptionLanguage(code: string): boolean {
  return codes.includes(code);
}
