import { makeEvent } from '@procos/contracts';
import { createKeptEventBus } from '../local-event-bus.ts';

// A process that publishes until it is killed, says what was confirmed, and never finishes what it has at work.
const [, , file = ''] = process.argv;
const onHandlerError = (thrown: unknown) => void process.stderr.write(`${String(thrown)}\n`);
const bus = createKeptEventBus({ name: file, file, onHandlerError });
await bus.consume('work', () => new Promise(() => undefined), { queue: 'q', prefetch: 1 });
for (let index = 0; ; index += 1) {
  await bus.publish(makeEvent({ id: `e${index}`, source: '/x', type: 'work' }));
  process.stdout.write(`e${index}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
