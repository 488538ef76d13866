import { integer, text } from '@procos/config';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';
import { defaultPorts } from '@procos/contracts';

export const portVariable = 'PROCOS_GENERIC_WORKER_PORT';

/** Settings of the generic worker. */
export const genericWorkerFields = {
  ...serviceFields({ portVariable, port: defaultPorts['generic-worker'] }),
  ...engineFields(),
  ...workerFields(),
  fileRoot: text('PROCOS_FILE_ROOT', { default: '.procos/files', doc: 'Folder that file operations cannot leave.' }),
  maxFileBytes: integer('PROCOS_FILE_MAX_BYTES', { default: 10_485_760, min: 1, doc: 'Largest file that is read or written, in bytes.' }),
  fileQuotaBytes: integer('PROCOS_FILE_QUOTA_BYTES', { default: 1_073_741_824, min: 1, doc: 'What all files in the folder may take together, in bytes.' }),
} as const;
