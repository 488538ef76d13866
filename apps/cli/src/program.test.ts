import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultGatewayUrl } from './config.ts';
import { exitCodeMeanings, exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { runCli } from './testing/captured-io.ts';

const closedPort = 'http://127.0.0.1:9';
const silent = { write: () => undefined, isTTY: false, columns: undefined };
const commands = createProgram({
  stdout: silent,
  stderr: silent,
  env: {},
  cwd: '/',
  interruption: () => new AbortController().signal,
  exitCode: exitCodes.ok,
}).commands;
const names = commands.map((command) => command.name());

describe('the help', () => {
  it('is shown when nothing is asked for, names every command and every exit code, and exits with 0', async () => {
    const { exitCode, stdout, stderr } = await runCli([]);

    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name}( |$)`, 'm'));
    for (const [code, meaning] of exitCodeMeanings) expect(stdout).toContain(`${code}  ${meaning}`);
  });

  it.each(names)('of %s has examples of that command, --json, and exits with 0', async (name) => {
    const { exitCode, stdout } = await runCli([name, '--help']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: procos ${name}`);
    expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ npx procos ${name}`));
    expect(stdout).toContain('--json');
  });

  it('has no command twice', () => {
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('wrong usage', () => {
  it.each([
    [['stauts'], "unknown command 'stauts'", 'Did you mean status? See: npx procos --help'],
    [['run', 'greet', '--wiat'], "unknown option '--wiat'", 'Did you mean --wait? See: npx procos run --help'],
    [['show'], "missing required argument 'id'", 'See: npx procos show --help'],
    [
      ['ps', '--limit', 'many'],
      "option '--limit <count>' argument 'many' is invalid. It must be a whole number of at least 0.",
      'See: npx procos ps --help',
    ],
    [['status', '--url', 'nowhere'], '--url is no address: nowhere', `Write for example: --url ${defaultGatewayUrl}`],
    [['show', ''], "argument 'id' is empty", 'Write what is meant, in quotes where it holds spaces.'],
    [
      ['down', '--timeout', 'abc'],
      "option '--timeout <seconds>' argument 'abc' is invalid. It must be a whole number of at least 0.",
      'See: npx procos down --help',
    ],
    [['help', 'nosuch'], "unknown command 'nosuch'", 'See: npx procos --help'],
    [
      ['retry'],
      'retry needs either the id of an incident or instance, or --all',
      'See the ids with: npx procos incidents',
    ],
  ])('%j exits with 2 and says what to write instead', async (args, message, remedy) => {
    const { exitCode, stdout, stderr } = await runCli(args);

    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(`✗ ${message}\n  → ${remedy}\n  PROCOS_CLI_USAGE\n`);
  });

  it('is one JSON document on stdout too with --json', async () => {
    const { exitCode, stdout } = await runCli(['show', '--json']);

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: 'PROCOS_CLI_USAGE', message: "missing required argument 'id'" },
    });
  });
});

/** A command line for every command that needs the gateway. */
const gatewayCommands: readonly (readonly string[])[] = [
  ['status'],
  ['health'],
  ['run', 'greet'],
  ['ask', 'Hello?'],
  ['deploy', '{model}'],
  ['processes'],
  ['ps'],
  ['show', 'x'],
  ['kill', 'x'],
  ['incidents'],
  ['retry', '--all'],
  ['events'],
  ['messages'],
  ['messages', 'replay', '--all'],
  ['messages', 'discard', 'x'],
  ['tasks'],
  ['complete', 'x'],
];

describe('a gateway that is not running', () => {
  it.each(gatewayCommands)(
    'ends %s %s with 3, the remedy, and one document with --json',
    async (...words: readonly string[]) => {
      const folder = mkdtempSync(join(tmpdir(), 'procos-cli-'));
      try {
        writeFileSync(join(folder, 'x.bpmn'), '<definitions/>');
        const args = words.map((word) => (word === '{model}' ? join(folder, 'x.bpmn') : word));

        const { exitCode, stdout, stderr } = await runCli([...args, '--json', '--url', closedPort]);

        expect(exitCode).toBe(3);
        expect(stderr).toContain(`Nothing answers at ${closedPort} (given with --url)`);
        expect(stderr).toContain('npx procos up');
        expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'PROCOS_CLI_UNREACHABLE' } });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  it('is told apart from another program at the address', async () => {
    const server = createServer((_, response) => void response.end('<html>hello</html>'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const { exitCode, stderr } = await runCli(['status'], { env: { PROCOS_URL: url } });

      expect(exitCode).toBe(3);
      expect(stderr).toContain(
        `What answers at ${url} (given by PROCOS_URL) is not the gateway of ProcOS: status 200, not JSON`,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('the address of the gateway', () => {
  it('is the default one, which is the port that the gateway declares', async () => {
    const { declaration } = await import('@procos/gateway');

    expect(defaultGatewayUrl).toBe(`http://127.0.0.1:${declaration.port}`);
  });

  it('is found in the run.json of the data folder', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    try {
      writeFileSync(join(cwd, 'run.json'), JSON.stringify({ pid: 1, url: closedPort, portOffset: 0 }));

      const { stderr } = await runCli(['ps', '--data-dir', '.'], { cwd });

      expect(stderr).toContain(`Nothing answers at ${closedPort} (found in ${join(cwd, 'run.json')})`);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('exits with 2 when the run.json is broken, and says how to go on', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    try {
      writeFileSync(join(cwd, 'run.json'), '{"pid": 1');

      const { exitCode, stderr } = await runCli(['ps', '--data-dir', '.'], { cwd });

      expect(exitCode).toBe(2);
      expect(stderr).toContain('PROCOS_CLI_BAD_RUN_FILE');
      expect(stderr).toContain('or delete the file and start ProcOS again');
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
