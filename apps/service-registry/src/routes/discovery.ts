import { registryRoutes } from '@procos/contracts';
import { createRoundRobin, type ServiceDirectory } from '@procos/service-directory';
import { reply, type Route, route } from '@procos/service-kit';
import { serviceRegistryErrors } from '../errors.ts';

/** Finding copies, and choosing one. */
export function discoveryRoutes(directory: ServiceDirectory): readonly Route[] {
  const inTurn = createRoundRobin();
  const findServices = route(registryRoutes.findServices, async ({ query: { name, tag, healthy } }) => {
    const filter = {
      healthyOnly: healthy === 'true',
      ...(tag === undefined ? {} : { anyTag: tag.split(',').map((one) => one.trim()) }),
    };
    const services = await (name === undefined ? directory.list(filter) : directory.discover(name, filter));
    return reply(200, { services: [...services] });
  });
  const chooseEndpoint = route(
    registryRoutes.chooseEndpoint,
    async ({ params: { service_name: name }, query: { strategy } }) => {
      const healthy = await directory.discover(name, { healthyOnly: true });
      const record = strategy === 'first' ? healthy[0] : inTurn.choose(healthy)?.record;
      if (record === undefined) throw serviceRegistryErrors.PROCOS_REGISTRY_NOBODY_HEALTHY({ name });
      return reply(200, { service_id: record.service_id, endpoint: record.endpoint });
    },
  );
  return [findServices, chooseEndpoint];
}
