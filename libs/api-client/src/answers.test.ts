import { describe, expect, it } from 'vitest';
import { createGatewayClient, type Failure, GatewayRefusal } from './index.ts';

const url = 'http://127.0.0.1:8088';
const answering = (body: string, init?: ResponseInit) =>
  createGatewayClient({ url, fetch: async () => new Response(body, init) });
const task = (more: string) => `{"taskId": "t-1", "variables": {"amount": 9007199254740993}${more}}`;

describe('an answer of the gateway', () => {
  it('keeps every digit of an integer', async () => {
    const { variables } = await answering(task('')).completeUserTask({ path: { id: 't-1' } });

    expect(variables['amount']).toBe(9007199254740993n);
  });

  it('may say more than the document: a newer gateway does', async () => {
    const answer = await answering(task(', "isNew": true')).completeUserTask({ path: { id: 't-1' } });

    expect(answer).toMatchObject({ taskId: 't-1', isNew: true });
  });

  it('is refused with the place where it is not of its type', async () => {
    const client = answering('{"instances": [{"id": 17}], "total": 1}');

    await expect(client.listInstances()).rejects.toMatchObject({
      code: 'PROCOS_API_NOT_A_GATEWAY',
      message: expect.stringContaining(
        'its answer to listInstances is not what its document says, instances.0.',
      ) as string,
    });
  });

  it('is a text where the document says so', async () => {
    expect(await answering('<definitions/>').getDefinitionXml({ path: { key: 'order' } })).toBe('<definitions/>');
  });

  it('is no answer of a gateway when it is not JSON', async () => {
    await expect(answering('<html>').getStatus()).rejects.toMatchObject({ code: 'PROCOS_API_NOT_A_GATEWAY' });
    await expect(answering('<html>', { status: 502 }).getStatus()).rejects.toMatchObject({
      message: `What answers at ${url} is not the gateway of ProcOS: status 502, not JSON`,
    });
  });
});

describe('an error answer', () => {
  const error = { code: 'PROCOS_GATEWAY_MODEL', message: 'No.', remedy: 'Correct it.', data: { file: 'a.bpmn' } };
  const refused = JSON.stringify({ error, findings: [{ rule: 'topic' }] });

  it('is the error of the gateway, with what stands beside it', async () => {
    const thrown = await answering(refused, { status: 422 })
      .createDeployment({ body: { files: [] } })
      .catch((caught: unknown) => caught);

    expect(thrown).toBeInstanceOf(GatewayRefusal);
    expect(thrown).toMatchObject({ ...error, status: 422, details: { findings: [{ rule: 'topic' }] } });
  });

  it('names the operations of its remedy, where the gateway says which', async () => {
    const call = { call: 'GET /v1/instances/i', operationId: 'getInstance', path: { id: 'i' }, query: {} };
    const thrownBy = (operations: unknown) =>
      answering(JSON.stringify({ error: { ...error, operations } }), { status: 409 })
        .getStatus()
        .catch((caught: unknown) => caught);

    expect(await thrownBy([call])).toMatchObject({ ...error, operations: [call] });
    expect(await thrownBy(undefined)).toMatchObject({ ...error, operations: undefined });
    expect(await thrownBy([{ operationId: 'getInstance' }])).toMatchObject({ ...error, operations: undefined });
  });

  it('names call and status where it is in another form', async () => {
    await expect(answering('{"timestamp": 1}', { status: 500 }).getStatus()).rejects.toMatchObject({
      code: 'PROCOS_API_REQUEST_FAILED',
      data: { method: 'GET', status: 500 },
    });
  });

  it('is in words of the program that gives its own', async () => {
    const kinds: Failure['kind'][] = [];
    const errorOf = ({ kind }: Failure) => (kinds.push(kind), new RangeError(kind));
    const client = createGatewayClient({ url, errorOf, fetch: async () => new Response(refused, { status: 422 }) });

    await expect(client.getStatus()).rejects.toThrow(new RangeError('refused'));
    expect(kinds).toEqual(['refused']);
  });
});

describe('what a call takes', () => {
  it('is checked by its type', () => {
    const client = answering('{}');
    // @ts-expect-error: the document knows no such state
    const state = () => client.listInstances({ query: { state: 'ASLEEP' } });
    // @ts-expect-error: the document knows no such filter
    const filter = () => client.listInstances({ query: { colour: 'red' } });
    // @ts-expect-error: an instance is named by its id
    const path = () => client.getInstance({});
    // @ts-expect-error: a request names its process
    const body = () => client.createRequest({ body: {} });

    expect([state, filter, path, body]).toHaveLength(4);
  });
});
