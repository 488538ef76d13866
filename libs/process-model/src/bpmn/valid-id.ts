/** `xsd:NCName`, the lexical form of `xsd:ID`. */
export const validId = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
