import { unitTests } from '../../vitest.project.ts';

export default unitTests('api-client');
