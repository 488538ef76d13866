import { unitTests } from '../../vitest.project.ts';

export default unitTests('instance-outcome');
