// The house rules that no published plugin knows. One rule = one file; each message says what to do instead.
import { builtinRules } from 'eslint/use-at-your-own-risk';
import type { ESLint, Rule } from 'eslint';
import { fileName } from './file-name.ts';
import { noDefaultExport } from './no-default-export.ts';
import { noEnginePath } from './no-engine-path.ts';
import { noMessageReading } from './no-message-reading.ts';
import { noProcessEnv } from './no-process-env.ts';
import { patientWait } from './patient-wait.ts';

/** The core rule once more: it refuses at the size we aim for, this one at the size we do not accept. */
const fileSizeLimit = builtinRules.get('max-lines') as Rule.RuleModule;

export const procosRules: ESLint.Plugin = {
  meta: { name: 'procos' },
  rules: {
    'file-name': fileName,
    'file-size-limit': fileSizeLimit,
    'no-default-export': noDefaultExport,
    'no-engine-path': noEnginePath,
    'no-message-reading': noMessageReading,
    'no-process-env': noProcessEnv,
    'patient-wait': patientWait,
  },
};
