import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultEnginePort } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findSettings } from '../generate/configuration.ts';
import { findDeclarations } from '../generate/declared-apps.ts';
import { deployables } from './deployables.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly args?: { readonly APP: string } };
  readonly container_name?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly replicas: number };
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly stop_grace_period?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly name: string }>>;
}

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const text = read('infra/compose/compose.yaml');
const { services, volumes, networks } = parse(text, { merge: true }) as Compose;
const entries = Object.entries(services).map(([name, service]) => ({ name, service }));
const ours = entries.filter(({ service }) => service.build !== undefined);
const declared = await findDeclarations();
const portOf = (service: Service) =>
  service.build?.args === undefined
    ? defaultEnginePort
    : declared.find(({ name }) => name === service.build?.args?.APP)?.port;
const example = new Map(
  [...read('infra/compose/.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);
const used = [...text.matchAll(/(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}/g)].map(([, name = '', kind, rest]) => ({
  name,
  kind,
  rest,
}));

describe('the compose file', () => {
  it('has the parts of the reference, and those that came since', () => {
    const parts = [
      'rabbitmq',
      'postgres',
      'microkernel',
      'generic-worker',
      'ai-worker',
      'ollama',
      'engine',
      'consul',
      'prometheus',
      'grafana',
      'jaeger',
    ];

    expect(Object.keys(services)).toEqual(expect.arrayContaining(parts));
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(['rabbitmq_data', 'postgres_data', 'ollama_data']));
    for (const part of ['rabbitmq', 'postgres', 'microkernel', 'ollama'])
      expect(services[part]?.container_name).toBe(`procos-${part}`);
    expect(services['generic-worker']?.deploy?.replicas).toBe(2);
    expect(networks['procos-network']?.name).toBe('procos-network');
  });

  it('gives every worker a name and the broker, and the AI worker its model server (trap T14)', () => {
    const workers = Object.entries(services).filter(([name]) => name.endsWith('-worker'));

    expect(workers.map(([name]) => name)).toEqual(['system-worker', 'generic-worker', 'ai-worker']);
    for (const [name, { environment }] of workers)
      expect(environment).toMatchObject({ WORKER_ID: name, RABBITMQ_URL: expect.stringMatching(/^amqp:/) as string });
    expect(services['ai-worker']?.environment?.['OLLAMA_URL']).toBe('http://ollama:11434');
  });

  it('names nothing that was withdrawn: no version of its own, no agent of Jaeger, no old servers (trap T15)', () => {
    const images = Object.values(services).map(({ image }) => image);

    expect(parse(text, { merge: true })).not.toHaveProperty('version');
    expect(text).not.toMatch(/6831|JAEGER_AGENT/);
    expect(images.filter((image) => /postgres:(?:[0-9]|1[0-4])\b|python:|:latest$/.test(image))).toEqual([]);
    expect(images.every((image) => /:[\w${}.:-]+$/.test(image))).toBe(true);
  });

  it('builds every image there is, and no other', () => {
    const built = ours.map(({ service: { build } }) => ({ recipe: build?.dockerfile, app: build?.args?.APP }));
    const all = deployables(root).map(({ recipe, app }) => ({ recipe, app }));

    expect(built).toEqual(expect.arrayContaining(all));
    expect(built).toHaveLength(all.length);
  });

  it.each(declared)('runs $name as it declares itself', ({ name, port, runs, copies }) => {
    const { service } = ours.find((one) => one.service.build?.args?.APP === name) ?? {};
    const mayBeLeftOut = typeof runs === 'object' ? [runs.whenSet] : [];

    expect(service?.image).toMatch(new RegExp(`^procos/${name}:`));
    // One that may be left out is started by a profile, once it is given its setting.
    expect(service?.profiles ?? []).toHaveLength(mayBeLeftOut.length);
    expect(Object.keys(service?.environment ?? {})).toEqual(expect.arrayContaining(mayBeLeftOut));
    if (copies === 'one') expect(service?.deploy?.replicas ?? 1).toBe(1);
    expect(service && portOf(service)).toBe(port);
  });

  it.each(entries.filter(({ service }) => service.depends_on !== undefined))(
    '$name waits only for what tells that it is ready',
    ({ service }) => {
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        expect(services[needed]?.healthcheck ?? services[needed]?.build, needed).toBeDefined();
      }
    },
  );

  it.each(entries)(
    '$name is reached from this machine only, in a version that is named, in the one network',
    ({ name, service }) => {
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
      expect(service.image).toMatch(/:(?:\$\{PROCOS_VERSION:-\d+\.\d+\.\d+\}|v?\d+\.\d+[\w.-]*)$/);
      expect(service.networks).toEqual(['procos-network']);
      if (service.healthcheck === undefined && service.build === undefined) expect(name).toBe('jaeger');
    },
  );

  it.each(entries.filter(({ service }) => service.volumes !== undefined))(
    '$name mounts what is there',
    ({ service }) => {
      for (const mount of service.volumes ?? []) {
        const [from = ''] = mount.split(':');
        if (from.startsWith('.')) expect(existsSync(join(root, 'infra/compose', from)), mount).toBe(true);
        else expect(Object.keys(volumes)).toContain(from);
      }
    },
  );

  it.each(ours)('$name can write to its state only, and is given settings that it knows', async ({ name, service }) => {
    const app = service.build?.args?.APP;
    const fields = (await findSettings()).find(({ project }) => project === `apps/${app}`)?.fields ?? {};
    const known = app === undefined ? engineSettings() : Object.values(fields).map(({ env }) => env);

    expect(service.read_only).toBe(true);
    expect(known.length).toBeGreaterThan(3);
    expect(
      Object.keys(service.environment ?? {}).filter((variable) => !known.includes(variable)),
      name,
    ).toEqual([]);
  });

  // Docker kills after 10 s unless told otherwise.
  it.each(entries)('$name is given the time it may take to stop in good order', async ({ name, service }) => {
    const kernelSettings = (await findSettings()).find(({ project }) => project === 'apps/kernel')?.fields ?? {};
    const shutdownProcess = Number(
      Object.values(kernelSettings).find(({ env }) => env === 'PROCOS_SHUTDOWN_TIMEOUT')?.fallback,
    );
    // A worker hands back its tasks within 10 s.
    const needed = name === 'microkernel' ? shutdownProcess : 10;

    expect(Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1])).toBeGreaterThanOrEqual(needed + 10);
  });

  it.each(ours.filter(({ service }) => service.ports !== undefined))(
    '$name publishes its default port',
    ({ service }) => {
      expect(service.ports?.join(' ')).toMatch(new RegExp(`^[\\d.]+:${portOf(service)}:\\d+$`));
    },
  );
});

describe('the environment of the compose file', () => {
  it('is documented, name by name, and nothing else', () => {
    expect([...example.keys()].toSorted()).toEqual([...new Set(used.map(({ name }) => name))].toSorted());
  });

  it('holds no password: without one compose refuses to start', () => {
    const secret = /PASS|TOKEN|API_KEY/;
    const secrets = used.filter((one) => secret.test(one.name));

    expect(secrets.length).toBeGreaterThan(3);
    for (const { name, kind, rest } of secrets) {
      expect([kind, rest], name).toEqual(
        example.get(name) === '' && kind === '-' ? ['-', ''] : ['?', 'run make-env.mjs first'],
      );
    }
    for (const [name, value] of example) if (secret.test(name)) expect(value, name).toBe('');
  });

  it('takes for the other names what the example says', () => {
    const others = used.filter(({ kind, rest }) => kind === '-' && rest !== '');

    expect(others.length).toBeGreaterThan(3);
    for (const { name, rest } of others) expect(example.get(name), name).toBe(rest);
  });

  it('is made once, with passwords of its own and for one user only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-env-'));
    try {
      const make = () =>
        execFileSync(process.execPath, [join(root, 'infra/compose/make-env.mjs'), folder], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      make();
      const made = new Map(
        [...readFileSync(join(folder, '.env'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
      const required = [...new Set(used.filter(({ kind }) => kind === '?').map(({ name }) => name))];

      expect([...made.keys()]).toEqual([...example.keys()]);
      expect(new Set(required.map((name) => made.get(name))).size).toBe(required.length);
      for (const name of required) expect(made.get(name), name).toMatch(/^[0-9a-f]{40}$/);
      expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
      expect(make).toThrow(/is there already, and the data volumes know its passwords\.\n {2}What to do: keep it/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what Grafana shows', () => {
  const sources = globSync('infra/grafana/provisioning/datasources/*.yaml', { cwd: root }).flatMap(
    (path) => (parse(read(path)) as { datasources: { type: string; url: string }[] }).datasources,
  );

  it('comes from services of the compose file: metrics and traces', () => {
    expect(sources.map(({ type }) => type).toSorted()).toEqual(['jaeger', 'prometheus']);
    for (const { url } of sources) expect(Object.keys(services)).toContain(new URL(url).hostname);
  });
});

describe('what is watched', () => {
  const jobs = (
    parse(read('infra/prometheus/prometheus.yml')) as {
      scrape_configs: { dns_sd_configs?: { names: [string]; port: number }[] }[];
    }
  ).scrape_configs;
  const targets = jobs.flatMap((job) => job.dns_sd_configs ?? []).map(({ names: [name], port }) => `${name}:${port}`);

  it('is every service of ours, on its port', () => {
    const expected = ours
      .filter(({ name }) => name !== 'engine')
      .map(({ name, service }) => `${name}:${portOf(service)}`);

    expect(targets.toSorted()).toEqual(expected.toSorted());
  });

  it('is shown by metrics that a service serves', () => {
    const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: root, exclude: (name) => name.endsWith('.test.ts') })
      .map(read)
      .join('\n');
    const dashboard = JSON.parse(read('infra/grafana/dashboards/procos.json')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const named = dashboard.panels
      .flatMap(({ targets: queries }) => queries)
      .flatMap(({ expr }) => expr.match(/procos_\w+/g) ?? []);

    expect(named.length).toBeGreaterThan(5);
    // A histogram is served as its buckets, count and sum.
    const isServed = (metric: string) =>
      [metric, metric.replace(/_(?:bucket|count|sum)$/, '')].some((name) => sources.includes(`'${name}'`));
    expect(named.filter((metric) => !isServed(metric))).toEqual([]);
  });
});

/** The variables that the engine reads, from the table of its README. */
function engineSettings(): readonly string[] {
  const table = read('infra/engine/README.md').split('## Environment')[1]?.split('\n## ')[0] ?? '';
  return [...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name ?? '');
}
