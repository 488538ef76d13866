import { describe, expect, it } from 'vitest';
import { createPublishWindow } from './publish-window.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 2));

/** A window with two places, and who has come in so far. */
function scene(maxWaiting = 10) {
  const window = createPublishWindow(2, maxWaiting, () => 'the broker is away');
  const inside: string[] = [];
  const enter = (name: string, { alone = false, ticket = window.ticket(), ms = 10_000 } = {}) =>
    window.enter(ticket, alone, performance.now() + ms).then(() => void inside.push(name));
  return { window, inside, enter };
}

describe('the window of publishing', () => {
  it('lets in as many as there are places, the others in the order of their calls', async () => {
    const { window, inside, enter } = scene();
    for (const name of ['a', 'b', 'c', 'd']) void enter(name);
    await soon();
    expect(inside).toEqual(['a', 'b']);

    window.leave();
    await soon();
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('lets one that has to be alone in when all others have left, and nobody beside or before it', async () => {
    const { window, inside, enter } = scene();
    void enter('a');
    void enter('large', { alone: true });
    void enter('b');
    await soon();
    expect(inside).toEqual(['a']);

    window.leave();
    await soon();
    expect(inside).toEqual(['a', 'large']);
    window.leave();
    await soon();
    expect(inside).toEqual(['a', 'large', 'b']);
  });

  it('gives one that comes again its place before those that came later', async () => {
    const { window, inside, enter } = scene();
    const ticket = window.ticket();
    void enter('a');
    void enter('b');
    void enter('c');
    void enter('again', { ticket, alone: true });
    window.leave();
    window.leave();
    await soon();

    expect(inside).toEqual(['a', 'b', 'again']);
  });

  it('sends away who waits too long, or finds the line full, and lets those behind go on', async () => {
    const { inside, enter } = scene(2);
    void enter('a');
    const late = enter('late', { alone: true, ms: 10 });
    void enter('b');
    await expect(enter('one too many')).rejects.toMatchObject({
      name: 'NotConnectedError',
      reason: '2 events wait already: the broker is away',
    });

    await expect(late).rejects.toMatchObject({ reason: 'the broker is away' });
    await soon();
    expect(inside).toEqual(['a', 'b']);
  });
});
