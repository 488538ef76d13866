import type { Dispatcher } from 'undici';
import type { Config } from '@procos/config';
import { createMailer, type Mailer, systemResolver } from '@procos/mail';
import type { ServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import type { genericWorkerFields } from '../config.ts';
import type { OpenFileVariable, SaveFileVariable } from '../files/file-variable.ts';
import { createAdapterCaller } from '../mail/email-adapter.ts';
import { createMailSender, type SendMail } from '../mail/mail-sender.ts';
import { createServiceFinder } from '../services/find-service.ts';
import type { Sandbox } from '../transform/sandbox.ts';
import { createDataCheck } from '../validation/check-data.ts';
import { dataTransformTask } from './data-transform.ts';
import { dataValidationTask } from './data-validation.ts';
import { emailSendTask } from './email-send.ts';
import { emailValidationTask } from './email-validation.ts';
import { fileOperationTask, type FileOperationOptions } from './file-operation.ts';
import { httpRequestTask } from './http-request.ts';
import { inputValidationTask } from './input-validation.ts';
import { responseFormattingTask } from './response-formatting.ts';
import { serviceCallTask } from './service-call.ts';

export interface GenericTaskDeps {
  readonly config: Config<typeof genericWorkerFields>;
  readonly directory: ServiceDirectory;
  /** Reaches the internet, and nothing inside. */
  readonly publicDispatcher: Dispatcher;
  /** Reaches the services of this network too. */
  readonly networkDispatcher: Dispatcher;
  /** Where transformations run, and checks that may take long. */
  readonly sandbox: Sandbox;
  /** Where the content of File variables is found. */
  readonly openFileVariable: OpenFileVariable;
  /** Where files that are read are put. @default they are outputs like all others */
  readonly saveFileVariable?: SaveFileVariable;
}

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function genericTasks(deps: GenericTaskDeps): readonly TaskDefinition[] {
  const { config, directory, publicDispatcher, networkDispatcher, sandbox, openFileVariable } = deps;
  const { mailAllow, mailDns, mailMaxBytes, secrets } = config;
  const sizes = { maxBytes: config.httpMaxBytes, maxRequestBytes: config.httpMaxRequestBytes };
  const checkData = createDataCheck(sandbox);
  return [
    dataTransformTask(sandbox),
    dataValidationTask(checkData),
    emailSendTask({ send: mailSender(deps), policy: { allow: mailAllow, maxBytes: mailMaxBytes }, openFileVariable }),
    emailValidationTask({ resolver: mailDns ? systemResolver : undefined }),
    fileOperationTask(fileOptions(deps)),
    httpRequestTask({ dispatcher: publicDispatcher, secrets, ...sizes }),
    inputValidationTask(checkData),
    responseFormattingTask(),
    serviceCallTask({ findService: createServiceFinder(directory), dispatcher: networkDispatcher, ...sizes }),
  ];
}

function fileOptions({ config, openFileVariable, saveFileVariable }: GenericTaskDeps): FileOperationOptions {
  return {
    root: config.fileRoot,
    maxFileBytes: config.maxFileBytes,
    quotaBytes: config.fileQuotaBytes,
    maxFiles: config.fileMaxCount,
    inlineBytes: config.fileInlineBytes,
    openFileVariable,
    ...(saveFileVariable === undefined ? {} : { saveFileVariable }),
  };
}

/** The worker's own mail server is used when no e-mail adapter is registered. */
function mailSender({ config, directory, networkDispatcher: dispatcher }: GenericTaskDeps): SendMail {
  const callAdapter = createAdapterCaller({ dispatcher, maxBytes: config.httpMaxBytes });
  return createMailSender({ findService: createServiceFinder(directory), callAdapter, mailer: ownMailer(config) });
}

function ownMailer(config: GenericTaskDeps['config']): Mailer | undefined {
  const { smtpHost } = config;
  return smtpHost === undefined ? undefined : createMailer({ ...config, smtpHost });
}
