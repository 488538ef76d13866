import { optional, text, url } from '@procos/config';
import type { defaultPorts } from '@procos/contracts';

/**
 * Where the gateway of `procos up` listens unless it was told otherwise. The type keeps it equal to the contract, whose
 * libraries would take longer to load than the rest of the CLI.
 */
export const defaultGatewayUrl: `http://127.0.0.1:${typeof defaultPorts.gateway}` = 'http://127.0.0.1:8088';

/** Environment variables of the CLI; the options `--url` and `--data-dir` win over them. */
export const cliFields = {
  url: optional(
    url('PROCOS_URL', {
      doc: `Address of the gateway. Without it: the one in the data folder, else ${defaultGatewayUrl}.`,
    }),
  ),
  dataDir: text('PROCOS_DATA_DIR', {
    default: '.procos',
    doc: 'Data folder of `procos up`; its `run.json` says where the gateway listens.',
  }),
} as const;
