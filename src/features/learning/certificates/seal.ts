import { randomFrom } from '#ui/seed.ts';

const points = 90;
const rounds = 7;

/**
 * The seal of a certificate as the data of an SVG path around 0, 0 with a radius of 50: a rosette as on banknotes, drawn by its code, so that no two
 * certificates have the same.
 */
export function sealPath(code: string): string {
  const chance = randomFrom(code);
  const petals = 7 + Math.floor(chance() * 7);
  const waves = petals + 2 + Math.floor(chance() * 6);
  const turn = chance() * Math.PI;
  const depth = 5 + chance() * 4;
  const outer = Array.from({ length: rounds }, (_, round) =>
    ringOf((angle) => 41 + depth * Math.sin(petals * angle + turn + (round * 2 * Math.PI) / rounds)),
  );
  const inner = Array.from({ length: 4 }, (_, round) => ringOf((angle) => 26 + 4 * Math.sin(waves * angle - turn + (round * Math.PI) / 2)));
  return [...outer, ...inner].join('');
}

/** A closed line at a distance from the middle that depends on the angle, in arcs from one halfway point to the next. */
function ringOf(distance: (angle: number) => number): string {
  const corners = Array.from({ length: points }, (_, index) => {
    const angle = (index * 2 * Math.PI) / points;
    return { x: distance(angle) * Math.cos(angle), y: distance(angle) * Math.sin(angle) };
  });
  const between = (index: number) => {
    const [one, other] = [corners[index % points]!, corners[(index + 1) % points]!];
    return at((one.x + other.x) / 2, (one.y + other.y) / 2);
  };
  const arcs = corners.map((_, index) => {
    const corner = corners[(index + 1) % points]!;
    return `Q${at(corner.x, corner.y)} ${between(index + 1)}`;
  });
  return `M${between(0)}${arcs.join('')}Z`;
}

const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
