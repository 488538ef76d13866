import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemStatus } from '@procos/api-client';
import { describe, expect, it } from 'vitest';
import { defaultPorts } from '../system/app-names.ts';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleTask } from '../testing/samples.ts';

const status: SystemStatus = {
  state: 'RUNNING',
  engine: { reachable: true, version: '1.0.3', url: 'http://127.0.0.1:8080/engine-rest', processes: 10 },
  broker: null,
  orchestrator: { instanceId: 'instance-1', state: 'RUNNING' },
  services: [{ name: 'gateway', url: 'http://127.0.0.1:8088', ready: true, details: { pid: 4711 } }],
  processes: [
    { pid: 4711, parts: ['gateway', 'kernel'] },
    { pid: 4712, parts: ['engine'] },
  ],
  instances: { active: 2 },
  incidents: { open: 0 },
  problems: [],
  uptimeMs: 65_000,
};

describe('procos status', () => {
  it('shows engine, orchestrator and services', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => status });

    const { exitCode, stdout } = await runCli(['status', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /state +RUNNING\nengine +1\.0\.3 at http:.*\nbroker +none: events stay in the process\norchestrator +RUNNING \(instance-1\)\ninstances +2 active\nincidents +none open\nup for +1 min 5 s/,
    );
    expect(stdout).toMatch(/✓ ready +gateway +http:\/\/127\.0\.0\.1:8088/);
  });

  it('exits with 1 and says why when a service is not ready', async () => {
    const services = [
      { name: 'ai-worker', url: 'http://127.0.0.1:8095', ready: false, details: { reason: 'refused' } },
    ];
    await using gateway = await startFakeGateway({
      'GET /v1/status': () => ({ ...status, state: 'DEGRADED', services }),
    });

    const { exitCode, stdout } = await runCli(['status', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ not ready +ai-worker +http:\/\/127\.0\.0\.1:8095 +\{"reason":"refused"\}/);
  });

  it('says what is wrong and what is done about it', async () => {
    const problems = [{ what: 'The orchestrator has been ended.', remedy: 'The kernel starts it again.' }];
    await using gateway = await startFakeGateway({
      'GET /v1/status': () => ({ ...status, state: 'DEGRADED', orchestrator: null, problems }),
    });

    const { exitCode, stdout } = await runCli(['status', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('! The orchestrator has been ended.\n  → The kernel starts it again.\n');
  });

  it('uses colours on a terminal, and none with NO_COLOR', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => status });

    const coloured = await runCli(['status', '--url', gateway.url], { terminal: 80 });
    const plain = await runCli(['status', '--url', gateway.url], { terminal: 80, env: { NO_COLOR: '1' } });

    expect(coloured.stdout).toContain('\u001b[32mRUNNING\u001b[39m');
    expect(plain.stdout).not.toContain('\u001b');
  });
});

describe('procos health', () => {
  it('has a line for each part, and exits with 0 when all of them are well', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => status });

    const { exitCode, stdout } = await runCli(['health', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /PART +WHAT\n✓ +engine +1\.0\.3 at http:\S+, 10 process definitions, 2 instances active, process 4712\n✓ +broker +none: the system is embedded, .*\n✓ +orchestrator +RUNNING \(instance-1\)\n✓ +incidents +none open\n✓ +gateway +http:\S+, process 4711\n$/,
    );
  });

  it('names RabbitMQ, its version and its address where a broker is configured', async () => {
    const broker = { reachable: true, version: '4.1.0', url: 'amqp://127.0.0.1:5672', reason: null };
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => ({ ...status, broker }) });

    const { exitCode, stdout } = await runCli(['health', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/✓ +broker +RabbitMQ 4\.1\.0 at amqp:\/\/127\.0\.0\.1:5672\n/);
  });

  it.each([
    ['broker', { broker: { reachable: false, version: null, url: 'amqp://127.0.0.1:5672', reason: 'ECONNREFUSED' } }],
    ['engine', { state: 'ENGINE_DOWN', engine: { ...status.engine, reachable: false, version: null } }],
    ['orchestrator', { state: 'NOT_BOOTED', orchestrator: null }],
    ['incidents', { incidents: { open: 1 } }],
    [
      'gateway',
      {
        state: 'DEGRADED',
        services: [{ name: 'gateway', url: 'http://127.0.0.1:8088', ready: false, details: { reason: 'refused' } }],
      },
    ],
  ] as const)('exits with 1 when the part %s is not well, and says so to programs', async (part, change) => {
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => ({ ...status, ...change }) });

    const { exitCode, stdout } = await runCli(['health', '--json', '--url', gateway.url]);

    const document = JSON.parse(stdout) as { healthy: boolean; parts: { part: string; healthy: boolean }[] };
    expect(exitCode).toBe(1);
    expect(document.healthy).toBe(false);
    expect(document.parts.filter(({ healthy }) => !healthy).map((one) => one.part)).toEqual([part]);
  });
});

describe('procos tasks and complete', () => {
  const task = sampleTask({ variables: { question: 'Go on?' } });

  it('lists what waits for a person', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/user-tasks': () => ({ tasks: [task], total: 1 }) });

    const { exitCode, stdout } = await runCli(['tasks', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/task-1 +Ask a person +procos_user_interaction +ada/);
  });

  it('completes a task with the answer', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/user-tasks/:id/complete': () => ({ taskId: 'task-1', variables: { answer: 'yes' } }),
    });

    const { exitCode, stdout } = await runCli(['complete', 'task-1', '--var', 'answer=yes', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]).toMatchObject({ params: { id: 'task-1' }, body: { variables: { answer: 'yes' } } });
    expect(stdout).toBe('✓ Task task-1 is complete; its instance goes on.\n');
  });
});

describe('procos processes', () => {
  it('lists the keys that can be run', async () => {
    const definition = {
      id: 'greet:1',
      key: 'greet',
      name: 'Greeting',
      version: 4,
      deploymentId: 'd',
      file: 'greet.bpmn',
      suspended: false,
    };
    await using gateway = await startFakeGateway({
      'GET /v1/process-definitions': () => ({ definitions: [definition], total: 1 }),
    });

    const { stdout } = await runCli(['processes', '--url', gateway.url]);

    expect(stdout).toMatch(/^PROCESS +VERSION +STATE +NAME\ngreet +4 +Greeting\n$/);
  });
});

interface DoctorDocument {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly check: string;
    readonly state: string;
    readonly detail: string;
    readonly remedy?: string;
  }[];
}

describe('procos doctor', () => {
  it('finds this machine fit and leaves nothing behind', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/status': () => status });
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    try {
      const { exitCode, stdout } = await runCli(['doctor', '--json', '--port-offset', '15000', '--url', gateway.url], {
        cwd,
      });

      const { checks } = JSON.parse(stdout) as DoctorDocument;
      expect(checks.map(({ check }) => check)).toEqual([
        'Node',
        'Java',
        'Maven',
        'Engine',
        'Data folder',
        'Ports',
        'Gateway',
      ]);
      expect(checks.filter(({ state }) => state === 'problem')).toEqual([]);
      expect(exitCode).toBe(0);
      expect(readdirSync(cwd)).toEqual([]);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('names each problem with its remedy and exits with 1', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    const offset = 16_000;
    const taken = createServer().listen(defaultPorts.kernel + offset, '127.0.0.1');
    try {
      await once(taken, 'listening');
      writeFileSync(join(cwd, 'file'), '');

      const args = [
        'doctor',
        '--json',
        '--port-offset',
        String(offset),
        '--data-dir',
        'file/data',
        '--url',
        'http://127.0.0.1:9',
      ];
      const { exitCode, stdout } = await runCli(args, { cwd, env: { JAVA_HOME: '/nonexistent/jdk' } });

      const { ok, checks } = JSON.parse(stdout) as DoctorDocument;
      const problems = new Map(
        checks
          .filter(({ state }) => state === 'problem')
          .map(({ check, detail, remedy }) => [check, `${detail} → ${remedy}`]),
      );
      expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 1 });
      expect(problems.get('Java')).toMatch(/JAVA_HOME is \/nonexistent\/jdk.*apt-get install openjdk/s);
      expect(problems.get('Data folder')).toMatch(/file\/data cannot be written.*--data-dir/s);
      expect(problems.get('Ports')).toContain(
        `in use by another program: ${defaultPorts.kernel + offset} (kernel) → End that program, or move ProcOS: npx procos up --port-offset ${offset + 100}`,
      );
      expect(problems.get('Gateway')).toContain('Nothing answers at http://127.0.0.1:9 (given with --url)');
    } finally {
      taken.close();
      rmSync(cwd, { recursive: true });
    }
  });
});
