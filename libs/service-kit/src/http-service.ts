import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiInfo, openApiDocument, operationFinder, type RouteContract } from '@procos/contracts';
import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import express, { type Express } from 'express';
import { answerBrokenRequests } from './answer-broken-requests.ts';
import { answerErrors } from './answer-errors.ts';
import { answerUnmatched } from './answer-unmatched.ts';
import type { Readiness } from './app.ts';
import { checkAddress } from './check-address.ts';
import { readBodies } from './check-bodies.ts';
import { serviceErrors } from './errors.ts';
import { refuseForeignCallers } from './guard.ts';
import { measureRequests } from './measure-requests.ts';
import { portVariable } from './port-variable.ts';

export interface HttpServiceOptions {
  readonly name: string;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Host names besides loopback under which the service may be called. @default none */
  readonly allowedHosts?: readonly string[];
  /** Foreign web pages that may use the service, as `https://console.example`. @default none */
  readonly allowedOrigins?: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** What the service says of its own routes at `/openapi.json`. @default that it has none */
  readonly api?: { readonly info: ApiInfo; readonly routes: readonly RouteContract[] };
  /** Adds the service's own routes. */
  readonly routes?: (app: Express) => void;
  /** Largest JSON body, in bytes. @default 4 MiB */
  readonly bodyLimit?: number;
  /** Path → largest JSON body there, in bytes, where it is another. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
}

export interface HttpService {
  url(): string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The HTTP side of every service: `/livez`, `/readyz`, `/metrics`, `/openapi.json`, the guard against foreign callers, error answers. */
export function createHttpService(options: HttpServiceOptions): HttpService {
  const { name, host = '127.0.0.1' } = options;
  const app = buildExpress(options);
  let server: Server | undefined;
  let url = '';
  return {
    url: () => url,
    start: async () => {
      server = createServer(app);
      answerBrokenRequests(server);
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

const defaultBodyLimit = 4 * 1024 * 1024;

function buildExpress(options: HttpServiceOptions): Express {
  const {
    name,
    allowedHosts = [],
    allowedOrigins = [],
    logger,
    metrics,
    readiness,
    routes,
    api = { info: { title: `ProcOS ${name}`, version: '1', description: 'Health and metrics.' }, routes: [] },
    bodyLimit = defaultBodyLimit,
    bodyLimits = {},
  } = options;
  const app = express();
  const document = openApiDocument(api.info, api.routes);
  const limitOf = (path: string) => (Object.hasOwn(bodyLimits, path) ? bodyLimits[path] : undefined) ?? bodyLimit;
  app.disable('x-powered-by');
  app.use(measureRequests(metrics), checkAddress, refuseForeignCallers(app, { allowedHosts, allowedOrigins }));
  app.get('/livez', (_request, response) => void response.json({ status: 'ok', service: name }));
  app.get('/readyz', async (_request, response) => {
    const { ready, details } = await readiness();
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'not_ready', service: name, pid: process.pid, ...details });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.expose());
  });
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use(readBodies(limitOf));
  routes?.(app);
  app.use(answerUnmatched(app));
  app.use(answerErrors(logger, limitOf, operationFinder(api.routes)));
  return app;
}

function listen(server: Server, { name, port }: HttpServiceOptions, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      const where = { port, host, service: name, variable: portVariable(name) };
      reject(
        fault.code === 'EADDRINUSE'
          ? serviceErrors.PROCOS_HTTP_PORT_BUSY(where, fault)
          : serviceErrors.PROCOS_HTTP_PORT_REFUSED({ ...where, reason: fault.message }, fault),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
