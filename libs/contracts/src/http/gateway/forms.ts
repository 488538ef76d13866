import { type Static, Type } from 'typebox';
import { NullableText } from './shared-schemas.ts';

export const FormField = Type.Object(
  {
    id: Type.String({ description: 'Name of the variable that the answer goes into.' }),
    label: NullableText,
    type: Type.String({
      description:
        '`string`, `long`, `boolean`, `date` (ISO 8601), `enum`, or a type of a foreign engine, which is not checked.',
    }),
    required: Type.Boolean(),
    readonly: Type.Boolean(),
    value: Type.Unknown({ description: 'What it is now, else its default; null when it has neither.' }),
    choices: Type.Array(Type.Object({ id: Type.String(), name: NullableText }, { additionalProperties: false }), {
      description: 'What an `enum` may be, by id.',
    }),
    rules: Type.Array(Type.Object({ name: Type.String(), config: NullableText }, { additionalProperties: false }), {
      description: 'As the model has them: `min`, `max`, `minlength`, `maxlength`, …',
    }),
  },
  { title: 'FormField', additionalProperties: false },
);
export type FormField = Static<typeof FormField>;

export const FormView = Type.Object(
  {
    formKey: Type.Union([Type.String(), Type.Null()], {
      description: 'A form that lies elsewhere; it is neither read nor checked here.',
    }),
    fields: Type.Array(FormField),
  },
  { title: 'Form', additionalProperties: false, description: 'What a person is asked for.' },
);
export type FormView = Static<typeof FormView>;

export const AwaitedTask = Type.Object(
  {
    id: Type.String({ description: 'Complete it with POST /v1/user-tasks/:id/complete.' }),
    name: NullableText,
    activityId: Type.String(),
    instanceId: Type.String(),
    assignee: NullableText,
    form: FormView,
  },
  { title: 'AwaitedTask', additionalProperties: false, description: 'A person for whom an instance waits.' },
);
export type AwaitedTask = Static<typeof AwaitedTask>;
