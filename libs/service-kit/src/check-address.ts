import type { RequestHandler } from 'express';
import { serviceErrors } from './errors.ts';

/** Refuses addresses whose percent signs stand for no text: a path with `%zz`, or with half of a character. */
export const checkAddress: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.url);
  } catch (fault) {
    throw serviceErrors.PROCOS_HTTP_ADDRESS({}, fault);
  }
  next();
};
