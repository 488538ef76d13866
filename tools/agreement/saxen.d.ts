/** The part of `saxen` used here; the package ships no types. */
declare module 'saxen' {
  export interface ParseContext {
    readonly line: number;
    readonly column: number;
    readonly data: string;
  }
  export type GetContext = () => ParseContext;
  export type DecodeEntities = (value: string) => string;

  export class Parser {
    /** Address of a namespace → the prefix that its names get, whatever the document calls it. */
    ns(namespaces: Readonly<Record<string, string>>): this;
    on(
      event: 'openTag',
      handler: (
        name: string,
        getAttributes: () => Record<string, string> | false,
        decode: DecodeEntities,
        selfClosing: boolean,
        context: GetContext,
      ) => void,
    ): this;
    on(
      event: 'closeTag',
      handler: (name: string, decode: DecodeEntities, selfClosing: boolean, context: GetContext) => void,
    ): this;
    on(event: 'text', handler: (value: string, decode: DecodeEntities, context: GetContext) => void): this;
    on(event: 'comment', handler: (value: string, decode: DecodeEntities, context: GetContext) => void): this;
    on(event: 'cdata' | 'question', handler: (value: string, context: GetContext) => void): this;
    on(event: 'attention', handler: (value: string, decode: DecodeEntities, context: GetContext) => void): this;
    on(event: 'error' | 'warn', handler: (error: Error, context: GetContext) => void): this;
    parse(xml: string): void;
  }
}
