import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventually, useLazyService } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedApp, startApp } from './testing/start-app.ts';

const shipped = fileURLToPath(new URL('../../infra/prometheus/prometheus.yml', import.meta.url));

/** As shipped, but for what only exists among containers: names that lead to addresses. */
function onThisMachine(services: Readonly<Record<string, string>>): string {
  const targets = Object.entries(services).map(
    ([name, url]) => `      - { targets: ['${new URL(url).host}'], labels: { __meta_dns_name: ${name} } }\n`,
  );
  const text = readFileSync(shipped, 'utf8');
  const adapted = text
    .replace(/ {4}dns_sd_configs:\n(?: {6}- .*\n)+/, `    static_configs:\n${targets.join('')}`)
    .replace('scrape_interval: 10s', 'scrape_interval: 1s')
    .replace('scrape_timeout: 5s', 'scrape_timeout: 1s');
  expect(adapted).not.toContain('dns_sd_configs');
  return adapted;
}

describe('the configuration of Prometheus', () => {
  const running: StartedApp[] = [];
  let services: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    running.push(
      await startApp('gateway', { PROCOS_GATEWAY_PORT: '0' }),
      await startApp('generic-worker', { PROCOS_GENERIC_WORKER_PORT: '0' }),
    );
    services = { gateway: running[0]?.url ?? '', 'generic-worker': running[1]?.url ?? '' };
  }, 60_000);
  const prometheus = useLazyService('prometheus', () => ({ config: onThisMachine(services) }));
  afterAll(() => Promise.all(running.map((app) => app.stop())));

  const ask = async (
    query: string,
  ): Promise<
    readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[]
  > => {
    const answer = await fetch(`${prometheus().url}/api/v1/query?query=${encodeURIComponent(query)}`);
    return ((await answer.json()) as { data: { result: [] } }).data.result;
  };

  it('reads every service, and names it', async () => {
    const up = await eventually('service that is up', async () => {
      const found = await ask('up{job="procos"} == 1');
      return found.length === 2 ? found : undefined;
    });

    expect(up.map(({ metric }) => metric['service']).toSorted()).toEqual(['gateway', 'generic-worker']);
  });

  it('finds the metrics of the workers', async () => {
    const [workers] = await eventually('metric of a worker', async () => {
      const found = await ask('procos_active_workers');
      return found.length > 0 ? found : undefined;
    });

    expect(workers?.metric).toMatchObject({ service: 'generic-worker', worker_type: 'generic-worker' });
  });

  it('is one that Prometheus takes', (context) => {
    const { status, stdout, stderr, error } = spawnSync('promtool', ['check', 'config', shipped], { encoding: 'utf8' });
    if (error !== undefined) context.skip(`promtool cannot be had: ${error.message}`);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});
