import { useService } from '@procos/testing';
import { createConsulServiceDirectory } from './consul-service-directory.ts';
import { describeServiceDirectory } from './testing/service-directory-contract.ts';

const consul = useService('consul');

describeServiceDirectory('Consul', () =>
  createConsulServiceDirectory({ url: consul().url, onFault: (thrown) => console.error(thrown) }),
);
