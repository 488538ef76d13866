import { type TProperties, Type } from 'typebox';

/** One kind of event: what its type looks like and what it says. */
export interface EventChannel {
  readonly name: string;
  /** The event's type with its variable words in braces; also its routing key. */
  readonly address: string;
  readonly summary: string;
  /** Variable words → their meaning, and the words allowed where these are few. */
  readonly parameters: Readonly<Record<string, { readonly description: string; readonly words?: readonly string[] }>>;
  /** What `data` of the event holds; there may be more. */
  readonly data: TProperties;
}

export const text = (description: string) => Type.String({ description });
export const maybe = (description: string) => Type.Optional(Type.Union([Type.String(), Type.Null()], { description }));
export const count = (description: string) => Type.Optional(Type.Union([Type.Integer(), Type.Null()], { description }));
export const processKey = { description: 'Key of the process definition; a dot in it is written as an underscore.' };
export const instance = { instanceId: text('Process instance.'), processKey: text('Key of the process definition.') };
