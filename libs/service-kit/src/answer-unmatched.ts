import type { Express, RequestHandler } from 'express';
import { serviceErrors } from './errors.ts';

/** Answers what no route has taken: which methods the path takes, or that there is nothing at it. */
export function answerUnmatched(app: Express): RequestHandler {
  return (request, response) => {
    const { method, path } = request;
    const methods = methodsAt(app, path);
    if (methods.length === 0) throw serviceErrors.PROCOS_HTTP_NO_ROUTE({ method, path });
    const allowed = methods.join(', ');
    response.set('allow', allowed);
    if (method !== 'OPTIONS') throw serviceErrors.PROCOS_HTTP_METHOD({ method, path, allowed });
    response.status(204).end();
  };
}

interface Layer {
  readonly route?: { readonly path: unknown; readonly stack: readonly { readonly method: string }[] };
  match(path: string): boolean;
}

/** Every method that some route takes at a path. Source: RFC 9110, 15.5.6: a 405 names them. */
export function methodsAt(app: Express, path: string): readonly string[] {
  // The types leave out what a layer is for.
  const layers = app.router.stack as unknown as readonly Layer[];
  const matching = layers.filter((layer) => layer.route !== undefined && layer.match(path));
  // The first is the one that is meant: `/messages/replay`, where `/messages/:id` would match as well.
  const routes = matching.filter(({ route }) => route?.path === matching[0]?.route?.path);
  const methods = routes.flatMap(({ route }) =>
    route === undefined ? [] : route.stack.map((one) => one.method.toUpperCase()),
  );
  if (methods.length === 0) return [];
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].toSorted();
}
