import type { Role } from '#platform/context.ts';

/** Somebody of the demo school. All of them are invented. */
export interface DemoPerson {
  email: string;
  name: string;
  role: Role;
  /** Whether the well-known password lets them in. */
  signsIn: boolean;
}

const person = (name: string, more: Partial<DemoPerson> = {}): DemoPerson => ({
  name,
  email: `${name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@demo.school`,
  role: 'STUDENT',
  signsIn: false,
  ...more,
});

export const tomas = person('Tomas Lindqvist', { email: 'instructor@demo.school', role: 'INSTRUCTOR', signsIn: true });
export const amara = person('Amara Diallo', { email: 'amara@demo.school', role: 'INSTRUCTOR' });
export const lucia = person('Lucía Ferrer', { email: 'lucia@demo.school', role: 'INSTRUCTOR' });
export const ines = person('Ines Okafor', { email: 'admin@demo.school', role: 'ADMIN', signsIn: true });
export const mira = person('Mira Castellanos', { email: 'student@demo.school', signsIn: true });

/** Everybody who learns beside Mira. */
export const classmates: readonly DemoPerson[] = [
  'Aino Virtanen',
  'Ana Sofia Prado',
  'Anouk de Wit',
  'Ayodele Bankole',
  'Bence Szalai',
  'Camille Aubert',
  'Chidi Nwosu',
  'Daniela Rossi',
  'Deniz Aksoy',
  'Ebba Nordin',
  'Elif Demirci',
  'Emeka Obi',
  'Farah Haddad',
  'Finn Gallagher',
  'Gabriel Moreau',
  'Hana Novotna',
  'Hassan Jafari',
  'Ilse Brandt',
  'Isabel Quiroga',
  'Jakub Zielinski',
  'Joanna Clarke',
  'Kaito Mori',
  'Karim Belkacem',
  'Laila Rahman',
  'Lars Mikkelsen',
  'Leonor Teixeira',
  'Malik Johnson',
  'Marta Kowalczyk',
  'Mei Tanaka',
  'Nikhil Rao',
  'Noor Siddiqui',
  'Oskar Bauer',
  'Petra Horvat',
  'Priya Menon',
  'Rosa Delgado',
  'Sami Lahtinen',
  'Sanna Berg',
  'Thandiwe Mokoena',
  'Yusuf Osman',
].map((name) => person(name));
