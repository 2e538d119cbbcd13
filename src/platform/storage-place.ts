import { fileURLToPath } from 'node:url';

/** Where files' bytes are: a folder of this machine, or a bucket of a service that speaks S3. */
export type StoragePlace = { kind: 'folder'; folder: string } | S3Place;

export interface S3Place {
  kind: 's3';
  /** Address of the service. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** What is wrong with a storage's address, in words; undefined when nothing is. */
export function storageUrlProblem(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'file:') return url.host === '' ? undefined : 'must name a folder of this machine, as file:///folder';
  if (url?.protocol !== 's3:') return 'must be a URL that starts with file: or s3:';
  if (!url.username || !url.password) return 'must name the key and its secret, as s3://key:secret@host/bucket';
  if (!/^\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/?$/.test(url.pathname)) return 'must name one bucket, as s3://key:secret@host/bucket';
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'region' && name !== 'tls');
  if (unknown) return `has “${unknown}”; only region and tls are known`;
  return ['on', 'off', null].includes(url.searchParams.get('tls')) ? undefined : 'must say tls=on or tls=off';
}

/** What a storage's address means: `file:///folder`, or `s3://key:secret@host[:port]/bucket?region=eu-central-1&tls=off`. */
export function storagePlaceOf(address: string): StoragePlace {
  const url = new URL(address);
  if (url.protocol === 'file:') return { kind: 'folder', folder: fileURLToPath(url) };
  return {
    kind: 's3',
    endpoint: `${url.searchParams.get('tls') === 'off' ? 'http' : 'https'}://${url.host}`,
    bucket: url.pathname.replaceAll('/', ''),
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}

/** A storage's place for people to read, without its secret. */
export function storageInWords(place: StoragePlace): string {
  return place.kind === 'folder' ? place.folder : `${place.endpoint}/${place.bucket}`;
}
