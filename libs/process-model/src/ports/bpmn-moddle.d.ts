/** The part of `bpmn-moddle` used here: its own types describe the elements, not the reader. */
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string;
    readonly $parent?: ModdleElement;
    readonly id?: string;
    readonly $instanceOf: (type: string) => boolean;
    readonly get: (property: string) => unknown;
  }
  export interface ModdleProperty {
    readonly isAttr?: boolean;
    readonly ns: { readonly localName: string };
  }
  export interface ModdleWarning {
    readonly message: string;
    readonly element?: ModdleElement;
    readonly property?: string;
  }
  export interface ReadResult {
    readonly rootElement: ModdleElement;
    readonly warnings: readonly ModdleWarning[];
  }
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    readonly registry: { readonly typeMap: Readonly<Record<string, unknown>> };
    getType(name: string): { readonly $descriptor: { readonly properties: readonly ModdleProperty[] } };
    fromXML(xml: string): Promise<ReadResult>;
  }
}
