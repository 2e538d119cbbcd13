/** Codes that are reserved for more or less than a country. */
const noCountries = new Set('AC AN CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country that the runtime knows, by its code of ISO 3166-1 and its name in the locale, in the order of their names. */
export function countries(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  return (
    letters
      .flatMap((first) => letters.map((second) => first + second))
      // A country that was renamed answers to its old code too.
      .filter((code) => !noCountries.has(code) && new Intl.Locale(`und-${code}`).region === code)
      .flatMap((code) => ({ code, name: names.of(code) ?? '' }))
      .filter(({ name }) => name !== '')
      .sort((one, other) => one.name.localeCompare(other.name, locale))
  );
}

/** The name of a country in the locale. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}
