import { describe, expect, it } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import { instance } from '../testing/reading-scene.ts';
import { processStarted } from './instance-events.ts';
import { createTraceContext } from './trace-context.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the trace context of events', () => {
  it('is that of their instance, and asked for once', async () => {
    const engine = fakeEngine();
    const questions: string[] = [];
    engine.onAsk = (question) => void questions.push(question);
    engine.traces.set('traced', traceparent);
    const traced = createTraceContext(engine.client);
    const events = [processStarted(instance('traced', 0, null)), processStarted(instance('untraced', 0, null))];

    for (let turn = 0; turn < 2; turn += 1) {
      const published = await traced(events);
      expect(published.map(({ event }) => event.traceparent)).toEqual([traceparent, undefined]);
    }

    expect(questions).toEqual(['variable']);
  });

  it.each(['', 'not a trace', 7, null])('is left out when the variable holds %j, which is none', async (value) => {
    const engine = fakeEngine();
    engine.traces.set('i', value);

    const [published] = await createTraceContext(engine.client)([processStarted(instance('i', 0, null))]);

    expect(published?.event.traceparent).toBeUndefined();
  });
});
