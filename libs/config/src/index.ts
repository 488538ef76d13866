/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { also, choice, decimal, flag, integer, list, optional, port, secret, text, url } from './fields.ts';
export type { ConfigField } from './fields.ts';
export { ConfigError, readConfig, SecretFault, unknownSettings } from './read-config.ts';
export type { Config, ConfigFields, Environment } from './read-config.ts';
export { configTable, describeConfig } from './describe-config.ts';
export type { ConfigRow } from './describe-config.ts';
export { Secret } from './secret.ts';
