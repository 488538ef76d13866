import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toWireError } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Readiness } from './app.ts';
import { serviceErrors } from './errors.ts';
import { refuseForeignCallers } from './guard.ts';

export interface HttpServiceOptions {
  readonly name: string;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Environment variable that sets the port, named in error texts. */
  readonly portVariable: string;
  /** Host names besides loopback under which the service may be called. @default none */
  readonly allowedHosts?: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** Adds the service's own routes. */
  readonly routes?: (app: Express) => void;
  /** Largest JSON body, in bytes. @default 4 MiB */
  readonly bodyLimit?: number;
}

export interface HttpService {
  url(): string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The HTTP side of every service: `/livez`, `/readyz`, `/metrics`, the guard against foreign callers, error answers. */
export function createHttpService(options: HttpServiceOptions): HttpService {
  const { name, host = '127.0.0.1' } = options;
  const app = buildExpress(options);
  let server: Server | undefined;
  let url = '';
  return {
    url: () => url,
    start: async () => {
      server = createServer(app);
      const { port } = await listen(server, options, host);
      url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
      options.logger.info('service_listening', { service: name, url });
    },
    stop: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeIdleConnections();
        // Event streams stay open by design; they are cut after a moment.
        setTimeout(() => closing.closeAllConnections(), 500).unref();
      });
    },
  };
}

function buildExpress({ name, allowedHosts = [], logger, metrics, readiness, routes, bodyLimit = 4 * 1024 * 1024 }: HttpServiceOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(refuseForeignCallers(allowedHosts));
  app.get('/livez', (_request, response) => void response.json({ status: 'ok', service: name }));
  app.get('/readyz', async (_request, response) => {
    const { ready, details } = await readiness();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'not_ready', service: name, ...details });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.expose());
  });
  app.use(express.json({ limit: bodyLimit }));
  routes?.(app);
  app.use((request) => {
    throw serviceErrors.PROCOS_HTTP_NO_ROUTE({ method: request.method, path: request.path });
  });
  app.use(answerErrors(logger));
  return app;
}

function answerErrors(logger: Logger): ErrorRequestHandler {
  // Express tells error handlers by their four parameters.
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const { status, body } = toWireError(isBodyFault(thrown) ? serviceErrors.PROCOS_HTTP_BODY({ reason: thrown.message }, thrown) : thrown);
    if (status >= 500) logger.error('request_failed', { method: request.method, path: request.path, status, error: thrown });
    response.status(status).json(body);
  };
}

/** The body parser's errors carry a `type` and a 4xx `status`. */
function isBodyFault(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'type' in thrown && 'status' in thrown && typeof thrown.status === 'number' && thrown.status < 500;
}

function listen(server: Server, { name, port, portVariable }: HttpServiceOptions, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      const where = { port, host, service: name, variable: portVariable };
      reject(
        fault.code === 'EADDRINUSE'
          ? serviceErrors.PROCOS_HTTP_PORT_BUSY(where, fault)
          : serviceErrors.PROCOS_HTTP_PORT_REFUSED({ ...where, reason: fault.message }, fault),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
