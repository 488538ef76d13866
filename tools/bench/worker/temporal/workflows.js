// What runs in Temporal's workflow sandbox: activities in a row.
import { proxyActivities } from '@temporalio/workflow';

const { step } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** @param {number} count */
export async function steps(count) {
  for (let index = 0; index < count; index += 1) await step();
}
