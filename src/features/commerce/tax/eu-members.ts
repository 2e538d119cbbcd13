/** The 27 member states of the European Union, by ISO 3166-1. */
const euMembers: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Whether a country is a member state of the European Union. */
export function isEuMember(country: string | null): boolean {
  return country !== null && euMembers.has(country);
}
