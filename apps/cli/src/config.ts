import { optional, text, url } from '@procos/config';
import { defaultPorts } from './system/app-names.ts';

/** Where the gateway of `procos up` listens unless it was told otherwise. */
export const defaultGatewayUrl = `http://127.0.0.1:${defaultPorts.gateway}`;

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
