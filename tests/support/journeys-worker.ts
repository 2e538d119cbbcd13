import { inject } from 'vitest';
import { beginFrom } from './school.ts';

beginFrom(inject('beginnings'));
