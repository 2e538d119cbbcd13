import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type CountryResponse, Reader } from 'mmdb-lib';

/** What this machine and the networks that no provider routes call themselves. Source: RFC 6890, RFC 4193, RFC 6598. */
const nearby = new BlockList();
for (const [address, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  nearby.addSubnet(address, prefix, 'ipv4');
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

interface CountryRow {
  country_code: string;
}

const require = createRequire(import.meta.url);

let database: Reader<CountryRow & CountryResponse> | undefined;

/** The table of countries: eight megabytes, read when the first list of sessions is opened, and searched where it lies. */
function countries(): Reader<CountryRow & CountryResponse> {
  database ??= new Reader(readFileSync(require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')));
  return database;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const isNearby = (plain: string) => nearby.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
const plainAddress = (address: string | null) => (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** The country of an address by its network's owner, as two letters; null where nobody can tell. Nothing is asked of anybody. */
export function countryOf(address: string | null): string | null {
  const plain = plainAddress(address);
  if (isIP(plain) === 0 || isNearby(plain)) return null;
  const code = countries().get(plain)?.country_code;
  return code && countryNames.of(code) ? code : null;
}

/** Where in the world an address is, in words: the country at best. */
export function placeOf(address: string | null): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 0 && isNearby(plain)) return 'This machine or its network';
  const code = countryOf(address);
  return (code && countryNames.of(code)) || 'Unknown place';
}
