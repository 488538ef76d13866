import { unitTests } from '../../vitest.project.ts';

export default unitTests('official-client');
