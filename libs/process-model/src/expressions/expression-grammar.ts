import type { Token } from './tokenize-expression.ts';

/** Properties of engine objects that hold plain text or numbers; everything else leads to the engine's services. */
const readableProperties: Readonly<Record<string, readonly string[]>> = {
  execution: [
    'id',
    'processInstanceId',
    'processBusinessKey',
    'businessKey',
    'processDefinitionId',
    'currentActivityId',
    'currentActivityName',
    'activityInstanceId',
    'tenantId',
  ],
  externalTask: ['id', 'activityId', 'topicName', 'workerId', 'retries', 'errorMessage', 'errorDetails'],
};

/**
 * Objects that the engine puts into every scope, and beans that a stock Spring Boot engine offers to every expression.
 * Naming one hands the object on: `x${systemEnvironment}` would write the passwords of the server into a variable.
 */
const engineObjects: ReadonlySet<string> = new Set([
  'execution',
  'externalTask',
  'task',
  'caseExecution',
  'variableScope',
  'processEngine',
  'processEngineConfiguration',
  'authorizationService',
  'caseService',
  'decisionService',
  'externalTaskService',
  'filterService',
  'formService',
  'historyService',
  'identityService',
  'managementService',
  'repositoryService',
  'runtimeService',
  'taskService',
  'applicationContext',
  'contextAttributes',
  'contextParameters',
  'dataSource',
  'environment',
  'jdbcTemplate',
  'servletContext',
  'springApplicationArguments',
  'systemEnvironment',
  'systemProperties',
  'transactionManager',
]);

/** Binary operators by rising binding strength; the words are the aliases of the JSP expression language. */
const binaryLevels: readonly ReadonlySet<string>[] = [
  new Set(['||', 'or']),
  new Set(['&&', 'and']),
  new Set(['==', '!=', 'eq', 'ne']),
  new Set(['<', '>', '<=', '>=', 'lt', 'gt', 'le', 'ge']),
  new Set(['+', '-']),
  new Set(['*', '/', '%', 'div', 'mod']),
];
const unaryOperators: ReadonlySet<string> = new Set(['!', '-', 'not', 'empty']);
const literals: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const reservedWords: ReadonlySet<string> = new Set([
  ...binaryLevels.flatMap((level) => [...level]),
  ...unaryOperators,
  'instanceof',
]);
const maximumDepth = 50;

class RefusedExpression extends Error {}

/**
 * Recursive descent over
 * `ternary := or ['?' ternary ':' ternary]`, the binary levels, `unary := ('!'|'-'|'not'|'empty') unary | primary`,
 * `primary := literal | variable | execution '.' property | '(' ternary ')'`.
 * There is no rule for a call, an index or any other property, so none can be written.
 */
class Grammar {
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  wholeExpression(): void {
    if (this.#current().kind === 'end') throw new RefusedExpression('it is empty');
    this.#ternary();
    if (this.#current().kind !== 'end') throw this.#unexpected();
  }

  #ternary(): void {
    this.#deeper(() => {
      this.#binary(0);
      if (!this.#accept('?')) return;
      this.#ternary();
      this.#expect(':');
      this.#ternary();
    });
  }

  #binary(level: number): void {
    const operators = binaryLevels[level];
    if (operators === undefined) return this.#unary();
    this.#binary(level + 1);
    while (this.#acceptOneOf(operators)) this.#binary(level + 1);
  }

  #unary(): void {
    while (this.#acceptOneOf(unaryOperators));
    this.#primary();
  }

  #primary(): void {
    if (this.#accept('(')) {
      this.#ternary();
      this.#expect(')');
      return;
    }
    const token = this.#current();
    if (token.kind !== 'number' && token.kind !== 'string' && token.kind !== 'identifier') throw this.#unexpected();
    if (reservedWords.has(token.text))
      throw new RefusedExpression(`the word "${token.text}" stands where a value is needed`);
    this.#position += 1;
    if (token.kind === 'identifier' && !literals.has(token.text)) this.#variable(token.text);
  }

  #variable(name: string): void {
    const readable = Object.hasOwn(readableProperties, name) ? readableProperties[name] : undefined;
    if (readable !== undefined && this.#accept('.')) {
      const property = this.#current().text;
      if (!readable.includes(property)) throw new RefusedExpression(`the property ${name}.${property} may not be read`);
      this.#position += 1;
    } else if (engineObjects.has(name)) {
      throw new RefusedExpression(`${name} is an object of the engine`);
    }
  }

  #deeper(parse: () => void): void {
    this.#depth += 1;
    if (this.#depth > maximumDepth) throw new RefusedExpression('it is nested too deeply');
    parse();
    this.#depth -= 1;
  }

  #current(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '}' };
  }

  #accept(text: string): boolean {
    return this.#acceptOneOf(new Set([text]));
  }

  #acceptOneOf(texts: ReadonlySet<string>): boolean {
    const { kind, text } = this.#current();
    if (kind === 'end' || kind === 'string' || kind === 'number' || !texts.has(text)) return false;
    this.#position += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected();
  }

  #unexpected(): RefusedExpression {
    const { kind, text } = this.#current();
    if (text === '(' && kind === 'operator') return new RefusedExpression('methods and functions may not be called');
    if (text === '[' && kind === 'operator') return new RefusedExpression('values may not be indexed with [ ]');
    if (text === '.' && kind === 'operator') return new RefusedExpression('properties of a variable may not be read');
    return new RefusedExpression(kind === 'end' ? 'it ends too early' : `${text.slice(0, 20)} is not expected here`);
  }
}

/** @returns why the expression is refused, or undefined when it belongs to the allowed subset */
export function refusalOf(tokens: readonly Token[]): string | undefined {
  try {
    new Grammar(tokens).wholeExpression();
    return undefined;
  } catch (error) {
    if (error instanceof RefusedExpression) return error.message;
    throw error;
  }
}
