const codes =
  'ar bg bn ca cs da de el en es et fa fi fil fr he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv sw ta te th tr uk ur vi zh zh-TW'.split(' ');
const names = new Intl.DisplayNames('en', { type: 'language' });

/** The languages that a course may be in, with the one that it is in already, in the order of their names. */
export function languageOptions(current: string): { value: string; label: string }[] {
  return [...new Set([...codes, current])]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en'));
}
