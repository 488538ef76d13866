import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { defineRoute } from './route-contract.ts';

const Pet = Type.Object({ name: Type.String() }, { title: 'Pet' });
const route = defineRoute({
  method: 'get',
  path: '/pets/:id',
  operationId: 'getPet',
  summary: 'One pet.',
  params: Type.Object({ id: Type.String({ description: 'Its number.' }) }),
  query: Type.Object({ waitMs: Type.Integer({ default: 0 }), deep: Type.Optional(Type.Boolean()) }),
  replies: { 200: { description: 'The pet.', body: Type.Array(Pet) } },
  errors: { 404: 'No such pet.' },
});
const document = openApiDocument({ title: 'Pets', version: '1', description: 'Pets.' }, [route]);

describe('the document of an API', () => {
  it('names path parameters as OpenAPI does, and asks only for what a caller must send', () => {
    expect(document['paths']).toMatchObject({
      '/pets/{id}': {
        get: {
          operationId: 'getPet',
          parameters: [
            { name: 'id', in: 'path', required: true, description: 'Its number.', schema: { type: 'string' } },
            { name: 'waitMs', in: 'query', required: false, schema: { type: 'integer', default: 0 } },
            { name: 'deep', in: 'query', required: false },
          ],
        },
      },
    });
  });

  it('asks in a body only for what has no default', () => {
    const add = defineRoute({
      method: 'post',
      path: '/pets',
      operationId: 'addPet',
      summary: 'Add one.',
      body: Type.Object({ name: Type.String(), legs: Type.Integer({ default: 4 }) }),
      replies: { 200: { description: 'Added.', body: Pet } },
    });

    const described = openApiDocument({ title: 'Pets', version: '1', description: 'Pets.' }, [add]);

    expect(described).toMatchObject({
      paths: {
        '/pets': {
          post: {
            requestBody: { required: true, content: { 'application/json': { schema: { required: ['name'] } } } },
          },
        },
      },
    });
  });

  it('describes no body for a route that takes none', () => {
    expect(JSON.stringify(document)).not.toContain('requestBody');
  });

  it('makes components of schemas with a title, and describes errors in one form', () => {
    const error = { content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } } };

    expect(document).toMatchObject({
      paths: {
        '/pets/{id}': {
          get: {
            responses: {
              200: {
                content: {
                  'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
                },
              },
              404: { description: 'No such pet.', ...error },
              default: error,
            },
          },
        },
      },
      components: { schemas: { Pet: { type: 'object', required: ['name'] }, ErrorAnswer: { type: 'object' } } },
    });
  });
});
