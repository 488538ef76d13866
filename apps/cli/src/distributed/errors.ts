import { defineErrors } from '@procos/errors';

/** Errors of the distributed mode itself. */
export const distributedErrors = defineErrors({
  PROCOS_CLI_SERVICE_AWAY: {
    message: 'No {service} answers at {host}, which {variable} names: {reason}',
    remedy: 'Start it, or correct {variable}; without {variable} procos starts one itself.',
    when: '`procos up --distributed` is given the address of a broker, directory or database that cannot be reached.',
    status: 503,
  },
  PROCOS_CLI_SERVICE_REFUSED: {
    message: 'The {service} at {host}, which {variable} names, does not let us in: {reason}.',
    remedy:
      'Correct user, password and path in {variable} (characters such as @ : / are written %40 %3A %2F); without {variable} procos starts one itself.',
    when: '`procos up --distributed` is given a broker or directory that answers and refuses.',
    status: 401,
  },
  PROCOS_CLI_SERVICE_MISSING: {
    message: 'Not all of {services} could be started on this machine: {reason}',
    remedy:
      'Install them (Debian packages rabbitmq-server and postgresql, Go for Consul, or docker), or name ones that run elsewhere: {variables}.',
    when: '`procos up --distributed` can neither find nor start a broker, directory or database.',
    status: 503,
  },
});
