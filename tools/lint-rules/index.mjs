// The house rules that no published plugin knows. One rule = one file; each message says what to do instead.
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { fileName } from './file-name.mjs';
import { noDefaultExport } from './no-default-export.mjs';
import { noEnginePath } from './no-engine-path.mjs';
import { noProcessEnv } from './no-process-env.mjs';
import { patientWait } from './patient-wait.mjs';

export const procosRules = {
  meta: { name: 'procos' },
  rules: {
    'file-name': fileName,
    // The core rule once more: it warns at the size we aim for, this one refuses at the size we do not accept.
    'file-size-limit': builtinRules.get('max-lines'),
    'no-default-export': noDefaultExport,
    'no-engine-path': noEnginePath,
    'no-process-env': noProcessEnv,
    'patient-wait': patientWait,
  },
};
