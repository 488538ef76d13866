/**
 * `DMN11.xsd` to `DMN15.xsd` of the OMG, as far as decisions use them: attributes without prefix, and the order of the
 * child elements. Every element may begin with a description and extensions, unless it is bare.
 */
export interface ElementSchema {
  /** Attributes besides id and label; `!` stands behind those that are needed. */
  readonly attributes: string;
  /** Child elements in their order, with `?`, `*` and `+`. */
  readonly content: string;
  /** Has neither id and label nor description, extensions and attributes of others. */
  readonly isBare?: boolean;
}

const expression =
  '(literalExpression|invocation|decisionTable|context|functionDefinition|relation|list|for|every|some|conditional|filter)';
const named = 'name!';
const item = { attributes: 'name! typeRef', content: '' };
const tests = { attributes: 'expressionLanguage typeRef', content: 'text' };
const reference = { attributes: 'href!', content: '', isBare: true };
const literal = { attributes: 'typeRef expressionLanguage', content: '(text|importedValues)?' };
const functions = { attributes: 'typeRef kind', content: `formalParameter* ${expression}?` };
const nested = { attributes: 'id typeRef', content: expression, isBare: true };
const iteration = { attributes: 'typeRef iteratorVariable', content: 'in return' };
const quantified = { attributes: 'typeRef iteratorVariable', content: 'in satisfies' };

const elements: Readonly<Record<string, ElementSchema>> = {
  definitions: {
    attributes: 'name! namespace! expressionLanguage typeLanguage exporter exporterVersion',
    content:
      'import* itemDefinition* (decision|businessKnowledgeModel|decisionService|inputData|knowledgeSource)* (group|textAnnotation|association)* elementCollection* (performanceIndicator|organizationUnit)* DMNDI?',
  },
  import: { attributes: 'name! namespace! locationURI importType!', content: '' },
  itemDefinition: {
    attributes: 'name! typeLanguage isCollection',
    content: '((typeRef allowedValues? typeConstraint?)|itemComponent*|functionItem?)',
  },
  functionItem: { attributes: 'outputTypeRef', content: 'parameters*' },
  elementCollection: { attributes: named, content: 'drgElement*' },
  decision: {
    attributes: named,
    content: `question? allowedAnswers? variable? informationRequirement* knowledgeRequirement* authorityRequirement* supportedObjective* impactedPerformanceIndicator* decisionMaker* decisionOwner* usingProcess* usingTask* ${expression}?`,
  },
  businessKnowledgeModel: {
    attributes: named,
    content: 'variable? encapsulatedLogic? knowledgeRequirement* authorityRequirement*',
  },
  decisionService: {
    attributes: named,
    content: 'variable? outputDecision* encapsulatedDecision* inputDecision* inputData*',
  },
  inputData: { attributes: named, content: 'variable?' },
  knowledgeSource: { attributes: 'name! locationURI', content: 'authorityRequirement* type? owner?' },
  performanceIndicator: { attributes: 'name! URI', content: 'impactingDecision*' },
  organizationUnit: { attributes: 'name! URI', content: 'decisionMade* decisionOwned*' },
  informationRequirement: { attributes: '', content: '(requiredDecision|requiredInput)' },
  knowledgeRequirement: { attributes: '', content: 'requiredKnowledge' },
  authorityRequirement: { attributes: '', content: '(requiredDecision|requiredInput|requiredAuthority)' },
  group: { attributes: 'name', content: '' },
  textAnnotation: { attributes: 'textFormat', content: 'text?' },
  association: { attributes: 'associationDirection', content: 'sourceRef targetRef' },
  decisionTable: {
    attributes: 'typeRef hitPolicy aggregation preferredOrientation outputLabel',
    content: 'input* output+ annotation* rule*',
  },
  input: { attributes: '', content: 'inputExpression inputValues?' },
  output: { attributes: 'name typeRef', content: 'outputValues? defaultOutputEntry?' },
  annotation: { attributes: 'name', content: '', isBare: true },
  rule: { attributes: '', content: 'inputEntry* outputEntry+ annotationEntry*' },
  annotationEntry: { attributes: '', content: 'text?', isBare: true },
  importedValues: {
    attributes: 'name namespace! locationURI importType! expressionLanguage',
    content: 'importedElement',
  },
  invocation: { attributes: 'typeRef', content: `${expression}? binding*` },
  binding: { attributes: '', content: `parameter ${expression}?`, isBare: true },
  context: { attributes: 'typeRef', content: 'contextEntry*' },
  contextEntry: { attributes: '', content: `variable? ${expression}` },
  relation: { attributes: 'typeRef', content: 'column* row*' },
  list: { attributes: 'typeRef', content: `${expression}*` },
  row: { attributes: 'typeRef', content: `${expression}*` },
  for: iteration,
  every: quantified,
  some: quantified,
  conditional: { attributes: 'typeRef', content: 'if then else' },
  filter: { attributes: 'typeRef', content: 'in match' },
  ...Object.fromEntries(['in', 'return', 'satisfies', 'if', 'then', 'else', 'match'].map((name) => [name, nested])),
  ...Object.fromEntries(
    ['variable', 'parameter', 'parameters', 'formalParameter', 'column'].map((name) => [name, item]),
  ),
  ...Object.fromEntries(
    ['inputValues', 'outputValues', 'allowedValues', 'typeConstraint', 'inputEntry'].map((name) => [name, tests]),
  ),
  ...Object.fromEntries(
    ['literalExpression', 'inputExpression', 'defaultOutputEntry', 'outputEntry'].map((name) => [name, literal]),
  ),
  ...Object.fromEntries(['functionDefinition', 'encapsulatedLogic'].map((name) => [name, functions])),
  ...Object.fromEntries(
    [
      'drgElement',
      'requiredDecision',
      'requiredInput',
      'requiredKnowledge',
      'requiredAuthority',
      'supportedObjective',
      'impactedPerformanceIndicator',
      'decisionMaker',
      'decisionOwner',
      'usingProcess',
      'usingTask',
      'impactingDecision',
      'decisionMade',
      'decisionOwned',
      'owner',
      'outputDecision',
      'encapsulatedDecision',
      'inputDecision',
      'sourceRef',
      'targetRef',
      'decisionService>inputData',
    ].map((name) => [name, reference]),
  ),
};

/** DMN 1.1 is stricter. */
const of11: Readonly<Record<string, Partial<ElementSchema>>> = {
  import: { attributes: 'namespace! locationURI importType!', isBare: true },
  importedValues: { attributes: 'namespace! locationURI importType! expressionLanguage', isBare: true },
  informationRequirement: { isBare: true },
  knowledgeRequirement: { isBare: true },
  authorityRequirement: { isBare: true },
  contextEntry: { isBare: true },
  businessKnowledgeModel: { content: 'encapsulatedLogic? variable? knowledgeRequirement* authorityRequirement*' },
  decisionTable: { content: 'input* output+ rule*' },
  rule: { content: 'inputEntry* outputEntry+' },
};

/** Elements that hold nothing but text. */
export const textElements: ReadonlySet<string> = new Set([
  'allowedAnswers',
  'description',
  'importedElement',
  'question',
  'text',
  'type',
  'typeRef',
]);

export const decisionNamespaces: ReadonlyMap<string, string> = new Map([
  ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', '1.1'],
  ['http://www.omg.org/spec/DMN/20151101/dmn11.xsd', '1.1'],
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', '1.2'],
  ['https://www.omg.org/spec/DMN/20191111/MODEL/', '1.3'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', '1.4'],
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', '1.5'],
]);

/** @returns `undefined` for an element that DMN does not have */
export function elementSchema(name: string, parent: string, version: string): ElementSchema | undefined {
  const key = Object.hasOwn(elements, `${parent}>${name}`) ? `${parent}>${name}` : name;
  const schema = Object.hasOwn(elements, key) ? elements[key] : undefined;
  const stricter = version === '1.1' && Object.hasOwn(of11, key) ? of11[key] : undefined;
  return schema === undefined ? undefined : { ...schema, ...stricter };
}
