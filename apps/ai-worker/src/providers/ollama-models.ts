import type { Availability } from './ai-provider.ts';
import { callOllama, parseObject } from './ollama-api.ts';

/** Lists and descriptions of models are small. */
const maxBytes = 4_194_304;
const shownModels = 10;
/** How long a description of a model is believed. */
const believedMs = 600_000;

/** What is known of a model's context. */
export interface ModelContext {
  /** Tokens that the model can hold; `undefined` when the server does not say. */
  readonly length: number | undefined;
  /** Tokens that the server gives it by its own settings of the model; `undefined` = the server's default. */
  readonly configured: number | undefined;
}

export interface OllamaModels {
  /** Whether the server answers and has the model. Throws only when `signal` is aborted. */
  availability(model: string, signal: AbortSignal): Promise<Availability>;
  /** Nothing is known when the server does not say. Throws only when `signal` is aborted. */
  contextOf(model: string, signal: AbortSignal): Promise<ModelContext>;
}

/** @param checkTimeoutMs longest wait for one of these answers */
export function createOllamaModels(url: string, checkTimeoutMs: number): OllamaModels {
  const contexts = new Map<string, { readonly context: ModelContext; readonly until: number }>();
  const ask = (path: string, signal: AbortSignal, body?: object) =>
    callOllama(`${url}${path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]),
      maxBytes,
      ...(body === undefined ? {} : { body }),
    });
  return {
    availability: async (model, signal) => {
      try {
        const answer = await ask('/api/tags', signal);
        return answer.status === 200
          ? availabilityIn(answer.text, model)
          : { available: false, reason: `Ollama answers with status ${answer.status}` };
      } catch {
        // Whatever the fault, the server cannot be asked now; only the end of the lease is somebody else's matter.
        signal.throwIfAborted();
        return { available: false, reason: 'Ollama does not answer' };
      }
    },
    contextOf: async (model, signal) => {
      const known = contexts.get(model);
      if (known !== undefined && known.until > performance.now()) return known.context;
      try {
        const answer = await ask('/api/show', signal, { model });
        const context =
          answer.status === 200 ? contextIn(parseObject(answer.text)) : { length: undefined, configured: undefined };
        if (contexts.size > 100) contexts.clear();
        contexts.set(model, { context, until: performance.now() + believedMs });
        return context;
      } catch {
        signal.throwIfAborted();
        return { length: undefined, configured: undefined };
      }
    },
  };
}

/** A name without a tag is that of the tag `latest`. */
function whole(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

function availabilityIn(text: string, model: string): Availability {
  const models = parseObject(text)?.['models'];
  // A server that lists nothing in the known form answers all the same.
  if (!Array.isArray(models)) return { available: true };
  const names = (models as readonly unknown[]).flatMap((one) => {
    const { name, model: id } = (one ?? {}) as { readonly name?: unknown; readonly model?: unknown };
    return [name, id].filter((given) => typeof given === 'string');
  });
  if (names.some((name) => whole(name).toLowerCase() === whole(model).toLowerCase())) return { available: true };
  const installed = [...new Set(names)];
  const others =
    installed.length === 0
      ? 'No model is installed there.'
      : `Or take one that is installed: OLLAMA_MODEL=${installed[0]}${installed.length === 1 ? '' : ` (also ${installed.slice(1, shownModels).join(', ')}${installed.length > shownModels ? ', …' : ''})`}.`;
  return {
    available: false,
    reason: `Ollama answers, but has no model ${model}`,
    remedy: `Run \`ollama pull ${model}\`. ${others}`,
  };
}

/** Source: Ollama API reference, `POST /api/show`: `model_info` has `<architecture>.context_length`, `parameters` lines of the Modelfile. */
function contextIn(description: Record<string, unknown> | undefined): ModelContext {
  const info = (description?.['model_info'] ?? {}) as Readonly<Record<string, unknown>>;
  const length = Object.entries(info).find(
    ([name, value]) => name.endsWith('.context_length') && typeof value === 'number',
  )?.[1];
  const [, configured] =
    /^\s*num_ctx\s+(\d+)\s*$/m.exec(typeof description?.['parameters'] === 'string' ? description['parameters'] : '') ??
    [];
  return {
    length: length as number | undefined,
    configured: configured === undefined ? undefined : Number(configured),
  };
}
