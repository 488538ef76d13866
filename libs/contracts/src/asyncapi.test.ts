import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from './asyncapi.ts';
import { eventChannels } from './event-channels.ts';

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument('0.1.0') as {
    readonly channels: Record<string, { readonly address: string; readonly parameters: Record<string, unknown> }>;
    readonly operations: Record<string, { readonly action: string; readonly channel: { readonly $ref: string } }>;
    readonly components: { readonly messages: Record<string, { readonly payload: unknown }> };
  };

  it('has a channel, an operation and a message for every kind of event', () => {
    const names = eventChannels.map(({ name }) => name);

    expect(Object.keys(document.channels)).toEqual(names);
    expect(Object.values(document.operations).map(({ channel }) => channel.$ref)).toEqual(
      names.map((name) => `#/channels/${name}`),
    );
    expect(Object.keys(document.components.messages)).toEqual(names);
  });

  it('explains every variable word of an address, and none that is not there', () => {
    for (const { address, parameters } of Object.values(document.channels)) {
      const words = [...address.matchAll(/\{(\w+)\}/g)].map(([, word]) => word);
      expect(Object.keys(parameters)).toEqual(words);
    }
  });

  it('says which events come in', () => {
    const incoming = Object.entries(document.operations).filter(([, { action }]) => action === 'receive');

    expect(incoming.map(([name]) => name)).toEqual(['receiveMessage', 'receiveStart']);
  });

  it('leads to what is there with every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) =>
      path.split('/'),
    );
    const at = (path: readonly string[]) =>
      path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((path) => at(path) === undefined)).toEqual([]);
  });
});
