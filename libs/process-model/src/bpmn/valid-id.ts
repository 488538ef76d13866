/** `xsd:NCName`, the lexical form of `xsd:ID`. */
export const validId = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/** `xsd:QName`, the lexical form of every reference: an id, or one behind the prefix of a namespace. */
export const validReference = /^[\p{L}_][\p{L}\p{M}\p{N}_.\-·]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.\-·]*)?$/u;
