/** The package ships no types; `official-package.ts` gives its parts theirs. */
declare module 'camunda-external-task-client-js' {
  export const Client: unknown;
  export const Variables: unknown;
  export const File: unknown;
  export const BasicAuthInterceptor: unknown;
  export const logger: unknown;
}
