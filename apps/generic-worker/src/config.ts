import { text } from '@procos/config';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';
import { defaultPorts } from '@procos/contracts';

export const portVariable = 'PROCOS_GENERIC_WORKER_PORT';

/** Settings of the generic worker. */
export const genericWorkerFields = {
  ...serviceFields({ portVariable, port: defaultPorts['generic-worker'] }),
  ...engineFields(),
  ...workerFields(),
  fileRoot: text('PROCOS_FILE_ROOT', { default: '.procos/files', doc: 'Folder that file operations cannot leave.' }),
} as const;
