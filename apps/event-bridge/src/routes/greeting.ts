import type { Express } from 'express';
import { eventBridgeErrors } from '../errors.ts';

/** `GET /v1/greetings/:name` */
export function greetingRoutes(app: Express, salutation: string): void {
  app.get('/v1/greetings/:name', (request, response) => {
    const name = request.params.name.trim();
    if (name === '') throw eventBridgeErrors.PROCOS_EVENT_BRIDGE_NAME_MISSING();
    response.json({ greeting: `${salutation}, ${name}!` });
  });
}
