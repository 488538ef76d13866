import type { Command } from 'commander';
import { dataFolder } from '../gateway-address.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { renderEnd, runningSystem, stopSystem } from './down.ts';
import { newCommand } from './command.ts';
import { bootAndStay } from './up.ts';

interface RestartOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly verbose?: boolean;
  readonly exit?: boolean;
  readonly timeout: number;
}

/** `procos restart`: `down`, then `up` with the mode, the copies and the ports that the system had. */
export function restartCommand(io: Io): Command {
  return newCommand({
    usage: 'restart',
    summary: 'Shut the system of a data folder down in good order, boot it again as it was, and stay until Ctrl-C.',
    examples: [
      ['procos restart', 'the same mode, copies and ports; the environment is that of this call'],
      ['procos restart --data-dir /tmp/second --timeout 120', 'another one, with more time to stop'],
    ],
  })
    .option('--data-dir <folder>', 'data folder of procos up (default: $PROCOS_DATA_DIR, else .procos)')
    .option('--timeout <seconds>', 'how long to wait for the end', wholeNumber, 60)
    .option('--exit', 'shut down again after a first answer')
    .option('--verbose', 'write the logs to standard error too')
    .action(async ({ timeout, ...options }: RestartOptions) => {
      const run = runningSystem(dataFolder(io, options));
      const stopped = await stopSystem(io, run, timeout);
      const output = options.json === true ? io.stderr : io.stdout;
      output.write(renderEnd(run, stopped, timeout));
      const { portOffset, distributed = false, scale = {} } = run;
      if (stopped) await bootAndStay(io, { ...options, portOffset, distributed, scale });
    });
}
