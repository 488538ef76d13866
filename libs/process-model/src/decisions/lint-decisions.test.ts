import { describe, expect, it } from 'vitest';
import { lintDecisions } from './lint-decisions.ts';

const dmn13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const dmn11 = 'http://www.omg.org/spec/DMN/20151101/dmn.xsd';

const file = (content: string, namespace = dmn13): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="${namespace}" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="rates" name="Rates" namespace="http://procos.test/dmn">${content}</definitions>`;
const decision = (content: string, attributes = 'id="rate" name="Rate"', namespace?: string): string =>
  file(`<decision camunda:historyTimeToLive="P30D" ${attributes}>${content}</decision>`, namespace);
const input = '<input id="i1"><inputExpression id="e1" typeRef="number"><text>amount</text></inputExpression></input>';
const output = '<output id="o1" name="rate" typeRef="number" />';
const rule = (entries: string): string => `<rule id="r1">${entries}</rule>`;
const entries = '<inputEntry id="n1"><text>&gt; 5</text></inputEntry><outputEntry id="t1"><text>7</text></outputEntry>';
const table = (content: string, attributes = ''): string =>
  decision(`<decisionTable id="table" ${attributes}>${content}</decisionTable>`);
const good = table(input + output + rule(entries));

const found = (xml: string): string[] =>
  lintDecisions(xml).map(({ severity, rule: id, elementId, message }) => `${severity} ${id} ${elementId}: ${message}`);

describe('a file of decisions', () => {
  it.each([
    good,
    table(input + output + rule(entries), 'hitPolicy="COLLECT" aggregation="SUM"'),
    table(
      `${output}<output id="o2" name="why" />${rule('<outputEntry id="t1"><text>7</text></outputEntry><outputEntry id="t2"><text>"so"</text></outputEntry>')}`,
    ),
    decision('<variable id="v" name="rate" /><literalExpression id="l"><text>amount * 2</text></literalExpression>'),
    decision(`<decisionTable id="table">${input}${output}</decisionTable>`, 'id="rate" name="Rate"', dmn11),
    file(
      '<decision id="a" name="A" camunda:historyTimeToLive="5"><variable id="av" name="a" /><informationRequirement id="q"><requiredDecision href="#b" /></informationRequirement><literalExpression id="al"><text>b</text></literalExpression></decision><decision id="b" name="B" camunda:historyTimeToLive="5"><variable id="bv" name="b" /><literalExpression id="bl"><text>1</text></literalExpression></decision><inputData id="x" name="x" />',
    ),
  ])('is taken %#', (xml) => {
    expect(found(xml)).toEqual([]);
  });

  it.each([
    ['is no XML', good.replace('</definitions>', ''), /^error readable : The model is not well-formed XML/],
    [
      'is BPMN',
      good.replaceAll(dmn13, 'http://www.omg.org/spec/BPMN/20100524/MODEL'),
      /^error decisions-readable rates: The root element is <definitions>/,
    ],
    [
      'has a DOCTYPE',
      good.replace('<definitions', '<!DOCTYPE d><definitions'),
      /^error safe-intake : The model contains a markup declaration/,
    ],
    ['has no id', good.replace('id="rates"', ''), /^error decision-logic : <definitions> has no id/],
    [
      'has a decision without name',
      good.replace('name="Rate"', ''),
      /^error decision-schema rate: <decision> has no name/,
    ],
    ['has a decision without id', good.replace('id="rate"', ''), /^error decision-logic rates: The decision has no id/],
    [
      'has an id twice',
      good.replace('id="o1"', 'id="i1"'),
      /^error decision-schema i1: The id i1 is used more than once/,
    ],
    [
      'has an unknown attribute',
      good.replace('id="table"', 'id="table" topic="x"'),
      /^error decision-schema table: <decisionTable> has no attribute topic/,
    ],
    [
      'has elements in another order',
      table(output + input),
      /^error decision-schema table: The content of <decisionTable> is not what DMN allows: output, input/,
    ],
    [
      'has text between',
      table(`${input}${output} or`),
      /^error decision-schema table: <decisionTable> contains the text "or"/,
    ],
    [
      'has an unknown hit policy',
      table(input + output, 'hitPolicy="LAST"'),
      /^error decision-schema table: hitPolicy="LAST" is none of UNIQUE/,
    ],
    [
      'has a hit policy that the engine lacks',
      table(input + output, 'hitPolicy="PRIORITY"'),
      /^error decision-table table: The engine does not know the hit policy "PRIORITY"/,
    ],
    [
      'sums up unique hits',
      table(input + output, 'aggregation="SUM"'),
      /^error decision-table table: The hit policy UNIQUE does not go with the aggregation SUM/,
    ],
    ['has an input without id', good.replace('id="i1"', ''), /^error decision-table table: <input> has no id/],
    [
      'has a rule with an entry too few',
      table(input + output + rule('<outputEntry id="t1"><text>7</text></outputEntry>')),
      /^error decision-table r1: The rule has 0 <inputEntry>, and the table 1 inputs/,
    ],
    [
      'has two outputs of one name',
      table(`${output}${output.replace('o1', 'o2')}`),
      /^error decision-table o2: Another output has the name "rate" too/,
    ],
    [
      'has one of two outputs without name',
      table(`${output}<output id="o2" />`),
      /^error decision-table o2: One of several outputs has no name/,
    ],
    [
      'has an expression without variable',
      decision('<literalExpression id="l"><text>1</text></literalExpression>'),
      /^error decision-logic rate: The literal expression has no variable/,
    ],
    [
      'needs what is not there',
      decision(
        '<variable id="v" name="r" /><informationRequirement id="q"><requiredDecision href="#gone" /></informationRequirement><literalExpression id="l"><text>1</text></literalExpression>',
      ),
      /^error decision-logic rate: The decision needs "gone"/,
    ],
    [
      'needs itself',
      decision(
        '<variable id="v" name="r" /><informationRequirement id="q"><requiredDecision href="#rate" /></informationRequirement><literalExpression id="l"><text>1</text></literalExpression>',
      ),
      /^error decision-logic rate: The decision rate needs itself/,
    ],
    [
      'keeps its history for ever',
      good.replace('camunda:historyTimeToLive="P30D"', ''),
      /^error decision-time-to-live rate: The decision does not say how long/,
    ],
    [
      'keeps its history for a month',
      good.replace('P30D', 'P1M'),
      /^error decision-time-to-live rate: historyTimeToLive="P1M" is not a number of days/,
    ],
    [
      'has a name that is too long',
      good.replace('"Rate"', `"${'r'.repeat(256)}"`),
      /^error decision-text-length rate: The name has 256 characters, and 255 are possible/,
    ],
    [
      'has a version tag that is too long',
      good.replace('name="Rate"', `name="Rate" camunda:versionTag="${'v'.repeat(65)}"`),
      /^error decision-text-length rate: The versionTag has 65 characters/,
    ],
    [
      'runs a script',
      good.replace('id="e1"', 'id="e1" expressionLanguage="groovy"'),
      /^error decision-language e1: The expression is in the language "groovy"/,
    ],
    ['holds no decision', file(''), /^warning decision-logic rates: There is no decision in the file/],
    ['has a decision without logic', decision(''), /^warning decision-logic rate: The decision has no logic/],
    [
      'has logic that the engine lacks',
      decision('<list id="l" />'),
      /^warning decision-logic rate: The decision is a <list>/,
    ],
  ])('that %s is told', (_what, xml, finding) => {
    expect(found(xml)).toEqual([expect.stringMatching(finding)]);
  });

  it('names the file and the line', () => {
    const [finding] = lintDecisions(good.replace('<decision ', '\n<decision ').replace('name="Rate"', ''), {
      file: 'rates.dmn',
    });

    expect(finding).toMatchObject({ file: 'rates.dmn', line: 2, fixable: false });
  });
});
