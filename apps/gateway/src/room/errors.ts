import { defineErrors } from '@procos/errors';

/** Errors of a system without room. */
export const roomErrors = defineErrors({
  PROCOS_GATEWAY_DISK_FULL: {
    message: 'The disk of {folder} is full ({free} left), so nothing new is begun.',
    remedy:
      'Free some room there; the same call is taken again at once. What runs already goes on as far as it can, and can be looked at.',
    when: 'Less room than PROCOS_MIN_FREE_BYTES is left where the system keeps its state, and a call would begin new work.',
    status: 507,
  },
});
