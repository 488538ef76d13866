import { unitTests } from '../../vitest.project.ts';

export default unitTests('local-servers');
