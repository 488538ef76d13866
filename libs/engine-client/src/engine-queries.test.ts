import { expect, it } from 'vitest';
import type { ActivityQuery, IncidentQuery, InstanceSelection, TopicFilter, UserTaskQuery } from './engine-queries.ts';

it('takes no filter and no order that the engine does not know: it would leave them out', () => {
  const known: InstanceSelection = {
    processDefinitionKey: 'order',
    sorting: [{ sortBy: 'startTime', sortOrder: 'asc' }],
  };
  // @ts-expect-error: it is processDefinitionKey
  const instances: InstanceSelection = { processDefinitionkey: 'order' };
  // @ts-expect-error: instances have no priority
  const sorted: InstanceSelection = { sorting: [{ sortBy: 'priority', sortOrder: 'asc' }] };
  // @ts-expect-error: it is processInstanceId
  const activities: ActivityQuery = { instanceId: 'i' };
  // @ts-expect-error: it is open, deleted or resolved, each by a filter of its own
  const incidents: IncidentQuery = { state: 'open' };
  // @ts-expect-error: a number
  const tasks: UserTaskQuery = { maxResults: '10' };

  // @ts-expect-error: it is processDefinitionKey
  const topic: TopicFilter = { processKey: 'order' };

  expect([known, instances, sorted, activities, incidents, tasks, topic]).toHaveLength(7);
});
