import type { Io } from '../io.ts';
import { formatDuration } from './format.ts';
import { painter, printable } from './style.ts';

/** Says on stderr what is being waited for: one moving line for a person, a line per change for a log. */
export interface Progress extends Disposable {
  update(activity: string): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
export const eraseLine = '\r\u001b[2K';

export function startProgress(io: Io, title: string): Progress {
  return io.stderr.isTTY ? movingLine(io, title) : plainLines(io, title);
}

function plainLines(io: Io, title: string): Progress {
  let last: string | undefined;
  return {
    update(activity) {
      if (activity === last) return;
      last = activity;
      io.stderr.write(`${title}: ${printable(activity)}\n`);
    },
    [Symbol.dispose]: () => undefined,
  };
}

function movingLine(io: Io, title: string): Progress {
  const startedAt = performance.now();
  const paint = painter(io, io.stderr);
  let activity = 'starting';
  let frame = 0;
  const draw = (): void => {
    const elapsed = formatDuration(performance.now() - startedAt);
    const room = Math.max(10, (io.stderr.columns ?? 80) - elapsed.length - 6);
    const text = [...`${title}: ${printable(activity)}`].slice(0, room).join('');
    const mark = frames[frame++ % frames.length] ?? '';
    io.stderr.write(`${eraseLine}${paint(mark, 'warn')} ${text} ${paint(elapsed, 'dim')}`);
  };
  const timer = setInterval(draw, 100);
  draw();
  return {
    update(next) {
      activity = next;
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      io.stderr.write(eraseLine);
    },
  };
}
