import type { Download, EngineHttp } from '../http.ts';
import { type FileContent, fileUpload } from '../multipart.ts';
import {
  decodeValue,
  decodeVariables,
  encodeValue,
  encodeVariables,
  type EngineValue,
  type Variables,
} from '../variables.ts';

export interface TransferOptions {
  readonly signal?: AbortSignal;
  /** How much longer than an ordinary request it may take, in milliseconds. @default 0 */
  readonly extraTimeMs?: number;
}

/** Variables of running instances. */
export function instanceVariables(http: EngineHttp) {
  const all = async (scope: string): Promise<Record<string, unknown>> =>
    decodeVariables(
      await http.request<Record<string, EngineValue>>('GET', scope, { query: { deserializeValues: false } }),
    );
  const local = (executionId: string) => `/execution/${encodeURIComponent(executionId)}/localVariables`;
  const ofInstance = (id: string) => `/process-instance/${encodeURIComponent(id)}/variables`;
  const one = (id: string, name: string) => `${ofInstance(id)}/${encodeURIComponent(name)}`;
  return {
    variables: (id: string) => all(ofInstance(id)),
    /** One variable in the engine's wire form; the content of a file is left out. @throws EngineRequestError with status 404 when there is none */
    variable: (id: string, name: string): Promise<EngineValue> =>
      http.request('GET', one(id, name), {
        query: { deserializeValue: false },
      }),
    /**
     * The bytes of a variable of type File or Bytes; the caller reads or destroys the body.
     *
     * @throws EngineRequestError with status 404 when there is no such variable, 400 when it is of another type
     */
    variableData: (id: string, name: string, options: TransferOptions = {}): Promise<Download> =>
      http.download(`${one(id, name)}/data`, options),
    /**
     * Puts a file into a variable of an instance, of type File. Its bytes are sent as they are read.
     *
     * @throws EngineRequestError with status 404 when there is no such instance
     */
    putFile: (id: string, name: string, file: FileContent, options: TransferOptions = {}): Promise<void> =>
      http.request('POST', `${one(id, name)}/data`, {
        upload: fileUpload(file),
        ...options,
      }),
    /** Sets variables of a running instance. @throws EngineRequestError with status 404 or 500 when there is no such instance */
    setVariables: (id: string, variables: Variables): Promise<void> =>
      http.request('POST', ofInstance(id), { json: { modifications: encodeVariables(variables) } }),
    /** Variables that exist in one execution only, such as the input parameters of a task. */
    localVariables: (executionId: string) => all(local(executionId)),
    /** Sets a variable of one execution, which ends with it. @throws EngineRequestError with status 404 or 500 when there is no such execution */
    setLocalVariable: (executionId: string, name: string, value: unknown): Promise<void> =>
      http.request('PUT', `${local(executionId)}/${encodeURIComponent(name)}`, { json: encodeValue(value) }),
    /** The values that a variable has in those of these executions that have it, in no order. */
    localVariablesNamed: async (
      variableName: string,
      executionIdIn: readonly string[],
    ): Promise<readonly unknown[]> => {
      if (executionIdIn.length === 0) return [];
      const rows = await http.request<readonly EngineValue[]>('POST', '/variable-instance', {
        query: { deserializeValues: false, maxResults: executionIdIn.length },
        json: { variableName, executionIdIn },
      });
      return rows.map(decodeValue);
    },
  };
}
