import { registryRoutes } from '@procos/contracts';
import type { ServiceDirectory } from '@procos/service-directory';
import { type Route, streamRoute } from '@procos/service-kit';
import { serviceRegistryErrors } from '../errors.ts';

/** A comment is sent this often, so that proxies and clients see that the connection lives. */
const aliveMs = 15_000;

/** Event streams of changes. Source: WHATWG HTML, server-sent events. */
export function watchingRoutes(directory: ServiceDirectory, limit: number): readonly Route[] {
  let watchers = 0;
  const watchService = streamRoute(
    registryRoutes.watchService,
    async ({ params: { service_name: name } }, response) => {
      if (watchers >= limit) throw serviceRegistryErrors.PROCOS_REGISTRY_TOO_MANY_WATCHERS({ limit });
      watchers += 1;
      response
        .setHeaders(
          new Map(
            Object.entries({
              'content-type': 'text/event-stream',
              'cache-control': 'no-cache, no-transform',
              'x-accel-buffering': 'no',
            }),
          ),
        )
        .writeHead(200);
      response.write(': watching\n\n');
      const stop = directory.watch(name, (services) => response.write(`data: ${JSON.stringify({ services })}\n\n`));
      const alive = setInterval(() => response.write(': alive\n\n'), aliveMs).unref();
      response.once('close', () => {
        watchers -= 1;
        clearInterval(alive);
        stop();
      });
    },
  );
  return [watchService];
}
