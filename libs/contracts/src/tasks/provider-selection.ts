import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

/** What a choice of provider is based on. */
const SelectionCriteria = Type.Object(
  {
    query_length: Type.Integer({ description: 'Length of the question in characters.' }),
    complexity_score: Type.Number({ description: 'Complexity as given by the caller; 0 when not given.' }),
  },
  { description: 'What the choice was based on.' },
);

/** Source: implementation guide, part 2, §5.1 (`_select_best_provider`). The provider `offline` is an addition. */
export const providerSelection = defineTaskContract({
  topic: 'provider_selection',
  title: 'Choose an AI provider',
  description:
    'Chooses who is asked: OpenAI for long (over 2000 characters) or complex (over 0.8) questions, else Ollama when it answers, else OpenAI; offline only where it is allowed.',
  input: Type.Object({
    user_query: Type.String({ description: 'The question to be asked.' }),
    complexity_score: Type.Optional(
      Type.Number({ default: 0, description: 'How complex the question is, from 0 to 1.' }),
    ),
  }),
  output: Type.Object({
    selected_provider: Type.String({ description: '`openai`, `ollama` or `offline`.' }),
    selection_reason: Type.String({ description: 'Why, in one sentence.' }),
    selection_criteria: SelectionCriteria,
  }),
  bpmnErrors: [
    { code: 'NO_PROVIDER', when: 'No provider is configured and reachable; the message says what to configure.' },
  ],
});
