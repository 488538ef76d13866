import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { freePorts, needFreePorts, takenPort } from './free-port.ts';

describe('the ports of a server', () => {
  it('are free, and none that the system gives to an outgoing connection: it could not have them again after a restart', async () => {
    const ports = await freePorts(50);

    expect(new Set(ports).size).toBe(50);
    expect(Math.max(...ports)).toBeLessThan(32_768);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(await takenPort(ports)).toBeUndefined();
  });

  it('are not given to anybody else while their server is away, in this process or in one beside it', async () => {
    const away = await freePorts(4);
    const script = `import(${JSON.stringify(new URL('free-port.ts', import.meta.url).href)}).then(async ({ freePorts }) => console.log(JSON.stringify(await freePorts(40))))`;
    const beside = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
        return JSON.parse(stdout) as number[];
      }),
    );

    const given = [...(await freePorts(40)), ...beside.flat()];

    expect(given.filter((port) => away.includes(port))).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('name the program that has one', async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

    await expect(needFreePorts('rabbitmq', [port])).rejects.toThrow(`(process ${process.pid}).`);
    server.close();
  });
});
