/** Answer of `POST /api/generate` with `stream: false`. */
export const ollamaAnswer = {
  model: 'llama2',
  created_at: '2025-10-17T23:14:07.414671Z',
  response: 'A process is a sequence of steps.',
  done: true,
  done_reason: 'stop',
  context: [1, 2, 3],
  total_duration: 174_560_334,
  load_duration: 101_397_084,
  prompt_eval_count: 11,
  prompt_eval_duration: 13_074_791,
  eval_count: 18,
  eval_duration: 52_479_709,
} as const;

/** Answer of `GET /api/tags`. */
export const ollamaTags = {
  models: [
    {
      name: 'llama2:latest',
      model: 'llama2:latest',
      modified_at: '2025-05-10T08:06:48.639712648-07:00',
      size: 3_826_793_677,
      digest: '78e26419b4469263f75331927a00a0284ef6544c1975b826b15abdaef17bb962',
      details: {
        parent_model: '',
        format: 'gguf',
        family: 'llama',
        families: ['llama'],
        parameter_size: '7B',
        quantization_level: 'Q4_0',
      },
    },
  ],
} as const;

/** Error bodies as the server sends them. */
export const ollamaErrors = {
  noModel: { error: "model 'llama2' not found" },
  memory: { error: 'model requires more system memory (8.4 GiB) than is available (3.1 GiB)' },
  busy: { error: 'server busy, please try again.  maximum pending requests exceeded' },
  badRequest: { error: 'invalid options: num_predict' },
} as const;
