import type { Command } from 'commander';
import type { Finding } from '../doctor/check.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { painter, type Paint } from '../output/style.ts';
import { newGatewayCommand, type GatewayOptions } from './command.ts';

interface DoctorOptions extends GatewayOptions {
  readonly portOffset: number;
}

export function doctorCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'doctor',
    summary:
      'Check this machine: Node, Java, Maven, engine, data folder, ports, gateway. Exits with 1 when there is a problem.',
    examples: [
      ['procos doctor', 'each line is ok, worth knowing (·) or a problem with its remedy'],
      ['procos doctor --port-offset 100 --json', 'for a second system beside the first'],
    ],
  })
    .option('--port-offset <number>', 'added to every port', wholeNumber, 0)
    .action(async (options: DoctorOptions) => {
      const { checks } = await import('../doctor/checks.ts');
      const paint = painter(io, io.stdout);
      const findings: Finding[] = [];
      for (const check of checks) {
        const finding = await check({ io, options, portOffset: options.portOffset });
        findings.push(finding);
        if (options.json !== true) io.stdout.write(renderFinding(finding, paint));
      }
      const ok = findings.every(({ state }) => state !== 'problem');
      if (!ok) io.exitCode = exitCodes.failed;
      if (options.json === true) io.stdout.write(`${JSON.stringify({ ok, checks: findings }, null, 2)}\n`);
    });
}

const marks = { ok: ['✓', 'good'], note: ['·', 'warn'], problem: ['✗', 'bad'] } as const;

function renderFinding({ check, state, detail, remedy }: Finding, paint: Paint): string {
  const [mark, tone] = marks[state];
  const advice = remedy === undefined || remedy === '' ? '' : `    → ${remedy.replaceAll('\n', '\n      ')}\n`;
  return `${paint(mark, tone)} ${check.padEnd(12)} ${detail}\n${advice}`;
}
