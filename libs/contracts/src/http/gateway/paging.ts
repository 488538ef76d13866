import { Type } from 'typebox';

/** The query of every list: which part of it is wanted. @param limit how many are given when nothing is said */
export const paging = (limit: number) => ({
  limit: Type.Integer({ minimum: 1, maximum: 500, default: limit, description: 'At most so many.' }),
  offset: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    default: 0,
    description: 'How many to leave out from the beginning of the list.',
  }),
});

/** Beside every list: how many there are in all, so that nothing is out of reach. */
export const total = Type.Integer({ description: 'How many match in all; ask for the others with offset.' });
