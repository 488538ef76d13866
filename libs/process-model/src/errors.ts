import { defineErrors, isProcosError } from '@procos/errors';
import type { ProcosError } from '@procos/errors';

/**
 * Every refusal of this library. The same input fails again: show message and remedy to the author, do not retry.
 * The data says what was found and where, never the text of the model, which may be hostile or secret.
 */
export const processModelErrors = defineErrors({
  PROCOS_MODEL_TOO_LARGE: {
    message: 'The model has {bytes} bytes; at most {limit} are accepted',
    remedy: 'Split the model into smaller processes that call each other with call activities.',
    when: 'A model is larger than 8 MB. It is refused before it is parsed.',
    status: 413,
  },
  PROCOS_MODEL_TOO_DEEP: {
    message: 'The model is nested deeper than {limit} elements (line {line})',
    remedy: 'Flatten the model: move nested sub-processes into processes of their own.',
    when: 'XML elements are nested more than 200 deep.',
    status: 422,
  },
  PROCOS_MODEL_TOO_MANY_ELEMENTS: {
    message: 'The model has more than {limit} XML elements',
    remedy: 'Split the model into smaller processes that call each other with call activities.',
    when: 'A model has more than 10,000 XML elements, those of the drawing not counted, or more than 100,000 with them.',
    status: 422,
  },
  PROCOS_MODEL_DOCTYPE: {
    message: 'The model contains a markup declaration such as <!DOCTYPE> (line {line})',
    remedy: 'Delete the <!DOCTYPE …> declaration: BPMN needs none, and entities are never expanded.',
    when: 'A model carries a DOCTYPE or any other `<!…>` declaration: the road of entity attacks.',
    status: 422,
  },
  PROCOS_MODEL_XINCLUDE: {
    message: 'The model uses XInclude (line {line})',
    remedy: 'Delete the XInclude elements and write their content into the model itself.',
    when: 'A model declares or uses an XInclude namespace.',
    status: 422,
  },
  PROCOS_MODEL_ENCODING: {
    message: 'The model is not declared and stored as XML 1.0 in UTF-8: {found}',
    remedy:
      'Run `npx procos lint FILE --fix`, which converts it, or save the file as UTF-8 and declare <?xml version="1.0" encoding="UTF-8"?>.',
    when: 'The XML declaration names another version or an encoding that the text is not ASCII in, or the bytes are not UTF-8: the engine would read another text than the one that was checked.',
    status: 422,
  },
  PROCOS_MODEL_CONTROL_CHARACTER: {
    message: 'The model contains the character {character}, which XML does not allow (line {line})',
    remedy: 'Remove the character; of the control characters only tab, line feed and carriage return are allowed.',
    when: 'A character is no XML 1.0 character, written as it is or as a character reference.',
    status: 422,
  },
  PROCOS_MODEL_MALFORMED: {
    message: 'The model is not well-formed XML: {reason} (line {line}, column {column})',
    remedy: 'Correct the XML at the place named, or export the model again from a BPMN modeler.',
    when: 'The XML parser of the engine would refuse the file.',
    status: 422,
  },
  PROCOS_MODEL_NOT_BPMN: {
    message: 'The root element is <{root}>, not the <definitions> of BPMN 2.0',
    remedy: 'Upload a BPMN 2.0 file: its root element is <bpmn:definitions>.',
    when: 'The file is XML, but no BPMN.',
    status: 422,
  },
  PROCOS_MODEL_UNREADABLE: {
    message: 'The model cannot be read as BPMN: {reason}',
    remedy: 'Open the model in a BPMN modeler, correct it there and export it again.',
    when: 'The XML is well-formed, but the BPMN reader cannot make a model of it.',
    status: 422,
  },
});

/** Recognise an error by this code, never by its message. */
export type ProcessModelErrorCode = keyof typeof processModelErrors.entries;

/** True for an error of {@link processModelErrors}: the model is at fault, not the program. */
export function isProcessModelError(value: unknown): value is ProcosError & { readonly code: ProcessModelErrorCode } {
  return isProcosError(value) && value.code in processModelErrors.entries;
}
