import { Type } from 'typebox';
import type { EventChannel } from './event-channel.ts';
import { eventChannels } from './event-channels.ts';
import type { ProcosEvent } from './events.ts';
import { compileFaultFinder, renderFaults } from './validation.ts';

/** Kinds that others send to the engine: whoever carries them there checks them, and keeps what is wrong for people to see. */
const inbound = new Set(['message', 'start']);

const checks = new Map(
  eventChannels
    .filter(({ name }) => !inbound.has(name))
    .map(
      (channel) =>
        [
          channel.address.split('.')[0] ?? '',
          { channel, faultsOf: compileFaultFinder(Type.Object(channel.data)) },
        ] as const,
    ),
);

/**
 * What is wrong with an event of a kind that the contract of events describes; `undefined` for a good one, and for kinds of
 * one's own.
 */
export function eventFault({ type, data }: Pick<ProcosEvent, 'type' | 'data'>): string | undefined {
  const words = type.split('.');
  const known = checks.get(words[0] ?? '');
  if (known === undefined) return undefined;
  const address = addressFault(words, known.channel);
  if (address !== undefined) return address;
  const faults = known.faultsOf(data);
  return faults === undefined ? undefined : `data is not that of ${known.channel.address}: ${renderFaults(faults)}`;
}

function addressFault(words: readonly string[], { address, parameters }: EventChannel): string | undefined {
  const places = address.split('.');
  const fits =
    places.length === words.length && places.every((place, index) => wordFits(place, words[index] ?? '', parameters));
  return fits
    ? undefined
    : `type must be ${address.replace(/\{(\w+)\}/g, (place, name: string) => parameters[name]?.words?.join('|') ?? place)}`;
}

function wordFits(place: string, word: string, parameters: EventChannel['parameters']): boolean {
  const name = /^\{(\w+)\}$/.exec(place)?.[1];
  if (name === undefined) return place === word;
  const allowed = parameters[name]?.words;
  return word !== '' && (allowed === undefined || allowed.includes(word));
}
