import { defineErrors } from '@procos/errors';

/** Errors that every adapter can answer with. */
export const adapterErrors = defineErrors({
  PROCOS_ADAPTER_UNKNOWN_METHOD: {
    message: 'Unknown method: {method}',
    remedy: 'Call one of: {methods}.',
    when: 'A call names a method that the adapter does not have.',
    status: 404,
  },
  PROCOS_ADAPTER_PARAMETERS: {
    message: 'The call cannot be made: {faults}.',
    remedy: 'Give the parameters that the README of the adapter names for the method.',
    when: 'A call lacks a parameter, or has one of a wrong kind or name.',
    status: 400,
  },
  PROCOS_ADAPTER_REFUSED: {
    message: '{reason}',
    remedy: 'Change what is asked for: trying again does not help.',
    when: 'The service behind the adapter says no for good.',
    status: 422,
  },
  PROCOS_ADAPTER_SET_UP: {
    message: '{reason}',
    remedy: 'Correct the settings of {adapter}; its README names them.',
    when: 'The service behind the adapter does not accept its credentials or settings.',
    status: 424,
  },
  PROCOS_ADAPTER_UNAVAILABLE: {
    message: '{reason}',
    remedy: 'Ask again later, not before `Retry-After`.',
    when: 'The service behind the adapter does not answer, or is overloaded.',
    status: 503,
  },
  PROCOS_ADAPTER_PAUSED: {
    message:
      '{adapter} makes no calls for a moment: the service behind it failed several times in a row, at last: {reason}.',
    remedy: 'Ask again later, not before `Retry-After`.',
    when: 'The circuit breaker of the adapter is open.',
    status: 503,
  },
});
