import { bootPhases, type OnPhase, type PhaseResult } from '@procos/kernel';
import type { TextOutput } from '../io.ts';
import type { Paint } from '../output/style.ts';

export interface BootDisplay {
  readonly onPhase: OnPhase;
  /** Ends the line in work. */
  stop(): void;
}

const width = Math.max(...bootPhases.map((name) => name.length));
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`.padStart(9);

/** Shows the phases of a boot as they run; on a terminal the running one counts its time. */
export function createBootDisplay(output: TextOutput, paint: Paint): BootDisplay {
  let ticking: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(ticking);
    ticking = undefined;
  };
  const onPhase = (name: PhaseResult['name'], result?: PhaseResult) => {
    stop();
    const label = `${bootPhases.indexOf(name) + 1}/${bootPhases.length}  ${name.padEnd(width)}`;
    if (result !== undefined) {
      output.write(`${output.isTTY ? '\r' : ''}  ${paint('✓', 'good')} ${label} ${paint(seconds(result.ms), 'dim')}\n`);
      for (const check of result.checks ?? [])
        output.write(`         ${paint(`${check.name.padEnd(width)} ${check.detail}`, 'dim')}\n`);
    } else if (output.isTTY) {
      const started = performance.now();
      const tick = () =>
        output.write(`\r  ${paint('…', 'warn')} ${label} ${paint(seconds(performance.now() - started), 'dim')}`);
      tick();
      ticking = setInterval(tick, 100);
    }
  };
  return {
    onPhase,
    stop: () => {
      if (ticking !== undefined) output.write('\n');
      stop();
    },
  };
}
